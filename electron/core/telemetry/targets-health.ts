// Prometheus' own word on each target, from its answer to GET /api/v1/targets. Pure.
import type { LabelledContainer } from '../observed.ts';
import type { Settings } from '../settings.ts';
import { observeTargets, type TargetGroup, userGroups } from './targets.ts';
import type { TargetView } from './telemetry-view.ts';

export const targetsQuery = '/api/v1/targets?state=active';

export interface WantedTargets {
  readonly settings: Pick<Settings, 'targets'>;
  readonly labelled: readonly LabelledContainer[];
}

// answer: the parsed body; undefined while Prometheus does not answer. Then, or before it has taken them up, what is
// wanted is there with its health unknown.
export function targetViews(wanted: WantedTargets, answer: unknown): readonly TargetView[] {
  const seen = activeTargets(answer).map(viewOf);
  const isSeen = (one: TargetView): boolean => seen.some(({ origin, url }) => origin === one.origin && url === one.url);
  const expected = [
    ...userGroups(wanted.settings.targets).map((group) => expectedView(group, 'settings')),
    ...observeTargets(wanted.labelled).groups.map((group) => expectedView(group, 'label')),
  ];
  const all = [...seen, ...expected.filter((one) => !isSeen(one))];
  return all.toSorted((one, other) => order(one).localeCompare(order(other), 'en'));
}

const origins: readonly TargetView['origin'][] = ['settings', 'label', 'stack', 'engine', 'kind'];

function order({ origin, name, url }: TargetView): string {
  return `${origins.indexOf(origin)} ${name} ${url}`;
}

function expectedView({ targets, labels }: TargetGroup, origin: TargetView['origin']): TargetView {
  const url = `${labels['__scheme__']}://${targets[0]}${labels['__metrics_path__']}`;
  return { name: labels['service'] ?? url, url, origin, health: 'unknown' };
}

type Fields = Readonly<Record<string, unknown>>;

function activeTargets(answer: unknown): readonly Fields[] {
  const list = fields(fields(answer)['data'])['activeTargets'];
  return Array.isArray(list) ? list.map(fields) : [];
}

function viewOf(target: Fields): TargetView {
  const labels = fields(target['labels']);
  const discovered = fields(target['discoveredLabels']);
  const job = text(target['scrapePool']) || text(labels['job']);
  const origin = originOf(job, text(discovered['__meta_filepath']));
  const service = text(labels['service']) || job;
  const problem = text(target['lastError']);
  return {
    name: origin === 'kind' && labels['node'] !== undefined ? `${text(labels['node'])} ${service}` : service,
    url: text(target['scrapeUrl']),
    origin,
    health: healthOf(target['health']),
    ...(problem === '' ? {} : { problem }),
  };
}

function originOf(job: string, file: string): TargetView['origin'] {
  if (file.endsWith('/observed.json')) return 'label';
  if (job.startsWith('kind-')) return 'kind';
  if (job === 'engine') return 'engine';
  // What else there is comes from the user's own template.
  return job === 'stack' || job === 'prometheus' ? 'stack' : 'settings';
}

function healthOf(value: unknown): TargetView['health'] {
  return value === 'up' || value === 'down' ? value : 'unknown';
}

function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {};
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
