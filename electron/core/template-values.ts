// What the configuration templates may name. Pure.
import type { ServiceDefinition } from './catalog/service.ts';
import type { DesiredInput } from './desired.ts';
import { machineName } from './telemetry/networks.ts';
import { observeTargets, targetsFile, userGroups } from './telemetry/targets.ts';
import type { TemplateValues } from './template.ts';
import { localhostDomain } from './web-names.ts';

const hoursADay = 24;
const bytesAGigabyte = 1e9;

// Who keeps which of the signals that the collector takes. All three over HTTP: there the stores take messages as large
// as the collector does.
const otlpStores = [
  { signal: 'metrics', service: 'prometheus', endpoint: 'http://prometheus:9090/api/v1/otlp' },
  { signal: 'logs', service: 'loki', endpoint: 'http://loki:3100/otlp' },
  { signal: 'traces', service: 'tempo', endpoint: 'http://tempo:4318' },
] as const;

export function templateValues(enabled: readonly ServiceDefinition[], input: DesiredInput): TemplateValues {
  const { settings, subnetPrefix } = input;
  const { metrics, logs, traces } = settings.retention;
  const kept = input.retentionHours ?? {};
  return {
    baseDomain: settings.baseDomain,
    localhostDomain: localhostDomain(settings.baseDomain),
    httpPort: String(settings.httpPort),
    sites: enabled.flatMap((service) =>
      service.web === undefined
        ? []
        : [
            {
              label: service.web.label,
              service: service.id,
              title: service.title,
              address: serviceAddress(service, subnetPrefix),
              port: String(service.web.port),
            },
          ],
    ),
    targets: enabled.flatMap((service) =>
      service.metricsPort === undefined ? [] : [{ service: service.id, port: String(service.metricsPort) }],
    ),
    metricsDays: String(metrics.days),
    metricsBytes: String(Math.round(metrics.gigabytes * bytesAGigabyte)),
    logsHours: String(Math.min(logs.days * hoursADay, kept.logs ?? Infinity)),
    tracesHours: String(Math.min(traces.days * hoursADay, kept.traces ?? Infinity)),
    userTargets: targetsFile(userGroups(settings.targets)),
    observedTargets: targetsFile(observeTargets(input.labelled ?? []).groups),
    // Not the network's own gateway: an engine that is told to listen there does not start while the network is away.
    engineMetrics: settings.engineMetrics ? [{ gateway: machineName }] : [],
    containerLogs: mayReadLogs(enabled, input) ? [{}] : [],
    otlpStores: otlpStores.filter((store) => enabled.some((service) => service.id === store.service)),
  };
}

// Whether the collector is given the engine's socket, to read the logs of containers with.
export function mayReadLogs(enabled: readonly ServiceDefinition[], input: DesiredInput): boolean {
  const hasLoki = enabled.some((service) => service.id === 'loki');
  return hasLoki && input.settings.containerLogs === 'collector' && input.engineSocket !== undefined;
}

export function serviceAddress(service: ServiceDefinition, subnetPrefix: string): string {
  return `${subnetPrefix}.0.${service.hostNumber}`;
}
