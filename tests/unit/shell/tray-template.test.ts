import { describe, expect, it } from 'vitest';
import { trayModel, type TrayAction, type TrayItem } from '../../../electron/core/tray-menu.ts';
import { trayTemplate } from '../../../electron/shell/tray-template.ts';
import { readySnapshot } from './snapshot-fixture.ts';

type Template = ReturnType<typeof trayTemplate>;

function clickAll(template: Template): void {
  for (const { click, submenu } of template) {
    click?.call(undefined, ...([] as unknown as Parameters<typeof click>));
    if (Array.isArray(submenu)) clickAll(submenu);
  }
}

function actionsOf(items: readonly TrayItem[]): readonly TrayAction[] {
  return items.flatMap((item) =>
    item.kind === 'action' ? [item.action] : item.kind === 'submenu' ? actionsOf(item.items) : [],
  );
}

describe('trayTemplate', () => {
  it('carries every entry of the real menu and its action', () => {
    const { items } = trayModel(readySnapshot());
    const done: TrayAction[] = [];
    const template = trayTemplate(items, (action) => done.push(action));
    expect(template.length).toBe(items.length);
    clickAll(template);
    expect(done).toEqual(actionsOf(items));
    expect(done.length).toBeGreaterThan(20);
  });

  it('keeps words from being clicked and off entries off', () => {
    const template = trayTemplate(
      [
        { kind: 'text', label: 'All ready' },
        { kind: 'separator' },
        { kind: 'action', label: 'Start', enabled: false, action: { kind: 'start' } },
      ],
      () => undefined,
    );
    expect(template[0]).toEqual({ label: 'All ready', enabled: false });
    expect(template[1]).toEqual({ type: 'separator' });
    expect(template[2]).toMatchObject({ label: 'Start', enabled: false });
  });

  it('shows an ampersand as one', () => {
    expect(trayTemplate([{ kind: 'text', label: 'Research & development' }], () => undefined)[0]?.label).toBe(
      'Research && development',
    );
  });
});
