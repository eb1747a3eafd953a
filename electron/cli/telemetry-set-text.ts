// What follows from a choice of "telemetry set", a sentence each. Pure.
import type { Settings } from '../core/settings.ts';
import { engineMetricsWords } from '../core/telemetry/engine-metrics.ts';
import { kindWords } from '../core/telemetry/kind.ts';

export type TelemetryChoice = Partial<Pick<Settings, 'containerLogs' | 'engineMetrics' | 'kindClusters'>>;

const logWords: Readonly<Record<Settings['containerLogs'], string>> = {
  collector: 'From the next "macula up" on Alloy reads the logs of containers, with the engine\'s socket.',
  app: 'From the next "macula up" on Alloy has no socket of the engine; the app reads the logs of containers while it runs.',
  off: 'From the next "macula up" on nobody reads the logs of containers; what programs send by themselves is kept.',
};

export function setText({ containerLogs, engineMetrics, kindClusters }: TelemetryChoice): string {
  const lines = [
    'Written down.',
    ...(containerLogs === undefined ? [] : [logWords[containerLogs]]),
    ...(engineMetrics === undefined ? [] : engineLines(engineMetrics)),
    ...(kindClusters === undefined ? [] : kindLines(kindClusters)),
  ];
  return `${lines.join('\n')}\n`;
}

function engineLines(isOn: boolean): readonly string[] {
  if (isOn) return [engineMetricsWords, 'The next "macula up" has Prometheus scrape the engine\'s metrics.'];
  return ['From the next "macula up" on Prometheus scrapes the engine\'s metrics no more; what was collected stays.'];
}

function kindLines(isOn: boolean): readonly string[] {
  if (isOn)
    return [kindWords, 'Clusters are followed at once while the app runs; without it each "macula up" looks for them.'];
  return ['KinD clusters are scraped no more; what was made in those that run is taken away.'];
}
