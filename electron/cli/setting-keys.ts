// The settings as words: how each is called, printed and read back. Pure.
import { nearest } from '../core/nearest.ts';
import {
  areLanPorts,
  isBaseDomain,
  isDateLocale,
  isEngineEndpoint,
  isHttpPort,
  isLogLines,
  isRetention,
  type Settings,
  type Signal,
  signals,
} from '../core/settings.ts';

export interface SettingKey {
  readonly key: string;
  // What is good, for whoever gave something else.
  readonly values: string;
  print(settings: Settings): string;
  // undefined: not understood.
  parse(text: string, settings: Settings): Partial<Settings> | undefined;
}

type KeysOf<Value> = { [Key in keyof Settings]: Settings[Key] extends Value ? Key : never }[keyof Settings];

function text<Key extends KeysOf<string>>(key: Key, values: string, isGood: (value: string) => boolean): SettingKey {
  return {
    key,
    values,
    print: (settings) => settings[key],
    parse: (value) => (isGood(value) ? { [key]: value } : undefined),
  };
}

function onOff(key: KeysOf<boolean>): SettingKey {
  const meanings: Readonly<Record<string, boolean>> = { on: true, true: true, off: false, false: false };
  return {
    key,
    values: 'on or off',
    print: (settings) => (settings[key] ? 'on' : 'off'),
    parse: (value) => (Object.hasOwn(meanings, value) ? { [key]: meanings[value] } : undefined),
  };
}

function number(key: 'httpPort' | 'logLines', values: string, isGood: (value: unknown) => boolean): SettingKey {
  return {
    key,
    values,
    print: (settings) => String(settings[key]),
    parse: (value) => (/^\d{1,9}$/.test(value) && isGood(Number(value)) ? { [key]: Number(value) } : undefined),
  };
}

function limit(signal: Signal, part: 'days' | 'gigabytes'): SettingKey {
  return {
    key: `retention.${signal}.${part}`,
    values: part === 'days' ? 'whole days from 1 to 365' : 'gigabytes from 0.1 to 10000',
    print: ({ retention }) => String(retention[signal][part]),
    parse(value, { retention }) {
      const chosen = { ...retention[signal], [part]: Number(value) };
      const isGood = /^\d{1,5}(\.\d{1,3})?$/.test(value) && isRetention(chosen);
      return isGood ? { retention: { ...retention, [signal]: chosen } } : undefined;
    },
  };
}

// `services`: the ids that there are.
export function settingKeys(services: readonly string[]): readonly SettingKey[] {
  return [
    text('engineEndpoint', 'auto, or an address such as unix:///run/user/1000/docker.sock', isEngineEndpoint),
    text('baseDomain', 'a domain of two labels or more, such as macula.local', isBaseDomain),
    {
      key: 'disabledServices',
      values: `none, or some of ${services.join(',')}`,
      print: ({ disabledServices }) => disabledServices.join(',') || 'none',
      parse(value) {
        const ids = listOf(value);
        return ids.every((id) => services.includes(id)) ? { disabledServices: [...new Set(ids)] } : undefined;
      },
    },
    onOff('startStackWithApp'),
    onOff('publishPort80'),
    number('httpPort', 'a port from 1024 to 65535', isHttpPort),
    {
      key: 'lanPorts',
      values: 'none, or pairs such as 3000=13000,9090=19090 with ports from 1024 to 65535',
      print: ({ lanPorts }) =>
        Object.entries(lanPorts)
          .map((pair) => pair.join('='))
          .join(',') || 'none',
      parse(value) {
        const pairs = listOf(value).map((pair) => /^(\d{1,5})=(\d{1,5})$/.exec(pair));
        const lanPorts = Object.fromEntries(pairs.map((pair) => [pair?.[1] ?? '', Number(pair?.[2])]));
        return areLanPorts(lanPorts) && Object.keys(lanPorts).length === pairs.length ? { lanPorts } : undefined;
      },
    },
    ...signals.flatMap((signal) => [limit(signal, 'days'), limit(signal, 'gigabytes')]),
    {
      key: 'containerLogs',
      values: 'collector, app or off',
      print: ({ containerLogs }) => containerLogs,
      parse: (value) =>
        value === 'collector' || value === 'app' || value === 'off' ? { containerLogs: value } : undefined,
    },
    onOff('engineMetrics'),
    onOff('kindClusters'),
    onOff('notifications'),
    text('dateLocale', 'system, or a language such as de-DE', isDateLocale),
    number('logLines', 'a number from 1000 to 200000', isLogLines),
    onOff('firstRunDone'),
  ];
}

function listOf(value: string): readonly string[] {
  return value === 'none' ? [] : value.split(',');
}

export function unknownKey(key: string, keys: readonly SettingKey[]): string {
  const names = keys.map((each) => each.key);
  if (key === 'lan') return 'LAN mode is turned on and off with macula lan.';
  if (key === 'targets') return 'Targets are shown and changed with macula targets.';
  const meant = nearest(key, names);
  const hint = meant === undefined ? ' macula settings list shows them.' : ` Did you mean "${meant}"?`;
  return `There is no setting "${key}".${hint}`;
}
