// The Host page in every state that it tells apart.
import type { HostView } from '../../../electron/core/host/host-view.ts';
import type { HostSnapshot } from '../../../electron/core/snapshot.ts';
import type { HostScenario, Scenario } from '../mock-bridge.ts';
import { start } from './fixtures.ts';
import {
  choicesWithoutDnsmasq,
  hosts,
  hostScenario,
  hostView,
  lanOn,
  lanServices,
  lanView,
  namesAreUp,
  namesView,
} from './host-fixtures.ts';
import { lanLinks } from '../../../electron/core/host/lan.ts';
import { hostileTexts } from './log-lines.ts';
import { scenarios } from './scenarios.ts';

const until = start + 41 * 60_000;

// Links of the names, as the app adds them.
const withLinks = scenarios.ready.snapshot.services.map((service) =>
  service.id === 'grafana'
    ? {
        ...service,
        urls: [
          { id: 'grafana:name', label: 'grafana.macula.local', url: 'http://grafana.macula.local/' },
          ...service.urls,
        ],
      }
    : service,
);

export function hostPage(view: HostView, change: Partial<HostScenario> = {}): Scenario {
  const { names, lan } = view;
  const isRight = names.hosts.every((name) => name.state === 'right');
  const host: HostSnapshot = {
    names: isRight ? 'on' : names.applied === undefined ? 'off' : 'broken',
    lan: lan.state,
    lanSummary: lan.summary,
    ...(lan.until === undefined ? {} : { lanUntil: lan.until }),
    lanLinks: lanLinks(lan),
  };
  return {
    ...scenarios.ready,
    snapshot: { ...scenarios.ready.snapshot, services: withLinks, host },
    host: hostScenario(view, change),
  };
}

export const hostScenarios = {
  fresh: hostPage(hostView()),
  setUp: hostPage(hostView({ names: namesAreUp, lan: lanOn(until), isSetUp: true })),
  byUser: hostPage(
    hostView({ names: namesView({ hosts: hosts('right'), isByUser: true, choices: choicesWithoutDnsmasq }) }),
  ),
  broken: hostPage(
    hostView({
      names: namesView({
        hosts: hosts('right').map((name, index) =>
          index === 1
            ? { ...name, state: 'wrong', found: ['10.1.2.3', '10.1.2.4'] }
            : index === 3
              ? { ...name, state: 'absent', found: [] }
              : name,
        ),
        applied: { backend: 'hosts', method: 'hosts' },
      }),
      lan: lanView({ problem: 'This machine is on no network with a private range.', network: undefined as never }),
      isInterrupted: true,
      edited: ['/etc/hosts'],
      isSetUp: true,
      elevation: { kind: 'by-hand', detail: 'No polkit agent runs in this session.' },
    }),
  ),
  unguarded: hostPage(
    hostView({
      names: namesAreUp,
      lan: {
        ...lanOn(until),
        state: 'unguarded',
        summary: 'Everybody who reaches this machine on any network reaches Grafana and Prometheus.',
      },
      isSetUp: true,
    }),
  ),
  closed: hostPage(
    hostView({
      lan: lanView({
        state: 'closed',
        summary: 'Nobody else gets in any more: the hour is over. The ports are still published.',
        services: lanServices(['grafana']),
        limit: 'hour',
        until: start - 60_000,
      }),
      isSetUp: true,
      elevation: { kind: 'none', detail: 'This session may gain no privileges (NoNewPrivs).' },
    }),
  ),
  hostile: hostPage(
    hostView({
      names: namesView({
        hosts: hosts('wrong', ['x'.repeat(300)]).map((name) => ({
          ...name,
          host: `${'a-long-name-'.repeat(12)}.${name.host}`,
        })),
        choices: choicesWithoutDnsmasq.map((choice) => ({
          ...choice,
          reason: hostileTexts[0] ?? '',
          remedy: `sudo ${'very-long-'.repeat(40)}`,
        })),
      }),
      lan: lanView({ summary: hostileTexts[1] ?? '' }),
      firewall: hostileTexts.slice(0, 5),
      edited: ['/etc/'.repeat(80)],
    }),
  ),
} as const satisfies Record<string, Scenario>;

export type HostScenarioName = keyof typeof hostScenarios;
