// The app where nobody has used it yet, in every state that the first steps tell apart.
import type { Failure } from '../../../electron/core/failure.ts';
import type { Snapshot } from '../../../electron/core/snapshot.ts';
import type { Scenario } from '../mock-bridge.ts';
import { attempts, servicesWith, shown, snapshotOf } from './fixtures.ts';
import { hostScenario, hostView, namesAreUp } from './host-fixtures.ts';
import { imagesScenario, imagesView } from './images-fixtures.ts';
import { imagesScenarios, missingSnapshot, pullingSnapshot, sizes } from './images-scenarios.ts';
import { scenarios } from './scenarios.ts';
import { settingsScenario } from './settings-fixtures.ts';

const { off, ready } = scenarios;
const names = { names: 'on', lan: 'off', lanSummary: '' } as const;

function newHere(snapshot: Snapshot, change: Partial<Scenario> = {}): Scenario {
  return { ...off, host: hostScenario(hostView()), snapshot: { ...snapshot, firstRun: true }, ...change };
}

export function withoutEngine(failure: Failure): Snapshot {
  return snapshotOf('unknown', 'No engine', servicesWith({ '*': { state: 'off', isCut: true } }), {
    engine: { kind: 'unavailable', retrying: true, failure: shown(failure) },
    firstRun: true,
  });
}

const answering = {
  endpoint: 'unix:///run/user/1000/podman/podman.sock',
  foundBy: 'the usual place of Podman',
  product: 'Podman Engine 5.4.2',
  isInUse: false,
};
const rejected = attempts.map(({ endpoint, foundBy, rejected: why }) => ({
  ...{ endpoint, foundBy, rejected: why },
  isInUse: false,
}));
const none = settingsScenario({ engines: rejected });

export const firstRunScenarios = {
  noEngine: newHere(withoutEngine({ code: 'engine-not-found', tried: attempts }), { settingsChange: none }),
  notPermitted: newHere(
    withoutEngine({ code: 'engine-permission-denied', endpoint: 'unix:///var/run/docker.sock', tried: attempts }),
    { settingsChange: none },
  ),
  missing: newHere(missingSnapshot, {
    images: imagesScenarios.missing.images,
    settingsChange: settingsScenario({ engines: [...settingsScenario().engines, answering] }),
  }),
  pulling: newHere(pullingSnapshot, { images: imagesScenarios.pulling.images }),
  stubs: newHere(
    {
      ...off.snapshot,
      services: off.snapshot.services.map((service) =>
        service.id === 'grafana' ? { ...service, image: { ...service.image, substitute: 'stub' as const } } : service,
      ),
    },
    {
      images: imagesScenario({
        view: imagesView({
          grafana: { state: 'substitute', substitute: 'stub' },
          loki: { state: 'substitute', substitute: 'built' },
        }),
        sizes,
      }),
    },
  ),
  names: newHere(off.snapshot),
  namesUp: newHere(off.snapshot, { host: hostScenario(hostView({ names: namesAreUp, isSetUp: true })) }),
  start: newHere({ ...off.snapshot, host: names }),
  // Only ever reached from the start.
  started: newHere({ ...ready.snapshot, host: names }),
} as const satisfies Record<string, Scenario>;

export type FirstRunScenarioName = keyof typeof firstRunScenarios;

// What each of them begins with.
export const beginnings: Readonly<Record<FirstRunScenarioName, string>> = {
  noEngine: 'Container engine',
  notPermitted: 'Container engine',
  missing: 'Images',
  pulling: 'Images',
  stubs: 'Images',
  names: 'Names',
  namesUp: 'Names',
  start: 'Start the stack',
  started: 'The stack is up',
};
