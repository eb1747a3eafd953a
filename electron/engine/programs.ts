// A program of an image, run once in a container of its own: to look at a file, not to serve anybody.
import { randomBytes } from 'node:crypto';
import type Docker from 'dockerode';
import type { ProgramResult, ProgramRun } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
import { labels } from '../core/identity.ts';
import { bodyOnly } from './body-only.ts';
import { removeContainer, startContainer, uploadFiles } from './containers.ts';
import type { ListedContainer } from './mapping.ts';
import { ProgramOutput } from './output.ts';
import { openStream } from './stream.ts';

// None without volumes runs that long: what is older was left behind when the app was killed. What works on volumes
// may, and is of no use only once it has ended.
const forgottenMilliseconds = 10 * 60_000;

export async function runProgram(
  docker: Docker,
  run: ProgramRun,
  signal: AbortSignal,
  isPodman: boolean,
): Promise<ProgramResult> {
  await removeForgotten(docker);
  signal.throwIfAborted();
  const name = `macula-check-${run.service}-${randomBytes(4).toString('hex')}`;
  // From here on nothing is broken off before there is an id to remove.
  const { id } = await docker.createContainer(bodyOnly(programBody(run, isPodman), { name }));
  try {
    await uploadFiles(docker, id, run.files);
    signal.throwIfAborted();
    await startContainer(docker, id);
    const exitCode = await waitForEnd(docker, id, run, signal);
    return { exitCode, output: await readOutput(docker, id, signal, isPodman) };
  } finally {
    // What cannot be removed now is removed before a later run; what became of this one is told in any case.
    await removeContainer(docker, id).catch(() => undefined);
  }
}

export function programBody(run: ProgramRun, isPodman: boolean) {
  return {
    Image: run.imageId,
    ...(run.entrypoint.length > 0 && { Entrypoint: [...run.entrypoint] }),
    Cmd: [...run.command],
    // Neither the stack's labels nor Compose's: nobody takes it for a part of the stack.
    Labels: { [labels.check]: run.service, ...volumesLabel(run) },
    ...(run.asRoot && { User: '0:0' }),
    HostConfig: {
      ...volumesOf(run),
      NetworkMode: 'none',
      RestartPolicy: { Name: 'no' },
      // Whatever the engine does with logs by itself, this one is read.
      LogConfig: isPodman
        ? { Type: 'k8s-file', Config: {} }
        : { Type: 'json-file', Config: { 'max-size': '4m', 'max-file': '2' } },
    },
  };
}

function volumesLabel({ volumes = [] }: ProgramRun) {
  return volumes.length === 0 ? {} : { [labels.checkVolumes]: volumes.map(({ name }) => name).join(' ') };
}

function volumesOf({ volumes = [] }: ProgramRun) {
  if (volumes.length === 0) return {};
  return {
    Mounts: volumes.map(({ name, path, isReadOnly = false }) => ({
      Type: 'volume' as const,
      Source: name,
      Target: path,
      ReadOnly: isReadOnly,
    })),
    // Where SELinux watches over containers, none may read what is another's otherwise.
    SecurityOpt: ['label=disable'],
  };
}

async function waitForEnd(docker: Docker, id: string, run: ProgramRun, signal: AbortSignal): Promise<number> {
  const limit = AbortSignal.timeout(run.seconds * 1000);
  try {
    const abortSignal = AbortSignal.any([signal, limit]);
    const ended = (await docker.getContainer(id).wait({ abortSignal })) as { readonly StatusCode: number };
    return ended.StatusCode;
  } catch (error) {
    if (!limit.aborted || signal.aborted) throw error;
    const detail = `It had not ended after ${run.seconds} seconds.`;
    const operation = `run the program of ${run.service}`;
    throw new FailureError({ code: 'operation-failed', operation, detail }, { cause: error });
  }
}

async function readOutput(docker: Docker, id: string, signal: AbortSignal, isPodman: boolean): Promise<string> {
  // Podman ends the pieces of a cut line as if they were lines, except in its own version of the call.
  const path = `${isPodman ? '/libpod' : ''}/containers/${id}/logs`;
  const output = new ProgramOutput();
  const query = { stdout: true, stderr: true, follow: false };
  for await (const chunk of await openStream(docker, { path, query, signal })) output.push(chunk as Buffer);
  return output.text();
}

// As well as it goes: what is left over for another while is in nobody's way.
async function removeForgotten(docker: Docker): Promise<void> {
  try {
    const listed = (await docker.listContainers({
      all: true,
      filters: { label: [labels.check] },
    })) as ListedContainer[];
    const ids = forgottenContainers(listed, Date.now());
    await Promise.all(ids.map((id) => removeContainer(docker, id)));
  } catch {
    // The run itself says what is wrong with the engine.
  }
}

export function forgottenContainers(listed: readonly ListedContainer[], now: number): readonly string[] {
  return listed
    .filter((one) => one.Labels?.[labels.check] !== undefined)
    .filter((one) => one.Labels?.[labels.checkVolumes] === undefined || one.State !== 'running')
    .filter((one) => one.Created !== undefined && one.Created * 1000 < now - forgottenMilliseconds)
    .map((one) => one.Id);
}
