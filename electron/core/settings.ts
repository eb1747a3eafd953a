// What the user may choose. The app and the command line read the same file.

export interface Settings {
  // 'auto', or an address such as unix:///run/user/1000/docker.sock or tcp://127.0.0.1:2375.
  readonly engineEndpoint: string;
  readonly baseDomain: string;
  // Services that are switched off; all others are on.
  readonly disabledServices: readonly string[];
  readonly startStackWithApp: boolean;
  // Port 80 on the loopback addresses; httpPort on 127.0.0.1 is always there.
  readonly publishPort80: boolean;
  // Where every page is reachable at 127.0.0.1, 1024 to 65535.
  readonly httpPort: number;
  // The port that the catalog names for the LAN -> another one in its place.
  readonly lanPorts: Readonly<Record<string, number>>;
  // LAN mode as it was turned on last; null when it is off.
  readonly lan: LanSettings | null;
  // How long each signal is kept, and how much of the disk it may take: whichever ends first.
  readonly retention: Readonly<Record<Signal, Retention>>;
  // Programs of the user's own that Prometheus scrapes.
  readonly targets: readonly ScrapeTarget[];
  // Who reads the logs of containers: Alloy, which gets the engine's socket for it; the app, while it runs; nobody.
  readonly containerLogs: 'collector' | 'app' | 'off';
  // Scrapes the engine's own metrics, where its metrics-addr is set.
  readonly engineMetrics: boolean;
  // Scrapes the kubelets of KinD clusters on the same engine.
  readonly kindClusters: boolean;
  // Tell the desktop what matters while nobody looks at the window.
  readonly notifications: boolean;
  // How dates and numbers are written: 'system', or a language tag such as 'de-DE'.
  readonly dateLocale: string;
  // Kept by each view of logs, 1,000 to 200,000.
  readonly logLines: number;
  // The steps of the first start were done or skipped.
  readonly firstRunDone: boolean;
}

export const signals = ['metrics', 'logs', 'traces'] as const;
export type Signal = (typeof signals)[number];

export interface Retention {
  // Whole days, 1 to 365.
  readonly days: number;
  // Thousands of millions of bytes, 0.1 to 10,000.
  readonly gigabytes: number;
}

export interface ScrapeTarget {
  // Becomes the label "service".
  readonly name: string;
  // 'host.docker.internal:8000', '192.168.1.5:9100', '[fd00::1]:9100'
  readonly address: string;
  readonly path: string;
  readonly scheme: 'http' | 'https';
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
  httpPort: 8080,
  lanPorts: {},
  lan: null,
  retention: {
    metrics: { days: 15, gigabytes: 4 },
    logs: { days: 7, gigabytes: 4 },
    traces: { days: 3, gigabytes: 4 },
  },
  targets: [],
  containerLogs: 'collector',
  engineMetrics: false,
  kindClusters: false,
  notifications: true,
  dateLocale: 'system',
  logLines: 50_000,
  firstRunDone: false,
};

// All defaults but what is no choice of a setting: LAN mode has a way of its own to be turned off, targets are what its
// user typed in, one by one, and whoever resets settings needs no first steps any more.
export function resetSettings({ lan, targets }: Settings): Settings {
  return { ...defaultSettings, lan, targets, firstRunDone: true };
}

// Stands in for a limit that cannot be used: what was meant is not known, and what a narrower one deletes is gone.
const widest: Retention = { days: 365, gigabytes: 10_000 };
export const widestRetention: Settings['retention'] = { metrics: widest, logs: widest, traces: widest };

const domainPattern = /^(?=.{1,200}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/;
const endpointPattern = /^(auto|unix:\/\/\/[^\s]+|tcp:\/\/[^\s/]+:\d{1,5}|https?:\/\/[^\s/]+:\d{1,5})$/;

export function isBaseDomain(value: string): boolean {
  return domainPattern.test(value);
}

export function isEngineEndpoint(value: string): boolean {
  return endpointPattern.test(value);
}

export function isHttpPort(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1024 && (value as number) <= 65_535;
}

// No two of them are the same.
export function areLanPorts(value: unknown): value is Settings['lanPorts'] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length <= 50 &&
    entries.every(([key, port]) => /^\d{1,5}$/.test(key) && isHttpPort(port)) &&
    new Set(entries.map(([, port]) => port)).size === entries.length
  );
}

