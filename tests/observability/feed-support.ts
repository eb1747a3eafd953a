// The real stack with its app, a program that writes numbered lines, and what Prometheus and Loki found.
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeRuntime, connectSystemEngine } from '../../electron/compose.ts';
import { catalog } from '../../electron/core/catalog/index.ts';
import { labels } from '../../electron/core/identity.ts';
import type { Runtime } from '../../electron/runtime/runtime-api.ts';
import { postToEngine } from '../cli/support/stack.ts';
import { askEngine, engineSocket } from '../e2e/engine-api.ts';
import { writeImageArchive } from '../engine/docker-archive.ts';
import { noBusybox, testImageContent } from '../engine/test-image.ts';

export const prometheus = 'http://127.0.0.3:9090';
export const loki = 'http://127.0.0.5:3100';

// Only what the feed needs; the app ships the logs.
export const onlyStores = {
  disabledServices: catalog.map(({ id }) => id).filter((id) => id !== 'prometheus' && id !== 'loki'),
  containerLogs: 'app',
};

export function newSettingsFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'macula-feed-'));
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(onlyStores));
  return folder;
}

export interface App {
  readonly runtime: Runtime;
  readonly log: readonly string[];
}

// As the desktop app does it.
export async function openApp(settingsDirectory: string): Promise<App> {
  const log: string[] = [];
  const runtime = composeRuntime({ settingsDirectory, log: (line) => log.push(line) });
  await runtime.connect({ watch: true, feed: true });
  return { runtime, log };
}

// Why this cannot run here; only the programs themselves prove anything.
export async function missingForFeed(): Promise<string | undefined> {
  if (!existsSync(engineSocket)) return `no container engine at ${engineSocket}`;
  for (const { id, image } of catalog.filter((service) => service.id === 'prometheus' || service.id === 'loki')) {
    const name = `${image.repository}:${image.tag}`;
    const found = (await askEngine('GET', `/images/${name}/json`).catch(() => undefined)) as
      | { readonly Config: { readonly Labels: Readonly<Record<string, string>> | null } }
      | undefined;
    if (found === undefined) return `no image ${name}: npm run images makes it`;
    if (found.Config.Labels?.[labels.substitute] === 'stub') return `the image of ${id} is a stub`;
  }
  return (await testImageContent('writer')) === undefined ? noBusybox : undefined;
}

const writerImage = { repository: 'macula-tests/feed-writer', tag: '1' };

export async function loadWriterImage(): Promise<void> {
  const content = await testImageContent('writer');
  if (content === undefined) throw new Error(noBusybox);
  const { engine } = await connectSystemEngine('auto');
  const archive = writeImageArchive({ ...content, ...writerImage });
  await engine.loadImage(
    (async function* () {
      yield archive;
    })(),
  );
  engine.close();
}

// Writes "line 0" to "line n-1" to both outputs in turns of a hundred; every five hundred it waits.
export async function startWriter(name: string, lines: number, pauseSeconds: number): Promise<void> {
  await startScript(name, [
    'i=0',
    `while [ $i -lt ${lines} ]`,
    'do if [ $((i / 100 % 2)) -eq 0 ]; then echo "line $i"; else echo "line $i" >&2; fi',
    'i=$((i+1))',
    `[ $((i % 500)) -eq 0 ] && /bin/busybox sleep ${pauseSeconds}`,
    'done',
  ]);
}

// What it writes is shipped; it stays.
export async function startScript(name: string, lines: readonly string[]): Promise<void> {
  const script = [...lines, 'exec /bin/busybox sleep 1000'];
  await postToEngine(`/containers/create?name=${name}`, {
    Image: `${writerImage.repository}:${writerImage.tag}`,
    Cmd: ['/bin/busybox', 'sh', '-c', script.join('\n')],
    Labels: { [labels.observe]: 'true', 'com.docker.compose.service': 'writer' },
  });
  await askEngine('POST', `/containers/${name}/start`);
}

export async function removeWriter(name: string): Promise<void> {
  await askEngine('DELETE', `/containers/${name}?force=1&v=1`).catch(() => undefined);
}

export interface Series {
  readonly metric: Readonly<Record<string, string>>;
  readonly value: readonly [number, string];
}

export async function askPrometheus(query: string): Promise<readonly Series[]> {
  const answer = await fetch(`${prometheus}/api/v1/query?query=${encodeURIComponent(query)}`);
  return ((await answer.json()) as { readonly data: { readonly result: readonly Series[] } }).data.result;
}

// A counter of Loki's own, all its labels together.
export async function lokiCounter(name: string): Promise<number> {
  const text = await (await fetch(`${loki}/metrics`)).text();
  const found = text.matchAll(new RegExp(`^${name}(?:\\{.*\\})? (\\S+)$`, 'gm'));
  return [...found].reduce((sum, [, count]) => sum + Number(count), 0);
}

interface Stream {
  readonly stream: Readonly<Record<string, string>>;
  readonly values: readonly (readonly [string, string])[];
}

export interface FoundLine {
  readonly nanoseconds: string;
  readonly text: string;
  readonly labels: Readonly<Record<string, string>>;
}

const pageSize = 5000;

// All lines of the container, in order of their time; page by page, as Loki gives them.
export async function linesInLoki(container: string): Promise<readonly FoundLine[]> {
  const found: FoundLine[] = [];
  let start = BigInt(Date.now() - 3_600_000) * 1_000_000n;
  for (;;) {
    const query = new URLSearchParams({
      query: `{container="${container}"}`,
      direction: 'forward',
      limit: String(pageSize),
      start: String(start),
      end: `${Date.now() + 60_000}000000`,
    });
    const answer = await fetch(`${loki}/loki/api/v1/query_range?${query}`).catch(() => undefined);
    if (answer?.status !== 200) return [];
    const { data } = (await answer.json()) as { readonly data: { readonly result: readonly Stream[] } };
    const page = data.result
      .flatMap(({ stream, values }) => values.map(([nanoseconds, text]) => ({ nanoseconds, text, labels: stream })))
      .toSorted((a, b) => (a.nanoseconds < b.nanoseconds ? -1 : 1));
    found.push(...page);
    const last = page.at(-1);
    if (last === undefined || page.length < pageSize) return found;
    start = BigInt(last.nanoseconds) + 1n;
  }
}

export async function eventually<Value>(
  seconds: number,
  what: string,
  look: () => Promise<Value | undefined>,
): Promise<Value> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > end) throw new Error(`Waited ${seconds} s in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

export function removeFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
