import { describe, expect, it } from 'vitest';
import { doctorChecks } from '../../../electron/core/doctor.ts';
import type { DiskFacts, DoctorFacts } from '../../../electron/core/doctor/facts.ts';
import { findContainer } from '../../../electron/core/conflicts.ts';
import { labels } from '../../../electron/core/identity.ts';
import type { Observed } from '../../../electron/core/observed.ts';
import { failureText } from '../../../electron/core/failure-text.ts';
import { desiredStack, nothingThere, withContainer } from '../core/fixtures.ts';
import { lanForGrafana, lanNetwork, type Situation, situation } from './doctor-facts.ts';
import { snapshotOf } from './snapshots.ts';

const desired = desiredStack();

function told(facts: DoctorFacts, result: string): string[] {
  return doctorChecks(facts)
    .filter((check) => check.result === result)
    .map((check) => `${check.subject}: ${check.detail}${check.nextStep === undefined ? '' : ` -> ${check.nextStep}`}`);
}

const broken = (given: Situation): string[] => told(situation(given), 'failed');
const repairsOf = (given: Situation) =>
  doctorChecks(situation(given)).flatMap(({ result, repair }) =>
    result === 'failed' && repair ? [repair.action] : [],
  );

function outdated(observed: Observed, id: string): Observed {
  const own = findContainer(observed, id)!;
  return withContainer(observed, id, { labels: { ...own.labels, [labels.configHash]: 'older' } });
}

function withDoor(door: string, state: 'closed' | 'silent' | 'no-address'): NonNullable<Situation['change']> {
  return ({ doors }) => ({ doors: { ...doors, [door]: { state } } });
}

