// What the user may choose. The app and the command line read the same file.

export interface Settings {
  // 'auto', or an address such as unix:///run/user/1000/docker.sock or tcp://127.0.0.1:2375.
  readonly engineEndpoint: string;
  readonly baseDomain: string;
  // Services that are switched off; all others are on.
  readonly disabledServices: readonly string[];
  readonly startStackWithApp: boolean;
  // Port 80 on the loopback addresses; 8080 on 127.0.0.1 is always there.
  readonly publishPort80: boolean;
  // LAN mode as it was turned on last; null when it is off.
  readonly lan: LanSettings | null;
}

export interface LanSettings {
  readonly services: readonly string[];
  readonly limit: 'hour' | 'network' | 'off';
  // Milliseconds since 1970; only of 'hour'.
  readonly until?: number;
  // The network that it was turned on for.
  readonly network: { readonly interface: string; readonly ranges: readonly string[]; readonly gateway?: string };
}

export const defaultSettings: Settings = {
  engineEndpoint: 'auto',
  baseDomain: 'macula.local',
  disabledServices: [],
  startStackWithApp: false,
  publishPort80: true,
  lan: null,
};

const domainPattern = /^(?=.{1,200}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;
const endpointPattern = /^(auto|unix:\/\/\/[^\s]+|tcp:\/\/[^\s/]+:\d{1,5}|https?:\/\/[^\s/]+:\d{1,5})$/;

export function isBaseDomain(value: string): boolean {
  return domainPattern.test(value);
}

export function isEngineEndpoint(value: string): boolean {
  return endpointPattern.test(value);
}

export interface ParsedSettings {
  readonly settings: Settings;
  // Keys whose value could not be used; the default stands in for each.
  readonly rejected: readonly string[];
}

// Anything that came from a file. Unknown keys are not ours to judge: a newer version may have written them.
export function parseSettings(value: unknown): ParsedSettings {
  const given = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const rejected: string[] = [];
  function pick<K extends keyof Settings>(key: K, isValid: (candidate: unknown) => boolean): Settings[K] {
    const candidate = given[key];
    if (candidate === undefined) return defaultSettings[key];
    if (isValid(candidate)) return candidate as Settings[K];
    rejected.push(key);
    return defaultSettings[key];
  }
  const isBoolean = (candidate: unknown) => typeof candidate === 'boolean';
  const settings: Settings = {
    engineEndpoint: pick('engineEndpoint', (candidate) => typeof candidate === 'string' && isEngineEndpoint(candidate)),
    baseDomain: pick('baseDomain', (candidate) => typeof candidate === 'string' && isBaseDomain(candidate)),
    disabledServices: pick(
      'disabledServices',
      (candidate) => Array.isArray(candidate) && candidate.every((id) => typeof id === 'string'),
    ),
    startStackWithApp: pick('startStackWithApp', isBoolean),
    publishPort80: pick('publishPort80', isBoolean),
    lan: pick('lan', isLanSettings),
  };
  return { settings, rejected };
}

function isLanSettings(value: unknown): boolean {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const { services, limit, until, network } = value as Partial<Record<keyof LanSettings, unknown>>;
  if (!areTexts(services) || !['hour', 'network', 'off'].includes(limit as string)) return false;
  if (until !== undefined && !Number.isSafeInteger(until)) return false;
  if (typeof network !== 'object' || network === null) return false;
  const { interface: name, ranges, gateway } = network as Partial<Record<keyof LanSettings['network'], unknown>>;
  return typeof name === 'string' && areTexts(ranges) && (gateway === undefined || typeof gateway === 'string');
}

function areTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((each) => typeof each === 'string');
}
