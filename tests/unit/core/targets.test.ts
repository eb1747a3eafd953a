import { describe, expect, it } from 'vitest';
import type { EngineDescription, LabelledContainer } from '../../../electron/core/observed.ts';
import type { ScrapeTarget } from '../../../electron/core/settings.ts';
import { engineMetricsNote } from '../../../electron/core/telemetry/engine-metrics.ts';
import { networkChange, reachOf } from '../../../electron/core/telemetry/networks.ts';
import { observeTargets, targetsFile, userGroups, userTargetNotes } from '../../../electron/core/telemetry/targets.ts';
import { targetViews } from '../../../electron/core/telemetry/targets-health.ts';
import type { TargetView } from '../../../electron/core/telemetry/telemetry-view.ts';
import { defaultSettings } from '../../../electron/core/settings.ts';
import { desiredStack } from './fixtures.ts';

function container(name: string, change: Partial<LabelledContainer> = {}): LabelledContainer {
  const { labels, ...rest } = change;
  return {
    id: `id-${name}`,
    name,
    networks: { shop: '10.0.0.9' },
    ...rest,
    labels: { 'io.macula.observe': 'true', 'io.macula.metrics-port': '8000', ...labels },
  };
}

const target = (name: string, change: Partial<ScrapeTarget> = {}): ScrapeTarget => ({
  name,
  address: `${name}:1`,
  path: '/metrics',
  scheme: 'http',
  ...change,
});

describe('where a container is reached', () => {
  it.each([
    ['on the only network that it is on', { shop: '10.0.0.9' }, 'network shop 10.0.0.9'],
    [
      "on the stack's own before others",
      { a: '10.0.0.9', 'macula-infra': '172.23.0.99' },
      'network macula-infra 172.23.0.99',
    ],
    ['on the first by name of several', { b: '10.0.1.9', a: '10.0.0.9' }, 'network a 10.0.0.9'],
    ["on the engine's default network last", { bridge: '172.17.0.2', shop: '10.0.0.9' }, 'network shop 10.0.0.9'],
    ["on the engine's default network too", { bridge: '172.17.0.2' }, 'network bridge 172.17.0.2'],
    ['through the machine, from its own network', { host: '' }, 'machine'],
    ['nowhere without a network', { none: '' }, 'nowhere'],
    ['nowhere before it has an address', { shop: '' }, 'nowhere'],
  ] as const)('%s', (_name, networks, expected) => {
    expect(Object.values(reachOf({ networks })).join(' ')).toBe(expected);
  });
});

describe('the networks that Prometheus is on', () => {
  it.each([
    ['comes to those that are wanted', ['b', 'a', 'a'], ['macula-infra'], [], 'connect a b'],
    ['stays', ['a'], ['macula-infra', 'a'], ['a'], ''],
    ['goes from those that it was put on', [], ['macula-infra', 'a'], ['a'], 'disconnect a'],
    ['stays where the user put it', [], ['macula-infra', 'a'], [], ''],
    ["never leaves the stack's own, nor joins it", ['macula-infra'], ['macula-infra'], ['macula-infra'], ''],
    ["never leaves the stack's own when nothing is wanted", [], ['macula-infra'], ['macula-infra'], ''],
    ['goes from none that is gone', [], ['macula-infra'], ['a'], ''],
  ] as const)('%s', (_name, wanted, isOn, joined, expected) => {
    const { connect, disconnect } = networkChange(wanted, isOn, new Set(joined));
    const words = [
      ...(connect.length > 0 ? ['connect', ...connect] : []),
      ...(disconnect.length > 0 ? ['disconnect', ...disconnect] : []),
    ];
    expect(words.join(' ')).toBe(expected);
  });
});