describe('the doctor', () => {
  it('finds nothing on a healthy machine, and looks at every hop', () => {
    const checks = doctorChecks(situation());
    expect(checks.filter((check) => check.result !== 'ok')).toEqual([]);
    const subjects = checks.map((check) => check.subject);
    for (const { definition, container } of desired.services) {
      expect(subjects).toContain(`container ${definition.containerName}`);
      expect(subjects).toContain(`${definition.id} is ready`);
      for (const port of container.publishes) expect(subjects).toContain(`port ${port.hostAddress}:${port.hostPort}`);
    }
    expect(subjects.filter((subject) => subject.startsWith('name '))).toHaveLength(5);
    expect(subjects.filter((subject) => subject.includes('.localhost:8080/'))).toHaveLength(5);
    expect(subjects).toEqual(
      expect.arrayContaining([
        'page http://prometheus.macula.local/-/ready',
        'page http://grafana.macula.local/api/health',
        'page http://loki.macula.local/ready',
        'page http://tempo.macula.local/ready',
        'page http://draw.macula.local/',
      ]),
    );
    // A repair is asked for by its subject.
    expect(new Set(subjects).size).toBe(subjects.length);
  });

  it('says of a missing engine that it is missing, and still looks at names, record and disk', () => {
    const failure = { code: 'engine-not-found', tried: [] } as const;
    const snapshot = snapshotOf([], {
      engine: { kind: 'unavailable', failure: { failure, text: failureText(failure) }, retrying: false },
    });
    const checks = doctorChecks(situation({ change: () => ({ snapshot, observed: undefined }) }));
    expect(checks.filter(({ result }) => result === 'failed').map(({ subject }) => subject)).toEqual(['engine']);
    expect(checks.map(({ subject }) => subject)).toEqual([
      'engine',
      ...['prometheus', 'grafana', 'loki', 'tempo', 'draw'].map((label) => `name ${label}.macula.local`),
      "the engine's disk",
    ]);
  });

  it('says no more of a stack that is off than that', () => {
    const stack = { state: 'off', summary: '', actions: { start: true, stop: false, cancel: false } } as const;
    const given: Situation = { change: () => ({ snapshot: snapshotOf([], { stack }), observed: nothingThere }) };
    expect(broken(given)).toEqual(['stack: It is off: nothing answers. -> macula up starts it.']);
    expect(repairsOf(given)).toEqual([{ kind: 'up' }]);
  });

  it.each<[string, Situation, string[], unknown[]]>([
    [
      'a network of another shape',
      { change: () => ({ desired: desiredStack({ subnetPrefix: '172.24' }) }) },
      ['network macula-infra: It has 172.23.0.0/16, not 172.24.0.0/16. -> macula up makes it anew.'],
      [{ kind: 'up' }],
    ],
    [
      'a container that is stopped, once, whatever depends on it',
      { services: [{ id: 'loki', state: 'off' }], change: withDoor('127.0.0.5:3100', 'closed') },
      ['container macula-loki: It is stopped. -> macula up loki starts it.'],
      [{ kind: 'up', service: 'loki' }],
    ],
    [
      'an image that is not here',
      {
        services: [
          {
            id: 'loki',
            state: 'off',
            containerId: undefined as never,
            image: { name: 'grafana/loki:1', digest: '', present: false },
          },
        ],
      },
      ['container macula-loki: Its image grafana/loki:1 is not here. -> macula up loki downloads it.'],
      [{ kind: 'up', service: 'loki' }],
    ],
    [
      'a container that keeps stopping, which only a restart may end',
      {
        services: [{ id: 'loki', state: 'failed', reason: 'It keeps stopping by itself' }],
        change: ({ observed }) => ({ observed: withContainer(observed!, 'loki', { phase: 'restarting' }) }),
      },
      ['container macula-loki: It keeps stopping by itself -> macula logs loki --tail 50 says more.'],
      [{ kind: 'restart', service: 'loki' }],
    ],
    [
      'who took a port, as the reason why its container does not run',
      {
        services: [{ id: 'loki', state: 'failed', reason: 'address already in use' }],
        change: ({ listeners, observed }) => ({
          observed: withContainer(observed!, 'loki', { phase: 'created' }),
          listeners: [
            ...listeners.filter(({ port }) => port !== 3100),
            { address: '0.0.0.0', port: 3100, owner: 'nc (process 7)' },
          ],
        }),
      },
      [
        'port 127.0.0.5:3100: It is taken: nc (process 7) listens on 0.0.0.0:3100. -> Stop that program (macula port 3100 --root tells more of it), then macula up loki.',
      ],
      [{ kind: 'up', service: 'loki' }],
    ],
    [
      'a port that nobody listens on although the container runs',
      { change: withDoor('127.0.0.4:3000', 'closed') },
      [
        'port 127.0.0.4:3000: Nobody listens there, although macula-grafana runs. -> macula restart grafana publishes it anew; if it stays, a firewall or a change of the engine stands between.',
      ],
      [{ kind: 'restart', service: 'grafana' }],
    ],
    [
      'a port that the container was not made with',
      {
        change: ({ doors, observed }) => ({
          doors: { ...doors, '127.0.0.4:80': { state: 'closed' } },
          observed: outdated(observed!, 'ingress'),
        }),
      },
      [
        'port 127.0.0.4:80: Nobody listens there: macula-nginx-ingress was made with other settings than those of now. -> macula up ingress makes it anew.',
      ],
      [{ kind: 'up', service: 'ingress' }],
    ],
    [
      'an address that this machine does not have',
      { change: withDoor('127.0.0.7:80', 'no-address') },
      ['port 127.0.0.7:80: This machine does not have the address. -> sudo ip link set lo up brings it back.'],
      [],
    ],
    [
      'a service that answers, but not as ready',
      { services: [{ id: 'grafana', state: 'degraded', reason: 'Its database is failing' }] },
      [
        'grafana is ready: http://127.0.0.4:3000/api/health: Its database is failing -> macula logs grafana --tail 50 says more; macula restart grafana starts it anew.',
      ],
      [{ kind: 'restart', service: 'grafana' }],
    ],
    [
      'a service that runs and never answered',
      { services: [{ id: 'loki', state: 'failed', reason: 'Not ready 120 s after its start' }] },
      [
        'loki is ready: http://127.0.0.5:3100/ready: Not ready 120 s after its start -> macula logs loki --tail 50 says more; macula restart loki starts it anew.',
      ],
      [{ kind: 'restart', service: 'loki' }],
    ],
    [
      'an ingress of another base domain, which does not know what is asked through it',
      {
        services: [{ id: 'excalidraw', state: 'starting', reason: 'No service of Macula has this name' }],
        change: ({ observed }) => ({ observed: outdated(observed!, 'ingress') }),
      },
      [
        'excalidraw is ready: http://127.0.0.1:8080/: No service of Macula has this name. The ingress that it is asked through was made with other settings than those of now. -> macula up ingress makes it anew.',
      ],
      [{ kind: 'up', service: 'ingress' }],
    ],
    [
      'an ingress that is stopped, and not what is asked through it',
      {
        services: [
          { id: 'ingress', state: 'off' },
          { id: 'excalidraw', state: 'failed', reason: 'Not ready 60 s after its start' },
        ],
      },
      ['container macula-nginx-ingress: It is stopped. -> macula up ingress starts it.'],
      [{ kind: 'up', service: 'ingress' }],
    ],
    [
      'a page below .localhost that the ingress does not pass on',
      {
        change: ({ pages }) => ({
          pages: { ...pages, loki: { kind: 'not-ready', reason: 'It answers with status 502' } },
        }),
      },
      [
        'page http://loki.macula.localhost:8080/: loki answers, but not through the ingress: It answers with status 502 -> macula restart ingress, then macula logs ingress --tail 50.',
      ],
      [{ kind: 'restart', service: 'ingress' }],
    ],
  ])('names %s', (_what, given, expected, repairs) => {
    expect(broken(given)).toEqual(expected);
    expect(repairsOf(given)).toEqual(repairs);
  });

  it('skips what lies behind a broken hop, and says which that is', () => {
    const skipped = doctorChecks(situation({ services: [{ id: 'ingress', state: 'off' }] })).filter(
      (check) => check.result === 'skipped',
    );
    const pages = skipped.filter((check) => check.subject.startsWith('page '));
    expect(pages).toHaveLength(10);
    expect(new Set(pages.map(({ detail }) => detail))).toEqual(
      new Set(['not checked, since this failed: container macula-nginx-ingress']),
    );
  });

  it('tries no port of an engine on another machine', () => {
    const checks = doctorChecks(
      situation({ hasNames: false, change: () => ({ isRemote: true, doors: {}, pages: {} }) }),
    );
    expect(checks.filter(({ result }) => result === 'failed')).toEqual([]);
    expect(checks.some(({ subject }) => subject.startsWith('page '))).toBe(false);
  });
});

