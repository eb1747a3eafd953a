import { describe, expect, test } from 'vitest';
import { matchCommands } from '../../../renderer/palette/commands.ts';
import { fit } from '../../../renderer/palette/fuzzy.ts';
import type { PaletteCommand } from '../../../renderer/palette/palette-command.ts';
import { keysOf, pressedShortcut, shortcutOf } from '../../../renderer/palette/shortcuts.ts';

const titles = [
  'Restart Grafana',
  'Open Grafana at 127.0.0.4:3000',
  'Settings: Grafana password',
  'Start Grafana',
  'Stop all services',
  'Stop Alloy',
  'Logs of Loki',
  'Logs of Alloy',
  'Go to Logs',
  'Send a signal through the stack',
];

function best(query: string): readonly string[] {
  return titles
    .flatMap((title) => {
      const found = fit(query, title);
      return found === undefined ? [] : [{ title, score: found.score }];
    })
    .sort((one, other) => other.score - one.score)
    .map(({ title }) => title);
}

describe('what fits', () => {
  test.each([
    ['restart g', 'Restart Grafana'],
    ['rg', 'Restart Grafana'],
    ['sg', 'Start Grafana'],
    ['grafana pass', 'Settings: Grafana password'],
    ['grfana 3000', 'Open Grafana at 127.0.0.4:3000'],
    ['LOGS loki', 'Logs of Loki'],
    ['lögs of al', 'Logs of Alloy'],
    ['stop all', 'Stop all services'],
    ['stop al', 'Stop Alloy'],
  ])('%s means %s', (query, title) => {
    expect(best(query)[0]).toBe(title);
  });

  test.each(['xyz', 'logs grafana', 'grafana loki', 'aaaa'])('%s means nothing', (query) => {
    expect(best(query)).toEqual([]);
  });

  test('letters that are far apart are chance', () => {
    expect(best('logs')).toEqual(['Logs of Loki', 'Logs of Alloy', 'Go to Logs']);
  });

  test('other words lead there too, but not before those of the title', () => {
    const named = fit('pull', 'Pull Grafana');
    const other = fit('pull', 'Download missing images', 'pull');
    expect(other?.places).toEqual([]);
    expect(named?.score).toBeGreaterThan(other?.score ?? Number.POSITIVE_INFINITY);
  });

  test('the places are those of the title as it is written', () => {
    const title = '𝒟 Größe ﬁne';
    const found = fit('grosse', 'Groß');
    expect(found).toBeUndefined();
    const places = fit('fine', title)?.places ?? [];
    // One letter that is two in plain writing is one place.
    expect(places.map((place) => title.slice(place, place + 1))).toEqual(['ﬁ', 'n', 'e']);
    expect(fit('größe', title)?.places.map((place) => title[place])).toEqual(['G', 'r', 'ö', 'ß', 'e']);
  });

  test('800 commands are matched without a wait', () => {
    const many = Array.from({ length: 800 }, (_, index) => `Restart Service ${index} of the stack`);
    const start = performance.now();
    const found = many.filter((title) => fit('restart 79', title) !== undefined);
    // With wide slack for a machine that is busy with other things.
    expect(performance.now() - start).toBeLessThan(500);
    expect(found.length).toBe(11 + 7);
  });
});

describe('the order', () => {
  const command = (id: string, title: string, off?: string): PaletteCommand => ({
    ...{ id, title, group: 'app', icon: 'page' },
    ...(off === undefined ? {} : { off }),
    run: () => {},
  });
  const commands = [
    command('a', 'Start Grafana', 'it is ready'),
    command('b', 'Start Loki'),
    command('c', 'Stop Loki'),
    command('d', 'Logs of Loki'),
  ];
  const ids = (query: string, recent: readonly string[] = []) =>
    matchCommands(commands, query, recent).map((match) => match.command.id);

  test('without a query what was used last comes first, and what cannot be done is left out', () => {
    expect(ids('')).toEqual(['b', 'c', 'd']);
    expect(ids(' ', ['d', 'gone', 'c'])).toEqual(['d', 'c', 'b']);
  });

  test('with one the better fit comes first, of equal ones that used last, and what cannot be done comes last', () => {
    expect(ids('start')).toEqual(['b', 'a']);
    expect(ids('start', ['a'])).toEqual(['b', 'a']);
    expect(ids('loki', ['c'])[0]).toBe('c');
    expect(ids('logs', ['c'])).toEqual(['d']);
    const all = { ...command('e', 'Start all services'), group: 'stack' as const };
    expect(matchCommands([...commands, all], 'start', [])[0]?.command.id).toBe('e');
  });
});

describe('shortcuts', () => {
  const press = (key: string, change: object = {}) => ({
    ...{ key, code: '', ctrlKey: true, metaKey: false, altKey: false, shiftKey: false },
    ...change,
  });
  const commandOf = (pressed: ReturnType<typeof press>, isTyping = false) =>
    pressedShortcut(pressed, isTyping)?.command;

  test('are found by their keys', () => {
    expect(commandOf(press('k'))).toBe('palette');
    expect(commandOf(press('K', { ctrlKey: false, metaKey: true }))).toBe('palette');
    expect(commandOf(press('8'))).toBe('page settings');
    expect(commandOf(press('&', { code: 'Digit1' }))).toBe('page services');
    expect(commandOf(press('/', { shiftKey: true }))).toBe('shortcuts');
    expect(commandOf(press('?', { ctrlKey: false, shiftKey: true }))).toBe('shortcuts');
    expect(commandOf(press('D', { shiftKey: true }))).toBe('doctor');
    expect(commandOf(press('Enter'))).toBe('start');
    expect(commandOf(press('Backspace', { shiftKey: true }))).toBe('stop');
    expect(commandOf(press('Backspace'))).toBeUndefined();
  });

  test('take nothing that writes or deletes from a field', () => {
    for (const key of ['?', 'k', 'd', 'Enter']) {
      expect(commandOf(press(key, { ctrlKey: false }), true)).toBeUndefined();
    }
    for (const key of ['Enter', 'Backspace', '.', 'c', 'v', 'x', 'a', 'z']) {
      expect(commandOf(press(key), true)).toBeUndefined();
    }
    // AltGr comes as Ctrl and Alt.
    expect(commandOf(press('k', { altKey: true }))).toBeUndefined();
    expect(commandOf(press('k'), true)).toBe('palette');
  });

  test('are shown beside the command, evidence beside that of each service', () => {
    expect(shortcutOf('evidence loki')?.key).toBe('e');
    expect(shortcutOf('open grafana:3000')).toBeUndefined();
    const stop = shortcutOf('stop');
    expect(stop === undefined ? [] : keysOf(stop)).toContain('Ctrl');
  });
});
