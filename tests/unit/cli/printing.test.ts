import { describe, expect, it } from 'vitest';
import { failureLines } from '../../../electron/cli/failure-lines.ts';
import { commandTable } from '../../../electron/cli/command-table.ts';
import { commandText, overviewText } from '../../../electron/cli/help.ts';
import { hostStatusText, lanStatusText, previewText } from '../../../electron/cli/host-text.ts';
import { logPrinter } from '../../../electron/cli/log-text.ts';
import { coloured, paintFor, plain } from '../../../electron/cli/paint.ts';
import { changeLines, pictureLines, pullText } from '../../../electron/cli/progress-text.ts';
import { serviceTable, statusText } from '../../../electron/cli/service-table.ts';
import { bytes, duration, listed } from '../../../electron/cli/words.ts';
import { type ServiceChange, snapshotOf } from './snapshots.ts';

describe('the table of services', () => {
  it('has a line each, and a second one for the reason', () => {
    const snapshot = snapshotOf([
      { id: 'store', state: 'ready', since: 1000 },
      { id: 'shop', state: 'starting', reason: 'Waiting for store', since: 60_000 },
      { id: 'attic', state: 'off', urls: [] },
    ]);
    expect(serviceTable(snapshot, 61_000, plain).split('\n')).toEqual([
      'store  ready     1 min 0 s     http://store.macula.localhost:8080/',
      'shop   starting  1.0 s         http://shop.macula.localhost:8080/',
      '       Waiting for store',
      'attic  off',
    ]);
  });
});

describe('the status', () => {
  const host = { names: 'off', lan: 'on', lanSummary: '192.168.1.0/24 on eth0 reaches Grafana.' } as const;
  const linesOf = (lan: 'on' | 'unguarded' | 'off') =>
    statusText(snapshotOf([], { notes: ['a stub'], host: { ...host, lan } }), 0, plain)
      .split('\n')
      .slice(3);

  it('says who else reaches the services, and what to do when anybody does', () => {
    expect(linesOf('off')).toEqual(['', 'Note: a stub', '']);
    expect(linesOf('on')).toEqual(['', 'LAN: 192.168.1.0/24 on eth0 reaches Grafana.', 'Note: a stub', '']);
    expect(linesOf('unguarded')[1]).toBe('LAN: 192.168.1.0/24 on eth0 reaches Grafana. macula lan off closes it.');
  });
});

describe('progress', () => {
  const step = (...services: ServiceChange[]) => snapshotOf(services);

  it('is one line a change of state for a pipe', () => {
    const before = step({ id: 'store', state: 'off' }, { id: 'shop', state: 'off' });
    const after = step(
      { id: 'store', state: 'starting' },
      { id: 'shop', state: 'starting', reason: 'Waiting for store' },
    );
    expect(changeLines(before, after)).toEqual(['store: starting', 'shop: starting (Waiting for store)']);
    expect(changeLines(after, after)).toEqual([]);
  });

  it('is a picture for a terminal, never wider than it', () => {
    const pull = { layersDone: 2, layersTotal: 5, bytesDone: 25_000_000, bytesTotal: 100_000_000 };
    const { services } = step(
      { id: 'store', state: 'pulling', since: 500, pull },
      { id: 'shop', state: 'starting', reason: 'Waiting for store, and for many other things besides', since: 2000 },
      { id: 'attic', state: 'ready' },
    );
    const picture = { services, title: 'Starting', startedAt: 1000, now: 3000 };
    expect(pictureLines({ ...picture, columns: 100 }, plain)).toEqual([
      'Starting, 1 of 3 ready, 2.0 s',
      'store  pulling   2.0 s    [=====               ] 25%  25 MB of 100 MB, 2 of 5 layers',
      'shop   starting  1.0 s    Waiting for store, and for many other things besides',
      'attic  ready',
    ]);
    const narrow = pictureLines({ ...picture, columns: 45 }, plain);
    expect(narrow[2]).toBe('shop   starting  1.0 s    Waiting for stor...');
    expect(Math.max(...narrow.map((line) => line.length))).toBeLessThanOrEqual(45);
  });

  it('counts layers while nobody knows their size', () => {
    expect(pullText({ layersDone: 0, layersTotal: 3, bytesDone: 0, bytesTotal: 0 })).toBe('0 of 3 layers');
  });
});