describe('containers that ask to be scraped', () => {
  it('are known by their Compose service, or else by their own name', () => {
    const found = observeTargets([
      container('b'),
      container('a-1', { labels: { 'com.docker.compose.service': 'a', 'io.macula.metrics-path': '/stats' } }),
    ]);
    expect(found).toEqual({
      groups: [
        {
          targets: ['10.0.0.9:8000'],
          labels: { service: 'a', container: 'a-1', __scheme__: 'http', __metrics_path__: '/stats' },
        },
        {
          targets: ['10.0.0.9:8000'],
          labels: { service: 'b', container: 'b', __scheme__: 'http', __metrics_path__: '/metrics' },
        },
      ],
      networks: ['shop'],
      notes: [],
    });
  });

  it('are written in the same order however they are seen', () => {
    const all = [container('c'), container('a'), container('b')];
    expect(observeTargets(all.toReversed())).toEqual(observeTargets(all));
  });

  it.each([
    ['do not ask for it', { 'io.macula.observe': 'yes' }, []],
    ['have no such label', { 'io.macula.observe': '' }, []],
    ['name a word for a port', { 'io.macula.metrics-port': 'http' }, ['port is "http", which is no port']],
    ['name port 0', { 'io.macula.metrics-port': '0' }, ['which is no port']],
    ['name a port too large', { 'io.macula.metrics-port': '65536' }, ['which is no port']],
    ['name a path that is none', { 'io.macula.metrics-path': 'metrics' }, ['path is "metrics", which is no path']],
    ['smuggle a query into the path', { 'io.macula.metrics-path': '/a?b="c"' }, ['which is no path']],
  ] as const)('are left alone when they %s', (_name, labels, notes) => {
    const found = observeTargets([container('a', { labels }), container('b')]);
    expect(found.groups.map(({ labels: own }) => own['container'])).toEqual(['b']);
    expect(found.notes).toHaveLength(notes.length);
    for (const [index, note] of notes.entries()) expect(found.notes[index]).toContain(note);
  });

  it('are reached through the machine when they use its network, which is said', () => {
    const { groups, networks, notes } = observeTargets([container('a', { networks: { host: '' } })]);
    expect(groups[0]?.targets).toEqual(['host.docker.internal:8000']);
    expect(networks).toEqual([]);
    expect(notes).toEqual([expect.stringContaining('has to listen on more than 127.0.0.1')]);
  });

  it('that only ship logs are no targets', () => {
    const onlyLogs = { id: 'x', name: 'x', labels: { 'io.macula.observe': 'true' }, networks: { shop: '10.0.0.9' } };
    expect(observeTargets([onlyLogs])).toEqual({ groups: [], networks: [], notes: [] });
  });

  it('may have an IPv6 address', () => {
    expect(observeTargets([container('a', { networks: { six: 'fd00::9' } })]).groups[0]?.targets).toEqual([
      '[fd00::9]:8000',
    ]);
  });
});

describe('targets of the user', () => {
  const settings = { ...defaultSettings, targets: [target('b', { scheme: 'https', path: '/m' }), target('a')] };

  it('are written by name, with all that Prometheus needs', () => {
    expect(userGroups(settings.targets)).toEqual([
      { targets: ['a:1'], labels: { service: 'a', __scheme__: 'http', __metrics_path__: '/metrics' } },
      { targets: ['b:1'], labels: { service: 'b', __scheme__: 'https', __metrics_path__: '/m' } },
    ]);
  });

  it('are in a file that is exchanged while Prometheus runs, and no reason for a new container', () => {
    const templates = {
      'prometheus/targets.json': '{{userTargets}}\n',
      'prometheus/observed.json': '{{observedTargets}}\n',
    };
    const stackOf = (more: Parameters<typeof desiredStack>[0]) => {
      const all = desiredStack({ ...more });
      return all.services.find(({ definition }) => definition.id === 'prometheus')?.container;
    };
    const names = Object.fromEntries(
      desiredStack().services.flatMap(({ definition }) => definition.files.map(({ template }) => [template, template])),
    );
    const own = { ...names, ...templates };
    const before = stackOf({ templates: own });
    const after = stackOf({ templates: own, settings, labelled: [container('x')] });
    const fileOf = (path: string): unknown =>
      JSON.parse(after?.liveFiles.find((file) => file.path === path)?.content ?? 'null');
    expect(fileOf('/etc/prometheus/targets/user.json')).toEqual(userGroups(settings.targets));
    expect(fileOf('/etc/prometheus/targets/observed.json')).toEqual(observeTargets([container('x')]).groups);
    expect(after?.configHash).toBe(before?.configHash);
  });

  it('cannot be at an address that is Prometheus itself', () => {
    const notes = userTargetNotes({
      targets: [
        ...['localhost:1', '127.0.0.1:2', '127.9.9.9:3', '0.0.0.0:4', '[::1]:5', '[::]:6'],
        ...['localhost.example:7', '128.0.0.1:8', '10.127.0.1:9'],
      ].map((address, index) => target(`t${index}`, { address })),
    });
    expect(notes.map((note) => /at (\S+): inside/.exec(note)?.[1])).toEqual([
      ...['localhost:1', '127.0.0.1:2', '127.9.9.9:3', '0.0.0.0:4', '[::1]:5', '[::]:6'],
    ]);
    expect(notes[0]).toContain('host.docker.internal:1');
  });

  it('are no text glued together: any name comes back as it was', () => {
    const groups = observeTargets([
      container('a"}],\n', { labels: { 'com.docker.compose.service': '{{baseDomain}}\\"' } }),
    ]).groups;
    expect(JSON.parse(targetsFile(groups))).toEqual(groups);
  });
});

