// The real app, hidden in the tray, feeds the stack that it has started, and nobody else does.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeSettings } from '../e2e/app-settings.ts';
import { type Desktop, type RunningApp, startDesktop } from '../e2e/desktop.ts';
import { removeStack, requireNoStack } from '../e2e/engine-api.ts';
import { askPrometheus, eventually, linesInLoki, missingForFeed, onlyStores } from './feed-support.ts';

let missing: string | undefined = 'the stack was not looked for';
let desktop: Desktop | undefined;
let app: RunningApp | undefined;

beforeAll(async () => {
  missing = await missingForFeed();
  if (missing !== undefined) return;
  await requireNoStack();
  desktop = await startDesktop({ withTrayHost: true });
  writeSettings(desktop, JSON.stringify({ ...onlyStores, startStackWithApp: true }));
  app = desktop.start({ args: ['--hidden'] });
});

afterAll(async () => {
  await desktop?.stop();
  if (missing === undefined) await removeStack();
});

const asked = async (query: string) => askPrometheus(query).catch(() => []);

describe('the desktop app', () => {
  it('sends what containers use, and their logs, until it is quit', async (context) => {
    context.skip(missing !== undefined, missing);
    const figures = await eventually(120, 'the figures of Loki', async () => {
      const found = await asked('container_memory_usage_bytes{service="loki"}');
      return found.length > 0 ? found : undefined;
    });
    expect(figures.map(({ metric }) => metric['container_name'])).toEqual(['macula-loki']);
    const lines = await eventually(60, 'the lines of Prometheus', async () => {
      const found = await linesInLoki('macula-prometheus');
      return found.length > 0 ? found : undefined;
    });
    expect(lines[0]?.labels).toMatchObject({ service_name: 'prometheus', source: 'app' });
    app?.process.kill('SIGTERM');
    expect(await app?.ended).toBe(0);
    const sentAt = async () => Number((await asked('timestamp(macula_service_ready{service="loki"})'))[0]?.value[1]);
    const last = await sentAt();
    await new Promise((resolve) => setTimeout(resolve, 20_000));
    expect(await sentAt()).toBe(last);
  });
});