describe('colours', () => {
  it.each([
    [{}, true, true],
    [{}, false, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, true],
    [{ TERM: 'dumb' }, true, false],
  ])('%j on a terminal: %s -> coloured: %s', (environment, isTerminal, isColoured) => {
    expect(paintFor(environment, isTerminal)('red', 'x')).toBe(isColoured ? '\u001b[31mx\u001b[39m' : 'x');
  });
});

describe('log lines', () => {
  const line = { stream: 'stdout', timestamp: '2026-01-01T00:00:00.000000000Z' } as const;

  it('begin with the name of their service', () => {
    const print = logPrinter(['loki', 'grafana'], plain);
    const lines = [
      { ...line, service: 'loki', text: 'one' },
      { ...line, service: 'grafana', text: '' },
    ];
    expect(print(lines)).toBe('loki    | one\ngrafana | \n');
  });

  it('tell services apart by colour on a terminal', () => {
    const print = logPrinter(['loki', 'grafana'], coloured);
    const [first, second] = ['loki', 'grafana'].map((service) => print([{ ...line, service, text: 'x' }]));
    expect(first).toBe('\u001b[36mloki    | \u001b[39mx\n');
    expect(second).toBe('\u001b[32mgrafana | \u001b[39mx\n');
  });
});

describe('failures', () => {
  it('say what happened, why, and what to do next', () => {
    const failure = {
      code: 'port-taken',
      service: 'grafana',
      address: '127.0.0.4',
      port: 3000,
      owner: 'node (process 7)',
    } as const;
    const [title, why, next] = failureLines([failure], plain).split('\n');
    expect(title).toBe('Port 3000 on 127.0.0.4 is taken');
    expect(why).toContain('node (process 7)');
    expect(next).toMatch(/^ {2}Next: /);
  });
});

describe('help', () => {
  it('names every command', () => {
    const text = overviewText('1.2.3');
    for (const command of commandTable) expect(text).toContain(`  ${command.name}`);
    expect(text.split('\n').filter((row) => row.length > 120)).toEqual([]);
  });

  it.each(commandTable.map((command) => [command.name, command] as const))(
    'names every option of %s',
    (_name, command) => {
      const named = commandText(command).match(/--[a-z-]+/g);
      expect(named).toEqual(
        expect.arrayContaining([...Object.keys(command.options).map((option) => `--${option}`), '--help']),
      );
    },
  );
});

describe('help of a command with verbs', () => {
  it('shows them, each with what it does', () => {
    const lan = commandTable.find((command) => command.name === 'lan')!;
    expect(commandText(lan)).toContain('Usage: macula lan <status|on|off> [ids]\n');
    expect(commandText(lan)).toMatch(/\n {2}lan on \[ids\] {2}opens these services/);
    expect(commandText(lan)).toContain('--for <hour|network|ever>');
    expect(overviewText('1.2.3')).toContain('  host <status|plan|apply|undo>');
  });
});

