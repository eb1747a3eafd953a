import { describe, expect, test } from 'vitest';
import { fullRepository } from '../../../electron/core/images/image-names.ts';
import {
  type ListedContainer,
  type ListedImage,
  toContainer,
  toDescription,
  toImages,
  toListeners,
  toNetwork,
  toPing,
} from '../../../electron/engine/mapping.ts';

const found = { endpoint: 'unix:///var/run/docker.sock', foundBy: "Docker's standard socket", named: false };
const id = 'a'.repeat(64);

describe('the description of an engine', () => {
  test.each([
    [
      { apiVersion: '1.41', server: 'Docker/20.10.24+dfsg1 (linux)' },
      {
        OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
        SecurityOptions: ['name=seccomp,profile=default'],
        ServerVersion: '20.10.24+dfsg1',
      },
      { product: 'Docker Engine', version: '20.10.24+dfsg1', rootless: false },
    ],
    [
      { apiVersion: '1.51', server: 'Docker/28.5.1 (linux)' },
      {
        OperatingSystem: 'Docker Desktop',
        SecurityOptions: ['name=seccomp,profile=unconfined', 'name=cgroupns'],
        ServerVersion: '28.5.1',
      },
      { product: 'Docker Desktop', version: '28.5.1', rootless: false },
    ],
    [
      { apiVersion: '1.51', server: 'Docker/28.5.1 (linux)' },
      {
        OperatingSystem: 'Ubuntu 24.04 LTS',
        SecurityOptions: ['name=rootless', 'name=cgroupns'],
        ServerVersion: '28.5.1',
      },
      { product: 'Docker Engine', version: '28.5.1', rootless: true },
    ],
    [
      { apiVersion: '1.41', server: 'Libpod/5.4.2 (linux)' },
      { OperatingSystem: 'fedora', SecurityOptions: ['name=rootless'], ServerVersion: '5.4.2' },
      { product: 'Podman Engine', version: '5.4.2', rootless: true },
    ],
    // A proxy before the engine keeps /info to itself.
    [
      { apiVersion: '1.44', server: 'Docker/25.0.3 (linux)' },
      {},
      { product: 'Docker Engine', version: '25.0.3', rootless: false },
    ],
  ])('%o', (ping, info, expected) => {
    expect(toDescription(ping, info, found)).toMatchObject({
      ...expected,
      apiVersion: ping.apiVersion,
      endpoint: found.endpoint,
    });
  });

  test('an answer without an API version is no engine', () => {
    expect(toPing({ server: 'nginx/1.29.1' })).toBeUndefined();
    expect(toPing({ 'api-version': '1.44', server: 'Docker/25.0.3 (linux)' })).toEqual({
      apiVersion: '1.44',
      server: 'Docker/25.0.3 (linux)',
    });
  });
});