describe('what was lost on the way', () => {
  const lost = (facts: DoctorFacts) => doctorChecks(facts).find(({ subject }) => subject === 'lost on the way');
  const unknown = (given: Situation): DoctorFacts => {
    const { drops: _unknown, ...facts } = situation(given);
    return facts;
  };

  it('is nothing only where Prometheus says so', () => {
    expect(lost(situation())).toMatchObject({ result: 'ok', detail: 'nothing' });
    const counted = { change: () => ({ drops: [{ what: 'spans refused by Tempo', count: 3 }] }) };
    expect(lost(situation(counted))).toMatchObject({ result: 'note' });
  });

  it('is not known while Prometheus does not tell', () => {
    const subject = { result: 'note', subject: 'lost on the way' };
    expect(lost(unknown({}))).toEqual({ ...subject, detail: 'not known: Prometheus does not answer.' });
    const stopped = unknown({ services: [{ id: 'prometheus', title: 'Prometheus', state: 'off' }] });
    expect(lost(stopped)).toEqual({ ...subject, detail: 'not known: Prometheus does not run.' });
  });
});

describe('names', () => {
  const host = 'grafana.macula.local';

  it('that nobody set up are one note, with the way to set them up', () => {
    const facts = situation({ hasNames: false });
    expect(told(facts, 'failed')).toEqual([]);
    expect(doctorChecks(facts).filter(({ result }) => result === 'note')).toEqual([
      {
        subject: 'names',
        result: 'note',
        detail: 'Names below macula.local are not set up. Every page is below .localhost at port 8080 without them.',
        nextStep: 'macula host apply sets them up, after showing what it changes.',
        repair: { label: 'Set up names…', action: { kind: 'host', change: { kind: 'names', backend: 'hosts' } } },
      },
    ]);
  });

  it('that somebody else leads elsewhere are named in that note', () => {
    const [note] = told(situation({ hasNames: false, found: { [host]: ['10.0.0.1'] } }), 'note');
    expect(note).toContain('grafana.macula.local leads to 10.0.0.1.');
  });

  it('that the user made right are as good as ours', () => {
    const names = Object.fromEntries(
      ['prometheus', 'grafana', 'loki', 'tempo', 'draw'].map((label, index) => [
        `${label}.macula.local`,
        [`127.0.0.${index + 3}`],
      ]),
    );
    const facts = situation({ hasNames: false, found: names });
    expect(doctorChecks(facts).filter(({ result }) => result !== 'ok')).toEqual([]);
    expect(told(facts, 'ok')).toContain(
      'page http://grafana.macula.local/api/health: grafana.macula.local, 127.0.0.4, the ingress and Grafana answer',
    );
  });

  it.each<[string, Situation, string]>([
    [
      'no address',
      { found: { [host]: [] } },
      "name grafana.macula.local: This machine's resolver does not know it; it should lead to 127.0.0.4. It was set up in the hosts file. -> macula host apply sets it up again.",
    ],
    [
      'another address too',
      { found: { [host]: ['127.0.0.99', '127.0.0.4'] } },
      'name grafana.macula.local: It leads to 127.0.0.99, 127.0.0.4, not to 127.0.0.4. It was set up in the hosts file. -> macula host apply sets it up again.',
    ],
  ])('with %s fail, and their page is skipped', (_what, given, expected) => {
    expect(broken(given)).toEqual([expected]);
    expect(repairsOf(given)).toEqual([{ kind: 'host', change: { kind: 'names', backend: 'hosts' } }]);
    expect(told(situation(given), 'skipped')).toEqual([
      'page http://grafana.macula.local/api/health: not checked, since this failed: name grafana.macula.local',
    ]);
  });

  it('that a line of the user leads elsewhere name the line, which is not ours to change', () => {
    const { machine } = situation();
    const resolver = { ...machine!.facts.resolver, foreignNames: [{ host, address: '127.0.0.99', line: 3 }] };
    const given: Situation = { found: { [host]: ['127.0.0.99'] }, machine: { resolver } };
    expect(broken(given)).toEqual([
      "name grafana.macula.local: It leads to 127.0.0.99, not to 127.0.0.4. Line 3 of the hosts file says so, and is not Macula's. -> Delete that line (sudoedit /etc/hosts), then macula doctor.",
    ]);
    expect(repairsOf(given)).toEqual([]);
  });

  it('that take long are a note', () => {
    const facts = situation();
    const names = facts.machine!.facts.names.map((lookup) => ({ ...lookup, milliseconds: 5010 }));
    expect(told(situation({ machine: { names } }), 'note')).toHaveLength(5);
  });

  it('have no pages where port 80 is not published: one note', () => {
    const given = { desired: desiredStack({ publishing: { loopbackAddresses: true, port80: false } }) };
    expect(broken(given)).toEqual([]);
    expect(told(situation(given), 'note')).toEqual([
      'pages on port 80: The ingress does not publish port 80, so http://prometheus.macula.local/ does not answer; with the port of the service behind the name it does. -> Switch port 80 on in Settings, then macula up ingress.',
    ]);
  });

  it('below .localhost that only browsers know are no fault', () => {
    const facts = situation({ change: () => ({ unknownNames: ['grafana.macula.localhost'] }) });
    expect(doctorChecks(facts).filter(({ result }) => result !== 'ok')).toMatchObject([
      { result: 'note', subject: 'names below .localhost' },
    ]);
  });
});