describe('this machine', () => {
  const names = {
    domain: 'macula.local',
    hosts: [
      { host: 'grafana.macula.local', address: '127.0.0.4', state: 'right', found: ['127.0.0.4'] },
      { host: 'loki.macula.local', address: '127.0.0.5', state: 'wrong', found: ['10.0.0.1'] },
      { host: 'draw.macula.local', address: '127.0.0.7', state: 'absent', found: [] },
    ],
    applied: { backend: 'dnsmasq', method: 'resolved' },
    isByUser: false,
    choices: [
      { backend: 'dnsmasq', method: 'resolved', isUsable: true, isRecommended: true, reason: 'It fits.' },
      { backend: 'hosts', isUsable: false, isRecommended: false, reason: 'It is read-only.', remedy: 'mend it' },
      { backend: 'localhost', isUsable: true, isRecommended: false, reason: 'Always works.' },
    ],
  } as const;
  const lan = {
    state: 'on',
    summary: 'The LAN reaches Grafana.',
    network: { interface: 'eth0', address: '192.168.1.17', ranges: ['192.168.1.0/24'] },
    services: [
      {
        id: 'grafana',
        title: 'Grafana',
        ports: [3000],
        protection: 'password',
        isOpen: true,
        urls: ['http://192.168.1.17:3000/'],
      },
      { id: 'tempo', title: 'Tempo', ports: [3200, 4317], protection: 'none', isOpen: false, urls: [] },
    ],
    limit: 'hour',
    until: 3_600_000,
  } as const;

  it('is told whole by host status', () => {
    const view = {
      names,
      lan,
      loopback: 'Nothing to do.',
      firewall: ['ufw is on.'],
      elevation: { kind: 'sudo', detail: 'sudo asks for your password' },
      isInterrupted: true,
      edited: ['/etc/hosts'],
      isSetUp: true,
    } as const;
    expect(hostStatusText(view, 0, plain, true).split('\n')).toEqual([
      'Names below macula.local are set up through a dnsmasq of their own, which systemd-resolved asks',
      '',
      'grafana.macula.local  127.0.0.4  right',
      'loki.macula.local     127.0.0.5  wrong  leads to 10.0.0.1',
      'draw.macula.local     127.0.0.7  absent',
      '',
      'Ways to set them up:',
      '  dnsmasq    set up    It fits.',
      '  hosts      not here  It is read-only.',
      '                       mend it',
      '  localhost  possible  Always works.',
      '',
      'Loopback addresses: Nothing to do.',
      'Firewall: ufw is on.',
      'LAN: The LAN reaches Grafana. 1 h 0 min left.',
      'Root: sudo asks for your password',
      '',
      'Note: An earlier change was cut off: the next one puts that right first.',
      '',
      'Note: /etc/hosts was edited since Macula wrote it.',
      '',
    ]);
  });

  it('claims nothing of the LAN while no engine is known', () => {
    const view = {
      names,
      lan: { ...lan, state: 'off' },
      loopback: '',
      firewall: [],
      elevation: { kind: 'root', detail: '' },
      isInterrupted: false,
      edited: [],
      isSetUp: false,
    } as const;
    expect(hostStatusText(view, 0, plain, false)).toContain('LAN: not known while no container engine answers.\n');
  });

  it('is told of its LAN by lan status', () => {
    expect(lanStatusText(lan, 600_000, plain).split('\n')).toEqual([
      'The LAN reaches Grafana.',
      '',
      'grafana  open    has a password  http://192.168.1.17:3000/',
      'tempo    closed  no password     port 3200, 4317',
      '',
      'Network: 192.168.1.0/24 on eth0, here 192.168.1.17',
      'On for an hour. 50 min 0 s left.',
      '',
    ]);
    expect(lanStatusText(lan, 3_600_000, plain)).toContain('The time is over.');
  });

  it('is shown before it is changed, to the line', () => {
    const preview = {
      title: 'Set up names',
      files: [
        { path: '/etc/hosts', action: 'change', diff: '@@ -1 +1,2 @@\n 127.0.0.1 localhost\n+127.0.0.4 grafana\n' },
        { path: '/etc/own', action: 'keep', diff: '', note: 'It was edited' },
      ],
      commands: ['systemctl restart systemd-resolved', 'nft -f - <\ntable inet macula\n'],
      containers: ['Grafana', 'Loki'],
      undo: ['macula host undo does.'],
      warnings: ['A warning.'],
      isEmpty: false,
      needsRoot: true,
      commandLine: '',
      hash: '',
    } as const;
    expect(previewText(preview, plain).split('\n')).toEqual([
      'Set up names',
      '',
      'change  /etc/hosts',
      '  @@ -1 +1,2 @@',
      '   127.0.0.1 localhost',
      '  +127.0.0.4 grafana',
      '',
      'keep    /etc/own: It was edited',
      '',
      'Commands, as root:',
      '  systemctl restart systemd-resolved',
      '  nft -f - <',
      '  table inet macula',
      '',
      'Made anew: Grafana and Loki',
      '',
      'To undo it:',
      '  macula host undo does.',
      '',
      'Note: A warning.',
      '',
    ]);
    expect(previewText(preview, coloured)).toContain('\u001b[32m+127.0.0.4 grafana\u001b[39m');
  });
});

describe('words', () => {
  it.each([
    [-5, '0.0 s'],
    [1234, '1.2 s'],
    [59_900, '59 s'],
    [61_000, '1 min 1 s'],
    [3_600_000, '1 h 0 min'],
    [200_000_000, '2 days'],
  ])('duration(%d) is %s', (milliseconds, expected) => {
    expect(duration(milliseconds)).toBe(expected);
  });

  it('counts bytes and lists names', () => {
    expect([bytes(0), bytes(12_345_678), bytes(2_500_000_000)]).toEqual(['0.0 MB', '12 MB', '2.5 GB']);
    expect([listed([]), listed(['a']), listed(['a', 'b', 'c'])]).toEqual(['', 'a', 'a, b and c']);
  });
});
