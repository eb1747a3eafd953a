// What to say while the engine's own metrics are asked for and do not come. Pure.
import type { EngineDescription } from '../observed.ts';
import type { TargetView } from './telemetry-view.ts';

export interface EngineMetricsQuestion {
  readonly isWanted: boolean;
  readonly engine: EngineDescription | undefined;
  // All that Prometheus scrapes.
  readonly targets: readonly TargetView[];
}

// The engine's default bridge: there at every start of the engine, unlike the stack's network.
const usualAddress = '172.17.0.1:9323';

// What the option does and needs.
export const engineMetricsWords = `Scrapes what the engine counts of itself (containers by state, builds, its own memory). Docker serves that only where "metrics-addr": "${usualAddress}" is in its daemon.json.`;

// undefined where there is nothing to say.
export function engineMetricsNote({ isWanted, engine, targets }: EngineMetricsQuestion): string | undefined {
  const target = targets.find(({ origin }) => origin === 'engine');
  if (!isWanted || engine === undefined || target?.health !== 'down') return undefined;
  const problem = target.problem === undefined ? '' : ` (${target.problem})`;
  const what = `The engine does not serve its metrics at ${target.url}${problem}.`;
  if (/podman/i.test(engine.product)) return `${what} Podman has none of its own: switch this off in the settings.`;
  if (isDesktop(engine)) {
    return `${what} Put "metrics-addr": "127.0.0.1:9323" into Docker Desktop's settings under Docker Engine and apply it. ${notEverywhere}`;
  }
  const file = engine.rootless ? '~/.config/docker/daemon.json' : '/etc/docker/daemon.json';
  return `${what} Put "metrics-addr": "${usualAddress}" into ${file} and restart the engine; where its default bridge has another address, that one. ${notEverywhere} Not 127.0.0.1: no container reaches that.`;
}

const notEverywhere = 'Not 0.0.0.0: it has no password, and every machine that reaches this one could read it.';

function isDesktop({ operatingSystem }: EngineDescription): boolean {
  return /docker desktop/i.test(operatingSystem);
}