describe('a container', () => {
  const inspected = {
    Id: id,
    Name: '/web',
    Image: `sha256:${id}`,
    RestartCount: 2,
    Config: { Labels: { a: 'b' } },
    NetworkSettings: { Networks: { 'macula-infra': {}, kind: {} } },
  };
  const never = '0001-01-01T00:00:00Z';
  const common = {
    id,
    name: 'web',
    labels: { a: 'b' },
    imageId: `sha256:${id}`,
    restartCount: 2,
    outOfMemory: false,
    networks: ['macula-infra', 'kind'],
  };

  test.each([
    [
      'created',
      { Status: 'created', ExitCode: 0, Error: '', StartedAt: never, FinishedAt: never },
      { phase: 'created' },
    ],
    [
      'never started, for a reason',
      { Status: 'created', ExitCode: 128, Error: 'no such file', StartedAt: never, FinishedAt: never },
      { phase: 'created', error: 'no such file' },
    ],
    [
      'running',
      { Status: 'running', ExitCode: 0, Error: '', StartedAt: '2026-10-05T12:00:00.5Z', FinishedAt: never },
      { phase: 'running', startedAt: Date.UTC(2026, 9, 5, 12, 0, 0, 500) },
    ],
    [
      'between two starts',
      { Status: 'restarting', ExitCode: 1, StartedAt: '2026-10-05T12:00:00Z', FinishedAt: '2026-10-05T12:00:01Z' },
      {
        phase: 'restarting',
        exitCode: 1,
        startedAt: Date.UTC(2026, 9, 5, 12),
        finishedAt: Date.UTC(2026, 9, 5, 12, 0, 1),
      },
    ],
    [
      'killed for its memory',
      {
        Status: 'exited',
        ExitCode: 137,
        OOMKilled: true,
        StartedAt: '2026-10-05T12:00:00Z',
        FinishedAt: '2026-10-05T12:00:01Z',
      },
      {
        phase: 'exited',
        exitCode: 137,
        outOfMemory: true,
        startedAt: Date.UTC(2026, 9, 5, 12),
        finishedAt: Date.UTC(2026, 9, 5, 12, 0, 1),
      },
    ],
    ['stopped, as Podman says', { Status: 'stopped', ExitCode: 0 }, { phase: 'exited', exitCode: 0 }],
    ['configured, as Podman says', { Status: 'configured' }, { phase: 'created' }],
  ])('%s', (_name, State, expected) => {
    expect(toContainer({ ...inspected, State })).toEqual({ ...common, ...expected });
  });

  test('without labels and with a bare image id', () => {
    const bare = toContainer({
      Id: id,
      Name: 'web',
      Image: id,
      Config: { Labels: null },
      State: { Status: 'running' },
    });
    expect(bare).toMatchObject({ name: 'web', labels: {}, imageId: `sha256:${id}`, restartCount: 0 });
  });
});

describe('listeners', () => {
  const container: ListedContainer = { Id: id, Names: ['/web'], State: 'running' };
  const owner = 'container "web"';

  test.each<[string, ListedContainer, unknown]>([
    [
      'published on an address and on all of them',
      {
        ...container,
        Ports: [
          { IP: '127.0.0.3', PublicPort: 80, Type: 'tcp' },
          { IP: '0.0.0.0', PublicPort: 8080, Type: 'tcp' },
          { IP: '::', PublicPort: 8080, Type: 'tcp' },
        ],
      },
      [
        { address: '127.0.0.3', port: 80, owner, containerId: id },
        { address: '0.0.0.0', port: 8080, owner, containerId: id },
        { address: '::', port: 8080, owner, containerId: id },
      ],
    ],
    [
      'only exposed, or not TCP',
      { ...container, Ports: [{ Type: 'tcp' }, { IP: '0.0.0.0', PublicPort: 53, Type: 'udp' }] },
      [],
    ],
    [
      'no address is every address',
      { ...container, Ports: [{ IP: '', PublicPort: 80 }] },
      [{ address: '0.0.0.0', port: 80, owner, containerId: id }],
    ],
    [
      'of a container that is not running',
      { ...container, State: 'created', Ports: [{ IP: '127.0.0.3', PublicPort: 80 }] },
      [],
    ],
    [
      'of a container without a name',
      { Id: id, Names: null, State: 'running', Ports: [{ PublicPort: 80 }] },
      [{ address: '0.0.0.0', port: 80, owner: `container "${id.slice(0, 12)}"`, containerId: id }],
    ],
    ['none', { ...container, Ports: null }, []],
  ])('%s', (_name, listed, expected) => {
    expect(toListeners(listed)).toEqual(expected);
  });
});

test('a network without an address plan has no subnets', () => {
  expect(toNetwork({ Id: 'x', Name: 'host', Labels: null, IPAM: { Config: null } })).toEqual({
    id: 'x',
    name: 'host',
    labels: {},
    subnets: [],
  });
  expect(toNetwork({ Id: 'x', Name: 'bridge', IPAM: { Config: [{ Subnet: '172.17.0.0/16' }, {}] } }).subnets).toEqual([
    '172.17.0.0/16',
  ]);
});

test.each([
  ['nginx', 'docker.io/library/nginx'],
  ['library/nginx', 'docker.io/library/nginx'],
  ['grafana/loki', 'docker.io/grafana/loki'],
  ['docker.io/grafana/loki', 'docker.io/grafana/loki'],
  ['index.docker.io/grafana/loki', 'docker.io/grafana/loki'],
  ['quay.io/minio/minio', 'quay.io/minio/minio'],
  ['localhost/thing', 'localhost/thing'],
  ['127.0.0.1:5000/thing', '127.0.0.1:5000/thing'],
  ['registry:5000/thing', 'registry:5000/thing'],
])('the full name of %s is %s', (repository, expected) => {
  expect(fullRepository(repository)).toBe(expected);
});

