// What services use, by the command line on a real engine, beside what the engine's own figures say.
import { describe, expect, test } from 'vitest';
import { catalog } from '../../electron/core/catalog/index.ts';
import { askEngine, stackContainers } from '../e2e/engine-api.ts';
import { json, macula, startMacula } from './support/macula.ts';
import { useStack } from './support/stack.ts';

const ids = catalog.map((service) => service.id).toSorted();
const needsStack = useStack();

interface Figures {
  readonly at: string;
  readonly machine: { readonly processors: number; readonly memoryBytes: number };
  readonly services: readonly {
    readonly service: string;
    readonly processors: number;
    readonly memoryBytes: number;
    readonly receivedPerSecond: number;
    readonly processes: number;
  }[];
}

const figuresOf = (parsed: Record<string, unknown>) => parsed['figures'] as Figures;

describe('macula figures', () => {
  test('says that nothing runs, and that is no failure', async (context) => {
    needsStack(context);
    const { code, stdout } = await macula(['figures']);
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: 'Nothing of the stack runs, so there are no figures. macula up starts it.\n',
    });
    expect((await macula(['up'])).code).toBe(0);
  });

  test('tells the figures of every service, with rates', async (context) => {
    needsStack(context);
    const parsed = await json(['figures']);
    expect(parsed).toMatchObject({ command: 'figures', outcome: 'done', failures: [] });
    const { services, machine } = figuresOf(parsed);
    expect(services.map(({ service }) => service).toSorted()).toEqual(ids);
    for (const { processors, memoryBytes, receivedPerSecond, processes } of services) {
      expect(processors).toBeGreaterThanOrEqual(0);
      expect(processors).toBeLessThanOrEqual(machine.processors * 1.2);
      expect(memoryBytes).toBeGreaterThan(100_000);
      expect(receivedPerSecond).toBeGreaterThanOrEqual(0);
      expect(processes).toBeGreaterThanOrEqual(1);
    }
    const info = (await askEngine('GET', '/info')) as { readonly NCPU: number; readonly MemTotal: number };
    expect(machine).toEqual({ processors: info.NCPU, memoryBytes: info.MemTotal });
  });

  test('as a table, of some services', async (context) => {
    needsStack(context);
    const { code, stdout } = await macula(['figures', 'loki', 'tempo']);
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[0]).toMatch(/^service +processor +memory/);
    expect(lines.slice(1, 4).map((line) => line.split(' ')[0])).toEqual(['loki', 'tempo', 'all']);
    expect(lines[1]).toMatch(/ %.* [kM]?B.*\/s/);
  });

  test('goes on until it is interrupted, one object a line', async (context) => {
    needsStack(context);
    const command = startMacula(['figures', '--watch', '--json']);
    await command.until(/(\{.*\}\n){3}/);
    command.interrupt();
    const { code, stdout } = await command.ended;
    expect(code).toBe(0);
    const samples = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Figures);
    expect(samples.length).toBeGreaterThanOrEqual(3);
    expect(samples[0]?.services.every(({ processors }) => processors === null)).toBe(true);
    expect(samples[1]?.services.every(({ processors }) => processors >= 0)).toBe(true);
    const times = samples.map(({ at }) => Date.parse(at));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  test('tells what volumes and images take, as the engine does', async (context) => {
    needsStack(context);
    const { disk } = (await json(['figures', '--disk'])) as {
      readonly disk: {
        readonly volumes: readonly { readonly name: string; readonly service: string; readonly bytes: number }[];
        readonly images: readonly { readonly service: string; readonly id: string; readonly bytes: number }[];
      };
    };
    const uses = catalog.flatMap(({ id, volumes }) => volumes.map(({ name }) => ({ name, service: id })));
    expect(disk.volumes.map(({ name, service }) => ({ name, service }))).toEqual(expect.arrayContaining(uses));
    for (const { bytes } of disk.volumes) expect(bytes).toBeGreaterThanOrEqual(0);
    const images = (await askEngine('GET', '/images/json')) as readonly {
      readonly Id: string;
      readonly Size: number;
    }[];
    expect(disk.images.map(({ service }) => service).toSorted()).toEqual(ids);
    for (const { id, bytes } of disk.images) expect(images.find((image) => image.Id === id)?.Size).toBe(bytes);
    const { stdout } = await macula(['figures', '--disk']);
    expect(stdout).toMatch(/^volume +size +service$/m);
    expect(await stackContainers()).toHaveLength(ids.length);
  });
});
