// The short-lived containers of an import: they look into volumes, compare them, and copy one into the other.
import type { ServiceDefinition } from '../core/catalog/service.ts';
import type { EnginePort, ProgramResult, ProgramVolume } from '../core/engine-port.ts';
import { FailureError } from '../core/failure.ts';
import { isOurs, labels, volumeLabels } from '../core/identity.ts';
import type { ImportStep } from '../core/import-plan.ts';
import type { ImportRefusal } from '../core/import-refusal.ts';
import * as scripts from '../core/import-scripts.ts';
import type { ObservedImage } from '../core/observed.ts';

export interface ImportTools {
  readonly engine: EnginePort;
  readonly definition: ServiceDefinition;
  // Has a shell and busybox.
  readonly shellImage: string;
  // Of the service itself.
  readonly ownImage: ObservedImage;
}

const lookSeconds = 10 * 60;
// Gigabytes on a slow disk, read three times.
const copySeconds = 6 * 60 * 60;
// A program that was killed, by whomever.
const killedExit = 137;

export async function lookInto(
  tools: ImportTools,
  from: string,
  to: string | undefined,
  signal: AbortSignal,
): Promise<scripts.ImportLook> {
  const volumes: ProgramVolume[] = [
    { name: from, path: scripts.fromPath, isReadOnly: true },
    ...(to === undefined ? [] : [{ name: to, path: scripts.toPath, isReadOnly: true as const }]),
  ];
  const result = await runShell(tools, { script: scripts.lookScript, volumes, seconds: lookSeconds }, signal);
  if (result.exitCode !== 0) throw failed(`look into the volume ${from}`, result, tools);
  return scripts.parseLook(result.output);
}

// Whether both hold the same, to the byte.
export async function compareVolumes(
  tools: ImportTools,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<boolean> {
  const volumes: ProgramVolume[] = [
    { name: from, path: scripts.fromPath, isReadOnly: true },
    { name: to, path: scripts.toPath, isReadOnly: true },
  ];
  const result = await runShell(tools, { script: scripts.compareScript, volumes, seconds: copySeconds }, signal);
  if (result.exitCode !== 0 && result.exitCode !== scripts.differsExit) {
    throw failed(`compare the volumes ${from} and ${to}`, result, tools);
  }
  return result.exitCode === 0;
}

// After a failure both are as they were before: what was made for it is removed again.
export async function copyVolume(
  tools: ImportTools,
  step: Extract<ImportStep, { kind: 'copy' }>,
  signal: AbortSignal,
): Promise<void> {
  const { engine } = tools;
  const { from, to, keepsTop } = step;
  const isNew = await makeVolume(tools, step);
  try {
    if (!keepsTop) await takeOwner(tools, to, signal);
    const volumes: ProgramVolume[] = [
      { name: from, path: scripts.fromPath, isReadOnly: true },
      { name: to, path: scripts.toPath },
    ];
    const words = [keepsTop ? 'keep-top' : 'own-top'];
    const result = await runShell(tools, { script: scripts.copyScript, words, volumes, seconds: copySeconds }, signal);
    if (result.exitCode !== 0) throw copyFailure(tools, from, result);
  } catch (error) {
    // Somebody else may be at work on it now.
    const isTakenOver = error instanceof FailureError && isFromOutside(error);
    if (!isTakenOver) await clear(tools, to, isNew);
    throw error;
  }
  // The engine makes a volume that is gone when a container wants it.
  const made = (await engine.listVolumes()).find(({ name }) => name === to);
  if (made === undefined || isOurs(made.labels) === keepsTop) {
    throw refusal(tools, { kind: 'ended-from-outside' });
  }
}

async function makeVolume(
  { engine }: ImportTools,
  { from, to, keepsTop }: Extract<ImportStep, { kind: 'copy' }>,
): Promise<boolean> {
  const isThere = (await engine.listVolumes()).some(({ name }) => name === to);
  // Without the stack's label, what is put aside stays when the stack and its data go.
  await engine.createVolume(to, keepsTop ? { [labels.keptFrom]: from } : volumeLabels(to));
  return !isThere;
}

// An empty volume takes owner and mode of its folder in the image when a container of it is made, and only then.
async function takeOwner({ engine, definition, ownImage }: ImportTools, name: string, signal: AbortSignal) {
  const path = definition.volumes.find((use) => use.name === name)?.path;
  if (path === undefined) return;
  const program = ownImage.origin === 'stub' ? undefined : definition.check?.entrypoint;
  const run = {
    service: definition.id,
    imageId: ownImage.id,
    entrypoint: program ?? ['/bin/sh'],
    command: program === undefined ? ['-c', ':'] : ['--version'],
    files: [],
    seconds: 60,
    volumes: [{ name, path }],
  };
  // Whatever it says: that its container was made is enough.
  await engine.runProgram(run, signal);
}

async function clear(tools: ImportTools, name: string, isNew: boolean): Promise<void> {
  const { engine } = tools;
  const volumes = [{ name, path: scripts.toPath }];
  const run = { script: scripts.discardScript, volumes, seconds: lookSeconds };
  // As well as it goes: what is left over is thrown away by the next run.
  const work = isNew ? engine.removeVolume(name) : runShell(tools, run, new AbortController().signal);
  await Promise.resolve(work).catch(() => undefined);
}

interface ShellRun {
  readonly script: string;
  readonly words?: readonly string[];
  readonly volumes: readonly ProgramVolume[];
  readonly seconds: number;
}

function runShell(
  { engine, definition, shellImage }: ImportTools,
  { script, words = [], volumes, seconds }: ShellRun,
  signal: AbortSignal,
): Promise<ProgramResult> {
  return engine.runProgram(
    {
      service: definition.id,
      imageId: shellImage,
      entrypoint: ['/bin/sh'],
      command: ['-c', script, 'import', ...words],
      files: [],
      seconds,
      volumes,
      asRoot: true,
    },
    signal,
  );
}

function copyFailure(tools: ImportTools, from: string, result: ProgramResult): FailureError {
  if (result.exitCode === scripts.differsExit) return refusal(tools, { kind: 'copy-differs', volume: from });
  if (result.exitCode === killedExit) return refusal(tools, { kind: 'ended-from-outside' });
  if (scripts.isNoSpace(result.output)) {
    return new FailureError({ code: 'disk-full', detail: `Copying ${from}: ${lastLine(result.output)}` });
  }
  return failed(`copy the volume ${from}`, result, tools);
}

function isFromOutside({ failure }: FailureError): boolean {
  return failure.code === 'import-refused' && failure.refusal.kind === 'ended-from-outside';
}

function refusal({ definition }: ImportTools, why: ImportRefusal): FailureError {
  return new FailureError({ code: 'import-refused', service: definition.id, refusal: why });
}

function failed(operation: string, { exitCode, output }: ProgramResult, { definition }: ImportTools): FailureError {
  const detail = lastLine(output) || `It ended with ${exitCode} and said nothing.`;
  return new FailureError({ code: 'operation-failed', operation, detail, service: definition.id });
}

function lastLine(output: string): string {
  return output.trimEnd().split('\n').at(-1) ?? '';
}