describe('a page under its name', () => {
  const answer = (
    reason: string,
    door?: 'ready' | 'not-ready',
    kind: 'not-ready' | 'unreachable' = 'not-ready',
    outdatedService?: string,
  ): Situation => ({
    change: ({ namedPages, observed }) => ({
      observed: outdatedService === undefined ? observed : outdated(observed!, outdatedService),
      namedPages: { ...namedPages, 'grafana.macula.local': { kind, reason } },
      ingressAt: door === undefined ? {} : { '127.0.0.4': door === 'ready' ? { kind: door } : { kind: door, reason } },
    }),
  });

  it.each<[string, Situation, string, unknown[]]>([
    [
      'the ingress, where nobody answers at port 80',
      answer('Nothing answers at 127.0.0.4:80 yet', undefined, 'unreachable'),
      'The ingress on port 80 is where it ends: Nothing answers at 127.0.0.4:80 yet. -> macula restart ingress publishes it anew.',
      [{ kind: 'restart', service: 'ingress' }],
    ],
    [
      'somebody else at port 80',
      answer('It answers with status 404', 'not-ready'),
      'It is not the ingress that answers at 127.0.0.4:80: It answers with status 404. -> macula port 80 --root tells who it is: stop that program, then macula restart ingress.',
      [],
    ],
    [
      'an ingress of other settings, which does not know the name',
      answer('No service of Macula has this name. These have:', 'ready', 'not-ready', 'ingress'),
      'grafana answers, but not through the ingress, which was made with other settings than those of now: No service of Macula has this name. These have: -> macula up ingress makes it anew.',
      [{ kind: 'up', service: 'ingress' }],
    ],
    [
      'the way from the ingress to the service',
      answer('Grafana does not answer: it is off, or has just been started.', 'ready'),
      'grafana answers, but not through the ingress: Grafana does not answer: it is off, or has just been started. -> macula restart ingress, then macula logs ingress --tail 50.',
      [{ kind: 'restart', service: 'ingress' }],
    ],
  ])('ends at %s', (_what, given, expected, repairs) => {
    expect(broken(given)).toEqual([`page http://grafana.macula.local/api/health: ${expected}`]);
    expect(repairsOf(given)).toEqual(repairs);
  });
});