describe('what Prometheus says of them', () => {
  const answer = {
    status: 'success',
    data: {
      activeTargets: [
        active('stack', 'http://loki:3100/metrics', 'up', { service: 'loki' }),
        active('targets', 'http://b:1/metrics', 'down', { service: 'b' }, { lastError: 'refused', file: 'user' }),
        active('targets', 'http://10.0.0.9:8000/metrics', 'unknown', { service: 'x' }, { file: 'observed' }),
        active('engine', 'http://host.docker.internal:9323/metrics', 'up', { service: 'engine' }),
        active('kind-a-kubelet', 'https://a-control-plane:10250/metrics', 'up', { service: 'kubelet', node: 'a-cp' }),
        active('mine', 'http://mine:1/metrics', 'up', {}),
      ],
    },
  };

  function active(
    pool: string,
    url: string,
    health: string,
    labels: Readonly<Record<string, string>>,
    { lastError = '', file = '' } = {},
  ) {
    return {
      scrapePool: pool,
      scrapeUrl: url,
      health,
      lastError,
      labels: { job: pool, ...labels },
      discoveredLabels: file === '' ? {} : { __meta_filepath: `/etc/prometheus/targets/${file}.json` },
    };
  }

  const wanted = { settings: { targets: [target('a'), target('b')] }, labelled: [container('x')] };
  const lineOf = ({ origin, name, health, problem, url }: TargetView) =>
    [origin, name, health, problem, url].filter((word) => word !== undefined).join(' ');

  it('is told by where each comes from; what it has not taken up yet is unknown', () => {
    expect(targetViews(wanted, answer).map(lineOf)).toEqual([
      'settings a unknown http://a:1/metrics',
      'settings b down refused http://b:1/metrics',
      'settings mine up http://mine:1/metrics',
      'label x unknown http://10.0.0.9:8000/metrics',
      'stack loki up http://loki:3100/metrics',
      'engine engine up http://host.docker.internal:9323/metrics',
      'kind a-cp kubelet up https://a-control-plane:10250/metrics',
    ]);
  });

  it.each([
    undefined,
    null,
    'no JSON',
    {},
    { data: { activeTargets: 'none' } },
    { data: { activeTargets: [null, 1] } },
  ])('can be anything: %j', (body) => {
    const views = targetViews(wanted, body);
    expect(views.filter(({ url }) => url !== '').map(lineOf)).toEqual([
      'settings a unknown http://a:1/metrics',
      'settings b unknown http://b:1/metrics',
      'label x unknown http://10.0.0.9:8000/metrics',
    ]);
  });
});

describe("the engine's own metrics", () => {
  const engine: EngineDescription = {
    product: 'Docker Engine',
    version: '1',
    apiVersion: '1.44',
    operatingSystem: 'Debian',
    rootless: false,
    endpoint: 'unix:///var/run/docker.sock',
    foundBy: '',
  };
  const down: TargetView = {
    name: 'engine',
    url: 'http://x:9323/metrics',
    origin: 'engine',
    health: 'down',
    problem: 'refused',
  };
  const noteOf = (more: Partial<EngineDescription> = {}, target: TargetView = down, isWanted = true) =>
    engineMetricsNote({ isWanted, engine: { ...engine, ...more }, targets: [target] });

  it('need a line in its configuration, and the note says which, where and why', () => {
    expect(noteOf()).toContain('"metrics-addr": "172.17.0.1:9323" into /etc/docker/daemon.json');
    expect(noteOf()).toContain('(refused)');
    expect(noteOf()).toContain('Not 0.0.0.0');
  });

  it.each([
    ['rootless', { rootless: true }, '~/.config/docker/daemon.json'],
    ['Docker Desktop', { operatingSystem: 'Docker Desktop' }, 'under Docker Engine'],
    ['Podman', { product: 'Podman Engine' }, 'Podman has none'],
  ] as const)('differ on %s', (_name, more, words) => {
    expect(noteOf(more)).toContain(words);
  });

  it('are asked where a container reaches the machine, and only when they are wanted', () => {
    const names = desiredStack().services.flatMap(({ definition }) => definition.files.map(({ template }) => template));
    const templates = Object.fromEntries(names.map((name) => [name, '{{#each engineMetrics}}{{gateway}}{{/each}}']));
    const contentOf = (engineMetrics: boolean) =>
      desiredStack({ templates, settings: { ...defaultSettings, engineMetrics } })
        .services.find(({ definition }) => definition.id === 'prometheus')
        ?.container.files.map(({ content }) => content);
    expect(contentOf(true)).toContain('host.docker.internal');
    expect(contentOf(false)).toEqual(contentOf(false)?.map(() => ''));
  });

  it('are no subject while they come, are not wanted or were not tried yet', () => {
    expect(noteOf({}, { ...down, health: 'up' })).toBeUndefined();
    expect(noteOf({}, { ...down, health: 'unknown' })).toBeUndefined();
    expect(noteOf({}, down, false)).toBeUndefined();
    expect(engineMetricsNote({ isWanted: true, engine, targets: [] })).toBeUndefined();
  });
});
