import { describe, expect, it } from 'vitest';
import { catalog } from '../../../electron/core/catalog/index.ts';
import { defaultSettings, type Settings } from '../../../electron/core/settings.ts';
import { settingKeys, unknownKey } from '../../../electron/cli/setting-keys.ts';
import { effectsText } from '../../../electron/cli/settings-text.ts';

const keys = settingKeys(catalog.map(({ id }) => id));
const keyOf = (name: string) => {
  const found = keys.find(({ key }) => key === name);
  if (found === undefined) throw new Error(`No key ${name}`);
  return found;
};
const other: Settings = {
  ...defaultSettings,
  engineEndpoint: 'tcp://127.0.0.1:2375',
  baseDomain: 'infra.test',
  disabledServices: ['loki', 'tempo'],
  startStackWithApp: true,
  publishPort80: false,
  httpPort: 9080,
  lanPorts: { 3000: 13_000, 9090: 19_090 },
  retention: {
    metrics: { days: 3, gigabytes: 0.5 },
    logs: { days: 2, gigabytes: 1.25 },
    traces: { days: 365, gigabytes: 10_000 },
  },
  containerLogs: 'app',
  engineMetrics: true,
  kindClusters: true,
  notifications: false,
  dateLocale: 'de-DE',
  logLines: 1000,
  firstRunDone: true,
};

describe('settings as words', () => {
  it('are all of them but those that have a command of their own', () => {
    const named = new Set(keys.map(({ key }) => key.split('.')[0]));
    expect(Object.keys(defaultSettings).filter((key) => !named.has(key))).toEqual(['lan', 'targets']);
  });

  it.each([defaultSettings, other])('are read back as they are printed', (settings) => {
    let read = settings === other ? defaultSettings : other;
    for (const key of keys) {
      const patch = key.parse(key.print(settings), read);
      expect(patch, key.key).toBeDefined();
      read = { ...read, ...patch };
    }
    expect(read).toEqual(settings);
  });

  it.each([
    ['httpPort', '80'],
    ['httpPort', '8080x'],
    ['httpPort', ''],
    ['logLines', '999'],
    ['publishPort80', 'yes'],
    ['publishPort80', 'constructor'],
    ['disabledServices', 'loki,nobody'],
    ['lanPorts', '3000'],
    ['lanPorts', '3000=22'],
    ['lanPorts', '3000=13000,3000=14000'],
    ['lanPorts', '3000=13000,9090=13000'],
    ['retention.logs.days', '0'],
    ['retention.logs.days', '1.5'],
    ['retention.logs.gigabytes', '0.01'],
    ['containerLogs', 'all'],
    ['dateLocale', 'not a language'],
    ['baseDomain', 'macula'],
  ])('are refused where they are no good: %s %s', (name, value) => {
    expect(keyOf(name).parse(value, defaultSettings)).toBeUndefined();
  });

  it('that are not there are told, with the one that was meant', () => {
    expect(unknownKey('htpPort', keys)).toBe('There is no setting "htpPort". Did you mean "httpPort"?');
    expect(unknownKey('lan', keys)).toContain('macula lan');
  });
});

describe('what a change does, in words', () => {
  const nothing = { replaced: [], started: [], stopped: [], reconnects: false, names: false, notes: [] };

  it('is said of each part', () => {
    const effects = { ...nothing, replaced: ['Ingress', 'Grafana'], stopped: ['Loki'], notes: ['A note.'] };
    expect(effectsText(effects, true)).toBe(
      'Gets a new container with the next "macula up": Ingress, Grafana.\nTaken away by the next "macula up", or "macula down": Loki. The data stays.\nA note.\n',
    );
  });

  it('is nothing, or not known', () => {
    expect(effectsText(nothing, true)).toBe('Nothing that runs is touched.\n');
    expect(effectsText(nothing, false)).toContain('was not looked at');
  });
});