describe('the image of a pin', () => {
  const digest = `sha256:${'1'.repeat(64)}`;
  const pin = { repository: 'nginx', tag: '1.29', digest };
  const image = { Id: `sha256:${id}`, Size: 10, Labels: null, RepoTags: null, RepoDigests: null };
  const other = `sha256:${'2'.repeat(64)}`;

  test.each([
    ['by its digest, at Docker', { ...image, RepoDigests: [`nginx@${digest}`] }, 'pinned'],
    ['by its digest, at Podman', { ...image, RepoDigests: [`docker.io/library/nginx@${digest}`] }, 'pinned'],
    ['by its tag only', { ...image, RepoTags: ['nginx:1.29'], RepoDigests: [`nginx@${other}`] }, 'unknown'],
    ['by its tag, at Podman', { ...image, RepoTags: ['docker.io/library/nginx:1.29'] }, 'unknown'],
    [
      'a substitute',
      { ...image, RepoTags: ['nginx:1.29'], Labels: { 'io.macula.substitute': 'packaged' } },
      'packaged',
    ],
    [
      'a substitute of a kind that nobody knows',
      { ...image, RepoTags: ['nginx:1.29'], Labels: { 'io.macula.substitute': 'x' } },
      'unknown',
    ],
  ])('%s', (_name, listed, origin) => {
    expect(toImages([listed], { ingress: pin })).toEqual({ ingress: { id: `sha256:${id}`, origin, sizeBytes: 10 } });
  });

  test('the pinned one goes before one that only has the tag', () => {
    const named = { ...image, Id: `sha256:${'b'.repeat(64)}`, RepoTags: ['nginx:1.29'] };
    const pinned = { ...image, RepoDigests: [`nginx@${digest}`] };
    expect(toImages([named, pinned], { ingress: pin })['ingress']).toMatchObject({ id: image.Id, origin: 'pinned' });
  });

  test('an imported one counts as pinned: the better verified first, of this service and pin only', () => {
    const tag = digest.replace('sha256:', '').slice(0, 32);
    const verified = { ...image, Id: 'sha256:1', RepoTags: [`macula.local/imported/ingress:${tag}`] };
    const recorded = { ...image, Id: 'sha256:2', RepoTags: [`macula.local/recorded/ingress:${tag}`] };
    const named = { ...image, Id: 'sha256:3', RepoTags: ['nginx:1.29'] };
    const found = (images: readonly ListedImage[]) => toImages(images, { ingress: pin })['ingress'];
    expect(found([named, recorded, verified])).toMatchObject({ id: 'sha256:1', imported: 'pinned-digest' });
    expect(found([named, recorded])).toMatchObject({ id: 'sha256:2', origin: 'pinned', imported: 'bundle-record' });
    const ofOlderPin = { ...verified, RepoTags: [`macula.local/imported/ingress:${'0'.repeat(32)}`] };
    const ofOther = { ...verified, RepoTags: [`macula.local/imported/loki:${tag}`] };
    expect(found([ofOlderPin, ofOther, named])).toMatchObject({ id: 'sha256:3', origin: 'unknown' });
  });

  test.each([
    ['another tag', ['nginx:1.28']],
    ['another repository', ['somebody/nginx:1.29']],
    ['the own registry of Podman', ['localhost/nginx:1.29']],
    ['none', ['<none>:<none>']],
  ])('is not there: %s', (_name, RepoTags) => {
    expect(toImages([{ ...image, RepoTags }], { ingress: pin })).toEqual({});
  });

  test('a registry with a port keeps it', () => {
    const local = { repository: '127.0.0.1:5000/thing', tag: '1', digest };
    expect(toImages([{ ...image, RepoTags: ['127.0.0.1:5000/thing:1'] }], { thing: local })['thing']?.origin).toBe(
      'unknown',
    );
  });
});