describe('the LAN', () => {
  const again = { kind: 'lan-on', services: ['grafana'], limit: 'hour', allowUnprotected: true };
  const address = `LAN ${lanNetwork.address}:3000`;

  it('that is open as asked for is told with the time left, and each door is tried', () => {
    const facts = situation({ lan: lanForGrafana });
    expect(doctorChecks(facts).filter(({ result }) => result !== 'ok')).toEqual([]);
    expect(told(facts, 'ok').filter((line) => line.startsWith('LAN'))).toEqual([
      'LAN guard: 192.168.77.0/24 on eth0 reaches Grafana; everybody else is refused. For 60 minutes more.',
      `${address}: macula-grafana answers`,
    ]);
  });

  it.each<[string, Situation, string, unknown[]]>([
    [
      'a guard that is gone',
      { lan: lanForGrafana, isGuarded: false },
      'LAN guard: Every network that this machine is on reaches Grafana: the guard is gone. -> macula lan on grafana --for hour sets it up again; macula lan off closes what is open.',
      [{ kind: 'host', change: again }],
    ],
    [
      'a guard that is gone, before what has no password',
      { lan: { ...lanForGrafana, services: ['loki'], limit: 'off' }, isGuarded: false },
      'LAN guard: Every network that this machine is on reaches Loki: the guard is gone. -> macula lan on loki --for ever --allow-unprotected sets it up again; macula lan off closes what is open.',
      [{ kind: 'host', change: { kind: 'lan-on', services: ['loki'], limit: 'off', allowUnprotected: true } }],
    ],
    [
      'a network that only looks the same',
      {
        lan: { ...lanForGrafana, limit: 'network' },
        machine: { lan: { ...lanNetwork, gateway: 'cc:dd' } },
      },
      'LAN: This is another network than the one LAN mode was turned on for, with the same addresses: it reaches Grafana. -> macula lan off closes what is open.',
      [{ kind: 'host', change: { kind: 'lan-off' } }],
    ],
    [
      'an open door that does not answer',
      { lan: lanForGrafana, change: withDoor(`${lanNetwork.address}:3000`, 'silent') },
      `${address}: Nobody answers, although macula-grafana publishes it. -> macula restart grafana publishes it anew.`,
      [{ kind: 'restart', service: 'grafana' }],
    ],
    [
      'a container that does not publish it yet',
      {
        lan: lanForGrafana,
        change: ({ listeners }) => ({ listeners: listeners.filter(({ port }) => port !== 3000) }),
      },
      `${address}: macula-grafana does not publish it. -> macula up grafana publishes it.`,
      [{ kind: 'up', service: 'grafana' }],
    ],
    [
      'somebody else on every address',
      {
        lan: lanForGrafana,
        change: ({ listeners }) => ({
          listeners: [
            ...listeners.filter(({ port }) => port !== 3000),
            { address: '0.0.0.0', port: 3000, owner: 'node (process 7)' },
          ],
        }),
      },
      `${address}: It is taken: node (process 7) listens on 0.0.0.0:3000, not macula-grafana. -> Stop that program (macula port 3000 --root tells more of it), then macula up grafana.`,
      [{ kind: 'up', service: 'grafana' }],
    ],
  ])('names %s', (_what, given, expected, repairs) => {
    expect(broken(given)).toEqual([expected]);
    expect(repairsOf(given)).toEqual(repairs);
  });

  it('mode that is off, with a container of ours on every address, fails', () => {
    const given = { lan: lanForGrafana, change: () => ({ lan: null, isGuarded: false }) };
    expect(broken(given)).toEqual([]);
    expect(told(situation(given), 'note')).toEqual([
      'LAN guard: Another user of this machine turned LAN mode on. 192.168.77.0/24 on eth0 reaches Grafana; everybody else is refused. -> macula lan off closes what is open.',
    ]);
  });

  it('guard without anything published is a note', () => {
    const facts = situation({ lan: lanForGrafana });
    const machine = facts.machine!;
    const view = { ...machine.view, lan: { ...machine.view.lan, state: 'off' as const } };
    const given = { change: () => ({ lan: null, machine: { ...machine, view } }) };
    expect(broken(given)).toEqual([]);
    expect(told(situation(given), 'note')).toEqual([
      'LAN guard: It is set up, but nothing is published to the LAN. -> macula lan off takes it away.',
    ]);
  });
});