export function isDateLocale(value: unknown): value is string {
  if (value === 'system') return true;
  if (typeof value !== 'string' || value.length > 35) return false;
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

export function isLogLines(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1000 && (value as number) <= 200_000;
}

export function isRetention(value: unknown): value is Retention {
  if (typeof value !== 'object' || value === null) return false;
  const { days, gigabytes } = value as Partial<Record<keyof Retention, unknown>>;
  return isDays(days) && isGigabytes(gigabytes);
}

function isDays(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 1 && (value as number) <= widest.days;
}

function isGigabytes(value: unknown): value is number {
  return typeof value === 'number' && value >= 0.1 && value <= widest.gigabytes;
}

const targetNamePattern = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,62}$/;
const targetAddressPattern = /^([A-Za-z0-9.-]{1,253}|\[[0-9a-fA-F:.]{2,45}\]):\d{1,5}$/;
// A broken percent escape would make Prometheus refuse the whole file.
const targetPathPattern = /^(?=.{1,200}$)\/(?:[A-Za-z0-9_.~/-]|%[0-9A-Fa-f]{2})*$/;

export function isScrapeTarget(value: unknown): value is ScrapeTarget {
  if (typeof value !== 'object' || value === null) return false;
  const { name, address, path, scheme } = value as Partial<Record<keyof ScrapeTarget, unknown>>;
  return (
    typeof name === 'string' &&
    targetNamePattern.test(name) &&
    typeof address === 'string' &&
    targetAddressPattern.test(address) &&
    isPort(Number(address.slice(address.lastIndexOf(':') + 1))) &&
    typeof path === 'string' &&
    targetPathPattern.test(path) &&
    (scheme === 'http' || scheme === 'https')
  );
}

function isPort(port: number): boolean {
  return port >= 1 && port <= 65_535;
}

export const mostTargets = 100;

export function areScrapeTargets(value: unknown): value is readonly ScrapeTarget[] {
  return (
    Array.isArray(value) &&
    value.length <= mostTargets &&
    value.every(isScrapeTarget) &&
    new Set(value.map(({ name }) => name)).size === value.length
  );
}

export interface ParsedSettings {
  readonly settings: Settings;
  // Keys whose value could not be used; the default stands in for each, or the widest limit ('retention.logs.days').
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
    retention: parseRetention(given['retention'], (key) => rejected.push(key)),
    targets: pick('targets', areScrapeTargets),
    containerLogs: pick('containerLogs', (candidate) => ['collector', 'app', 'off'].includes(candidate as string)),
    engineMetrics: pick('engineMetrics', isBoolean),
    kindClusters: pick('kindClusters', isBoolean),
    httpPort: pick('httpPort', isHttpPort),
    lanPorts: pick('lanPorts', areLanPorts),
    notifications: pick('notifications', isBoolean),
    dateLocale: pick('dateLocale', isDateLocale),
    logLines: pick('logLines', isLogLines),
    firstRunDone: pick('firstRunDone', isBoolean),
  };
  return { settings, rejected };
}

function parseRetention(value: unknown, reject: (key: string) => void): Settings['retention'] {
  if (value === undefined) return defaultSettings.retention;
  const given = partsOf(value, defaultSettings.retention);
  if (given === undefined) {
    reject('retention');
    return widestRetention;
  }
  return {
    metrics: parseLimits('metrics', given.metrics, reject),
    logs: parseLimits('logs', given.logs, reject),
    traces: parseLimits('traces', given.traces, reject),
  };
}

// Each by itself: one that cannot be used says nothing of the other.
function parseLimits(signal: Signal, value: unknown, reject: (key: string) => void): Retention {
  const given = partsOf(value, defaultSettings.retention[signal]);
  if (given === undefined) {
    reject(`retention.${signal}`);
    return widest;
  }
  const { days, gigabytes } = given;
  if (!isDays(days)) reject(`retention.${signal}.days`);
  if (!isGigabytes(gigabytes)) reject(`retention.${signal}.gigabytes`);
  return {
    days: isDays(days) ? days : widest.days,
    gigabytes: isGigabytes(gigabytes) ? gigabytes : widest.gigabytes,
  };
}

// What is left out is the default, unless there is a name that nobody knows: then it may be the one that was misspelt.
// undefined where there are no parts at all.
function partsOf<Parts extends object>(
  value: unknown,
  defaults: Parts,
): Partial<Readonly<Record<keyof Parts, unknown>>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const isMisspelt = Object.keys(value).some((name) => !Object.hasOwn(defaults, name));
  return isMisspelt ? value : { ...defaults, ...value };
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
