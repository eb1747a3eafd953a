import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { FailureError } from '../../../electron/core/failure.ts';
import { failureText } from '../../../electron/core/failure-text.ts';
import type { Snapshot } from '../../../electron/core/snapshot.ts';
import { createLogHandlers, type LogHandlerParts } from '../../../electron/shell/handlers/log-handlers.ts';
import { writePrivately } from '../../../electron/shell/write-privately.ts';
import { readySnapshot } from './snapshot-fixture.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'macula-save-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const page = {} as Parameters<LogHandlerParts['askWhereToSave']>[0];

function handlers(snapshot: Snapshot, path?: string) {
  const opened: string[] = [];
  const made = createLogHandlers({
    runtime: { snapshot: () => snapshot } as LogHandlerParts['runtime'],
    logSessions: {} as LogHandlerParts['logSessions'],
    askWhereToSave: async () => path,
    openExternal: async (url) => void opened.push(url),
  });
  return { made, opened };
}

async function failureOf(action: () => unknown): Promise<FailureError['failure'] | undefined> {
  try {
    await action();
    return undefined;
  } catch (error) {
    return (error as FailureError).failure;
  }
}

describe('logs:save', () => {
  it('writes the lines where the user said, for this user only', async () => {
    const path = join(folder, 'loki.log');
    const { made } = handlers(readySnapshot(), path);
    expect(await made['logs:save']({ name: 'loki.log', text: 'grüße 🐳\n' }, page)).toEqual({ path });
    expect(readFileSync(path, 'utf8')).toBe('grüße 🐳\n');
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['loki.log']);
  });

  it('does nothing where the user changed their mind', async () => {
    const { made } = handlers(readySnapshot());
    expect(await made['logs:save']({ name: 'loki.log', text: 'x' }, page)).toEqual({});
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe('writePrivately', () => {
  it('replaces a file that others could read, and keeps a link', async () => {
    writeFileSync(join(folder, 'old'), 'old', { mode: 0o644 });
    symlinkSync(join(folder, 'old'), join(folder, 'link'));
    await writePrivately(join(folder, 'link'), 'new');
    expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('new');
    expect(statSync(join(folder, 'old')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder).toSorted()).toEqual(['link', 'old']);
  });

  it('writes much in pieces and cuts no character', async () => {
    const text = `x${'🐳'.repeat(3_000_000)}`;
    await writePrivately(join(folder, 'large'), text);
    expect(readFileSync(join(folder, 'large'), 'utf8') === text).toBe(true);
  });

  it('says why it could not, and leaves nothing behind', async () => {
    // Root may write everywhere; a file in a folder's place stops root too.
    writeFileSync(join(folder, 'file'), '');
    const failure = await failureOf(() => writePrivately(join(folder, 'file', 'loki.log'), 'x'));
    expect(failure).toMatchObject({ code: 'file-unwritable', path: join(folder, 'file', 'loki.log') });
    expect(failure && failureText(failure).detail).toContain('a file stands where a folder belongs');
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('leaves nothing behind where the last step fails', async () => {
    mkdirSync(join(folder, 'taken'));
    const failure = await failureOf(() => writePrivately(join(folder, 'taken'), 'x'));
    expect(failure).toMatchObject({ code: 'file-unwritable' });
    expect(readdirSync(folder)).toEqual(['taken']);
  });

  it('has words for a full disk', () => {
    const detail = 'ENOSPC: no space left on device, write';
    expect(failureText({ code: 'file-unwritable', path: '/x', detail })).toMatchObject({
      title: 'The file could not be written',
      detail: '/x: no room is left on that disk. Nothing of it was left behind.',
    });
  });
});

describe('logs:explore', () => {
  const query = {
    services: ['loki'],
    span: { from: 1_700_000_000_000, to: 1_700_000_060_000 },
    search: { words: 'a "b" &c', isPattern: false },
  };

  it("opens the same lines at Grafana's best address", async () => {
    const { made, opened } = handlers(readySnapshot());
    await made['logs:explore'](query, page);
    expect(opened).toHaveLength(1);
    const url = new URL(opened[0] ?? '');
    const best = readySnapshot().services.find(({ id }) => id === 'grafana')?.urls[0]?.url ?? '';
    expect(url.origin).toBe(new URL(best).origin);
    expect(url.pathname).toBe('/explore');
    expect(url.searchParams.get('panes')).toContain(String.raw`{service_name=\"loki\"} |= \"a \\\"b\\\" &c\"`);
  });

  it('says that Grafana does not run, and opens nothing', async () => {
    const ready = readySnapshot();
    const services = ready.services.map((service) =>
      service.id === 'grafana' ? { ...service, actions: { ...service.actions, open: false } } : service,
    );
    const { made, opened } = handlers({ ...ready, services });
    expect(await failureOf(() => made['logs:explore'](query, page))).toEqual({ code: 'grafana-off' });
    expect(opened).toEqual([]);
  });
});