describe('disks', () => {
  const gibibyte = 2 ** 30;
  it.each<[DiskFacts['holds'], number, number, 'ok' | 'note' | 'failed']>([
    ['images', 0.9, 20, 'failed'],
    ['images', 0, 0, 'failed'],
    ['images', 4, 200, 'failed'],
    ['images', 4, 20, 'note'],
    ['images', 40, 2000, 'ok'],
    ['settings', 0.005, 1, 'failed'],
    ['settings', 0.05, 1, 'note'],
    ['settings', 0.5, 20, 'ok'],
  ])('with %s and %d of %d GiB free: %s', (holds, free, total, result) => {
    const disk = { path: '/data', holds, freeBytes: free * gibibyte, totalBytes: total * gibibyte };
    const [check] = doctorChecks(situation({ change: () => ({ disks: [disk] }) })).filter(({ subject }) =>
      subject.endsWith('disk'),
    );
    expect(check?.result).toBe(result);
    expect(check?.nextStep === undefined).toBe(result === 'ok');
  });
});

describe('the record of changes', () => {
  it('that was cut off fails, and is why names are wrong', () => {
    const { machine } = situation();
    const state = { ...machine!.facts.state, interrupted: true };
    const given: Situation = { machine: { state }, found: { 'loki.macula.local': [] } };
    expect(broken(given)).toEqual([
      'changes of this machine: One was cut off before it was done. -> macula host apply puts that right, or macula host undo takes all of it back.',
    ]);
    expect(repairsOf(given)).toEqual([{ kind: 'host', change: { kind: 'names', backend: 'hosts' } }]);
  });

  it('with nothing else in it is put right by an undo', () => {
    const state = { intent: {}, interrupted: true, edited: [] };
    expect(repairsOf({ hasNames: false, machine: { state } })).toEqual([{ kind: 'host', change: { kind: 'undo' } }]);
  });

  it.each([
    ['/etc/hosts', 'note'],
    ['/etc/systemd/resolved.conf.d/60-macula-host.conf', 'failed'],
  ])('of %s, edited since: %s', (path, result) => {
    const { machine } = situation();
    const state = { ...machine!.facts.state, edited: [path] };
    const checks = doctorChecks(situation({ machine: { state } }));
    expect(checks.find(({ subject }) => subject === `file ${path}`)?.result).toBe(result);
  });
});
