// The real app, hidden in the tray, feeds the stack that it has started, and nobody else does.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSettings } from '../e2e/app-settings.ts';
import { type Desktop, type RunningApp, startDesktop } from '../e2e/desktop.ts';
import { removeStack, requireNoStack } from '../e2e/engine-api.ts';
import {
  eventually,
  linesInLoki,
  loadWriterImage,
  missingForFeed,
  onlyStores,
  removeWriter,
  startScript,
} from './feed-support.ts';
import { promQl } from './support/queries.ts';

const ticker = 'macula-test-writer-ticker';
// Twice what the app waits between two rounds of figures while it is hidden.
const twoRoundsSeconds = 60;

let missing: string | undefined = 'the stack was not looked for';
let desktop: Desktop | undefined;
let app: RunningApp | undefined;

beforeAll(async () => {
  missing = await missingForFeed();
  if (missing !== undefined) return;
  await requireNoStack();
  await loadWriterImage();
  desktop = await startDesktop({ withTrayHost: true });
  writeSettings(desktop, JSON.stringify({ ...onlyStores, startStackWithApp: true }));
  app = desktop.start({ args: ['--hidden'] });
});

afterAll(async () => {
  await desktop?.stop();
  if (missing !== undefined) return;
  await removeWriter(ticker);
  await removeStack();
});

// When the newest value of this series was taken, in seconds since 1970; 0 while there is none. Fails where Prometheus
// does not answer: nothing would look the same twice.
async function newestAt(series: string): Promise<number> {
  const [found] = await promQl(`timestamp(${series})`);
  return Number(found?.value[1] ?? 0);
}

const figure = 'macula_service_ready{service="loki"}';
// Of Prometheus' own: it goes on whoever is gone.
const scraped = 'up{job="stack",service="loki"}';

const untilLater = (series: string, than: number) =>
  eventually(90, `a later value of ${series}`, async () => {
    const at = await newestAt(series);
    return at > than ? at : undefined;
  });

describe('the desktop app', () => {
  it('sends what containers use, and their logs, until it is quit', async (context) => {
    context.skip(missing !== undefined, missing);
    const figures = await eventually(120, 'the figures of Loki', async () => {
      // Until the stack is up nobody answers.
      const found = await promQl('container_memory_usage_bytes{service="loki"}').catch(() => []);
      return found.length > 0 ? found : undefined;
    });
    expect(figures.map(({ metric }) => metric['container_name'])).toEqual(['macula-loki']);
    const lines = await eventually(60, 'the lines of Prometheus', async () => {
      const found = await linesInLoki('macula-prometheus');
      return found.length > 0 ? found : undefined;
    });
    expect(lines[0]?.labels).toMatchObject({ service_name: 'prometheus', source: 'app' });
    // Both go on while it runs.
    await startScript(ticker, ['while :; do echo tick; /bin/busybox sleep 1; done']);
    await eventually(60, 'ticks', async () => ((await linesInLoki(ticker)).length > 3 ? true : undefined));
    await untilLater(figure, await newestAt(figure));
    await untilLater(scraped, 0);

    app?.process.kill('SIGTERM');
    expect(await app?.ended).toBe(0);
    // What it sent last may still be taken in.
    await sleep(2000);
    const last = { figure: await newestAt(figure), ticks: (await linesInLoki(ticker)).length };
    expect(last.figure).toBeGreaterThan(0);
    expect(last.ticks).toBeGreaterThan(3);
    const lastScraped = await newestAt(scraped);
    await sleep(twoRoundsSeconds * 1000);
    // Prometheus lives and has a later value of its own, Loki answers with what it had, and neither got more.
    await untilLater(scraped, lastScraped);
    expect({ figure: await newestAt(figure), ticks: (await linesInLoki(ticker)).length }).toEqual(last);
  });
});
