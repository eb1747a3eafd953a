// Real containers that write lines, in the place of services of the stack: the app finds them by their labels.
import { existsSync } from 'node:fs';
import { connectSystemEngine } from '../../electron/compose.ts';
import { labels, stackName } from '../../electron/core/identity.ts';
import { postToEngine } from '../cli/support/stack.ts';
import { askEngine, engineSocket, removeStack, requireNoStack } from '../e2e/engine-api.ts';
import { writeImageArchive } from '../engine/docker-archive.ts';
import { noBusybox, testImageContent } from '../engine/test-image.ts';

const image = { repository: 'macula-tests/log-writer', tag: '1' };

// Why it cannot be done here, or undefined once everything is there.
export async function prepareWriters(): Promise<string | undefined> {
  if (!existsSync(engineSocket)) return `no container engine at ${engineSocket}`;
  const content = await testImageContent('log-writer');
  if (content === undefined) return noBusybox;
  await requireNoStack();
  const { engine } = await connectSystemEngine('auto');
  const archive = writeImageArchive({ ...content, ...image });
  await engine.loadImage(
    (async function* () {
      yield archive;
    })(),
  );
  engine.close();
  return undefined;
}

// A shell's lines; it stays when they are done. Returns the name of the container.
export async function startLogWriter(service: string, script: string): Promise<string> {
  const name = `macula-log-writer-${service}`;
  await postToEngine(`/containers/create?name=${name}`, {
    Image: `${image.repository}:${image.tag}`,
    Cmd: ['/bin/busybox', 'sh', '-c', `${script}\nexec /bin/busybox sleep 100000`],
    Labels: { [labels.stack]: stackName, [labels.service]: service },
  });
  await askEngine('POST', `/containers/${name}/start`);
  return name;
}

const words = ' level=info ts=now caller=table_manager.go msg="get or create table" found=true component=index';

// So many lines of usual length, as fast as the engine takes them, each with its number from 1 on.
export function countingScript(lines: number, length = words.length): string {
  return `/bin/busybox seq -s '${words.padEnd(length, '.')}\n' 1 ${lines}`;
}

// The script begins with beginWriting.
export function waiting(script: string): string {
  return `trap go=1 USR1\nwhile [ -z "$go" ]; do /bin/busybox sleep 0.05; done\n${script}`;
}

export async function beginWriting(container: string): Promise<void> {
  await askEngine('POST', `/containers/${container}/kill?signal=USR1`);
}

export async function removeWriter(container: string): Promise<void> {
  await askEngine('DELETE', `/containers/${container}?force=1&v=1`);
}

export function numberOf(text: string): number {
  const end = text.indexOf(' ');
  return Number(end < 0 ? text : text.slice(0, end));
}

// All containers in the place of services, and the image.
export async function removeWriters(): Promise<void> {
  await removeStack();
  await askEngine('DELETE', `/images/${image.repository}:${image.tag}?force=1`).catch(() => undefined);
}
