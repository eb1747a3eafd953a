import { describe, expect, it } from 'vitest';
import { type DoctorFacts, doctorChecks } from '../../../electron/core/doctor.ts';
import { failureText } from '../../../electron/core/failure-text.ts';
import { allRunning, desiredStack } from '../core/fixtures.ts';
import { type ServiceChange, snapshotOf } from './snapshots.ts';

const desired = desiredStack();
const ids = desired.services.map((service) => service.definition.id);

function facts(services: readonly ServiceChange[] = [], change: Partial<DoctorFacts> = {}): DoctorFacts {
  const all = ids.map((id) => ({ id, state: 'ready' as const, ...services.find((service) => service.id === id) }));
  const publishes = desired.services.flatMap((service) => service.container.publishes);
  return {
    snapshot: snapshotOf(all),
    desired,
    observed: allRunning(desired),
    doors: Object.fromEntries(publishes.map((publish) => [`${publish.hostAddress}:${publish.hostPort}`, ''])),
    pages: Object.fromEntries(ids.map((id) => [id, { kind: 'ready' as const }])),
    unknownNames: [],
    ...change,
  };
}

function broken(given: DoctorFacts): string[] {
  return doctorChecks(given)
    .filter((check) => check.result === 'failed')
    .map((check) => `${check.subject}: ${check.detail} -> ${check.nextStep}`);
}

describe('the doctor', () => {
  it('finds nothing in a healthy stack, and looks at every hop of every service', () => {
    const checks = doctorChecks(facts());
    expect(checks.map((check) => check.result).filter((result) => result !== 'ok')).toEqual([]);
    const subjects = checks.map((check) => check.subject).join('\n');
    for (const { definition, container } of desired.services) {
      expect(subjects).toContain(`container ${definition.containerName}`);
      expect(subjects).toContain(`${definition.id} is ready`);
      for (const port of container.publishes) expect(subjects).toContain(`port ${port.hostAddress}:${port.hostPort}`);
    }
    expect(checks.filter((check) => check.subject.startsWith('page '))).toHaveLength(5);
  });

  it('says no more than the engine when there is none', () => {
    const failure = { code: 'engine-not-found', tried: [] } as const;
    const snapshot = snapshotOf([], {
      engine: { kind: 'unavailable', failure: { failure, text: failureText(failure) }, retrying: false },
    });
    expect(doctorChecks(facts([], { snapshot })).map((check) => check.subject)).toEqual(['engine']);
  });

  it('says no more than "off" of a stack that is off', () => {
    const snapshot = snapshotOf([], {
      stack: { state: 'off', summary: '', actions: { start: true, stop: false, cancel: false } },
    });
    expect(broken(facts([], { snapshot }))).toEqual(['stack: It is off: nothing answers. -> macula up starts it.']);
  });

  it.each([
    [
      'a network of another shape',
      facts([], { desired: desiredStack({ subnetPrefix: '172.24' }) }),
      ['network macula-infra: It has 172.23.0.0/16, not 172.24.0.0/16. -> macula up makes it anew.'],
    ],
    [
      'a container that is stopped, once, whatever depends on it',
      facts([{ id: 'loki', state: 'off' }], { doors: { ...facts().doors, '127.0.0.5:3100': 'Nobody listens there' } }),
      ['container macula-loki: It is stopped. -> macula up loki starts it.'],
    ],
    [
      'an image that is not here',
      facts([
        {
          id: 'loki',
          state: 'off',
          containerId: undefined as never,
          image: { name: 'grafana/loki:1', digest: '', present: false },
        },
      ]),
      ['container macula-loki: Its image grafana/loki:1 is not here. -> macula up loki downloads it.'],
    ],
    [
      'a port that nobody listens on although the container runs',
      facts([], { doors: { ...facts().doors, '127.0.0.4:3000': 'Nobody listens there' } }),
      [
        'port 127.0.0.4:3000: Nobody listens there, although macula-grafana runs. -> macula restart grafana publishes it anew; if it stays, a firewall or a change of the engine stands between.',
      ],
    ],
    [
      'a service that answers, but not as ready',
      facts([{ id: 'grafana', state: 'degraded', reason: 'Its database is failing' }]),
      [
        'grafana is ready: http://127.0.0.4:3000/api/health: Its database is failing -> macula logs grafana --tail 50 says more.',
      ],
    ],
    [
      'a page that the ingress does not pass on',
      facts([], { pages: { ...facts().pages, loki: { kind: 'not-ready', reason: 'It answers with status 502' } } }),
      [
        'page http://loki.macula.localhost:8080/: loki answers, but not through the ingress: It answers with status 502 -> macula restart ingress, then macula logs ingress --tail 50.',
      ],
    ],
  ])('names %s', (_what, given, expected) => {
    expect(broken(given)).toEqual(expected);
  });

  it('skips what lies behind a broken hop', () => {
    const skipped = doctorChecks(facts([{ id: 'ingress', state: 'off' }])).filter(
      (check) => check.result === 'skipped',
    );
    expect(skipped.filter((check) => check.subject.startsWith('page '))).toHaveLength(5);
  });

  it('notes a name that only browsers know, as no fault', () => {
    const checks = doctorChecks(facts([], { unknownNames: ['grafana.macula.localhost'] }));
    expect(checks.at(-1)).toMatchObject({ result: 'note', subject: 'names' });
    expect(checks.some((check) => check.result === 'failed')).toBe(false);
  });
});
