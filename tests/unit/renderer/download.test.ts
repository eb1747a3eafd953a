import { describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { PullProgress } from '../../../electron/core/engine-port.ts';
import { downloadItems, downloadTotal, followDownload, underWay } from '../../../renderer/images/download.ts';
import { serviceOf } from '../../renderer/support/fixtures.ts';

const pull: PullProgress = { layersDone: 1, layersTotal: 3, bytesDone: 40, bytesTotal: 90 };

function services(changes: Readonly<Record<string, { readonly isHere: boolean; readonly pull?: PullProgress }>>) {
  return catalog.map((definition) => {
    const { isHere = true, ...rest } = changes[definition.id] ?? {};
    const service = serviceOf(definition, { state: 'off', ...rest });
    return { ...service, image: { ...service.image, present: isHere } };
  });
}

function snapshot(command: string | undefined, of: ReturnType<typeof services> = services({})) {
  const activity = { command: command ?? '', startedAt: 7, operationsDone: 0, operationsTotal: 1 };
  return { services: of, ...(command === undefined ? {} : { activity }) };
}

describe('a download', () => {
  it('keeps what it began with, and takes in what joins', () => {
    const begun = followDownload(undefined, ['loki', 'tempo'], snapshot('pull'));
    expect(begun).toEqual({ startedAt: 7, services: ['loki', 'tempo'] });
    // Loki is here by now, Grafana is seen to come.
    const coming = services({ grafana: { isHere: false, pull }, tempo: { isHere: false } });
    expect(followDownload(begun, ['tempo'], snapshot('pull', coming))?.services).toEqual(['loki', 'tempo', 'grafana']);
    expect(followDownload(begun, ['tempo'], snapshot('pull'))).toBe(begun);
  });

  it('is remembered when it is over, and another one begins anew', () => {
    const begun = followDownload(undefined, ['loki'], snapshot('pull'));
    const after = followDownload(begun, ['loki'], snapshot(undefined));
    expect(after).toBe(begun);
    expect(underWay(after, undefined)).toBe(undefined);
    const next = followDownload({ startedAt: 3, services: ['grafana'] }, ['loki'], snapshot('pull'));
    expect(next).toEqual({ startedAt: 7, services: ['loki'] });
    expect(underWay(next, snapshot('pull').activity)).toBe(next);
  });

  it('is also what a start downloads, but not a start that downloads nothing', () => {
    expect(followDownload(undefined, [], snapshot('up'))).toBe(undefined);
    const coming = services({ loki: { isHere: false, pull } });
    expect(followDownload(undefined, ['loki'], snapshot('up', coming))?.services).toEqual(['loki']);
  });

  it('counts each image once, whole when it is here', () => {
    const asked = { startedAt: 7, services: ['grafana', 'loki', 'tempo'] };
    const sizes = { grafana: { service: 'grafana', bytes: 100 }, loki: { service: 'loki', bytes: 50 } };
    const of = services({ grafana: { isHere: false, pull }, tempo: { isHere: false } });
    const items = downloadItems(asked, of, sizes);
    expect(items.map(({ service, state, bytesDone, bytesTotal }) => [service, state, bytesDone, bytesTotal])).toEqual([
      ['grafana', 'coming', 40, 100],
      ['loki', 'here', 50, 50],
      ['tempo', 'waiting', 0, 0],
    ]);
    expect(downloadTotal(items)).toEqual({ bytesDone: 90, bytesTotal: 0 });
    const known = { ...sizes, tempo: { service: 'tempo', bytes: 30 } };
    expect(downloadTotal(downloadItems(asked, of, known))).toEqual({ bytesDone: 90, bytesTotal: 180 });
  });

  it('is never more than whole', () => {
    const of = services({ loki: { isHere: false, pull: { ...pull, bytesDone: 95 } } });
    const [item] = downloadItems({ startedAt: 7, services: ['loki'] }, of, {});
    expect(item).toMatchObject({ bytesDone: 90, bytesTotal: 90 });
  });
});
