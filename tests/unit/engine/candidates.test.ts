import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { findCandidates, type Surroundings } from '../../../electron/engine/candidates.ts';
import { parseEndpoint } from '../../../electron/engine/endpoint.ts';

function surroundings(more: Partial<Surroundings> = {}, files: Readonly<Record<string, string>> = {}): Surroundings {
  return {
    environment: {},
    home: '/home/ada',
    platform: 'linux',
    userId: 1000,
    readText: (path) => files[path],
    ...more,
  };
}

function printed(setting: string, given: Surroundings): string {
  const { candidates, explicit } = findCandidates(setting, given);
  const lines = candidates.map((one) => {
    const certificates = one.certificates === undefined ? '' : ` with ${one.certificates}`;
    return `${one.endpoint} <- ${one.foundBy}${certificates}${one.problem === undefined ? '' : ` (${one.problem})`}`;
  });
  return [explicit ? 'only' : 'first of', ...lines].join('\n');
}

const work = createHash('sha256').update('work').digest('hex');
const contexts = {
  '/home/ada/.docker/config.json': '{"currentContext": "work", "auths": {}}',
  [`/home/ada/.docker/contexts/meta/${work}/meta.json`]:
    '{"Name": "work", "Metadata": {}, "Endpoints": {"docker": {"Host": "unix:///srv/work.sock", "SkipTLSVerify": false}}}',
};

describe('on Linux', () => {
  const usual = `unix:///var/run/docker.sock <- Docker's standard socket
unix:///run/user/1000/docker.sock <- the socket of rootless Docker
unix:///home/ada/.docker/run/docker.sock <- the socket of Docker Desktop
unix:///home/ada/.docker/desktop/docker.sock <- the socket of Docker Desktop
unix:///home/ada/.colima/default/docker.sock <- the socket of Colima
unix:///home/ada/.config/colima/default/docker.sock <- the socket of Colima
unix:///run/user/1000/podman/podman.sock <- the socket of rootless Podman
unix:///run/podman/podman.sock <- the socket of Podman`;

  test('everything that is usual is tried', () => {
    expect(printed('auto', surroundings())).toBe(`first of\n${usual}`);
  });

  test('the current context goes first', () => {
    expect(printed('auto', surroundings({}, contexts))).toBe(
      `first of\nunix:///srv/work.sock <- the current Docker context "work"\n${usual}`,
    );
  });

  test('a context that is not there, or a broken file, is passed over', () => {
    const onlyName = { '/home/ada/.docker/config.json': '{"currentContext": "gone"}' };
    expect(printed('auto', surroundings({}, onlyName))).toBe(`first of\n${usual}`);
    expect(printed('auto', surroundings({}, { '/home/ada/.docker/config.json': '{not json' }))).toBe(
      `first of\n${usual}`,
    );
    expect(printed('auto', surroundings({}, { '/home/ada/.docker/config.json': '[]' }))).toBe(`first of\n${usual}`);
  });

  test('the runtime folder is where the session says', () => {
    const environment = { XDG_RUNTIME_DIR: '/tmp/session' };
    const text = printed('auto', surroundings({ environment }));
    expect(text).toContain('unix:///tmp/session/docker.sock <- the socket of rootless Docker');
    expect(text).toContain('unix:///tmp/session/podman/podman.sock <- the socket of rootless Podman');
    expect(text).not.toContain('/run/user/1000');
  });

  test('root has no rootless engine of its own', () => {
    expect(printed('auto', surroundings({ userId: 0 }))).not.toContain('rootless');
    expect(printed('auto', surroundings({ userId: -1 }))).not.toContain('rootless');
  });

  test('Colima may have another home and another profile', () => {
    const environment = { COLIMA_HOME: '/data/colima', COLIMA_PROFILE: 'dev' };
    expect(printed('auto', surroundings({ environment }))).toContain(
      'unix:///data/colima/dev/docker.sock <- the socket of Colima',
    );
  });
});

test('on macOS the virtual machines of the Mac are tried', () => {
  const environment = { TMPDIR: '/var/folders/x/T/' };
  expect(printed('auto', surroundings({ platform: 'darwin', home: '/Users/ada', environment }))).toBe(`first of
unix:///var/run/docker.sock <- Docker's standard socket
unix:///Users/ada/.docker/run/docker.sock <- the socket of Docker Desktop
unix:///Users/ada/.docker/desktop/docker.sock <- the socket of Docker Desktop
unix:///Users/ada/.colima/default/docker.sock <- the socket of Colima
unix:///Users/ada/.config/colima/default/docker.sock <- the socket of Colima
unix:///Users/ada/.orbstack/run/docker.sock <- the socket of OrbStack
unix:///var/folders/x/T/podman/podman-machine-default-api.sock <- the socket of Podman's machine
unix:///Users/ada/.local/share/containers/podman/machine/podman.sock <- the socket of Podman's machine
unix:///Users/ada/.local/share/containers/podman/machine/qemu/podman.sock <- the socket of Podman's machine`);
});

describe('what is asked for by name stands alone', () => {
  const certificates = { DOCKER_CERT_PATH: '/certs' };

  test.each([
    ['tcp://10.0.0.5:2375', {}, 'only\ntcp://10.0.0.5:2375 <- the settings'],
    ['auto', { DOCKER_HOST: 'unix:///tmp/x.sock' }, 'only\nunix:///tmp/x.sock <- DOCKER_HOST'],
    ['auto', { DOCKER_HOST: 'tcp://h:2376', ...certificates }, 'only\ntcp://h:2376 <- DOCKER_HOST with /certs'],
    // As the docker command has it.
    ['auto', { DOCKER_HOST: 'unix:///tmp/x.sock', DOCKER_CONTEXT: 'work' }, 'only\nunix:///tmp/x.sock <- DOCKER_HOST'],
    ['unix:///tmp/y.sock', { DOCKER_HOST: 'unix:///tmp/x.sock' }, 'only\nunix:///tmp/y.sock <- the settings'],
    ['auto', { DOCKER_CONTEXT: 'work' }, 'only\nunix:///srv/work.sock <- DOCKER_CONTEXT, the Docker context "work"'],
    [
      'auto',
      { DOCKER_CONTEXT: 'default' },
      'only\nunix:///var/run/docker.sock <- DOCKER_CONTEXT, the Docker context "default"',
    ],
    [
      'auto',
      { DOCKER_CONTEXT: 'gone' },
      'only\ncontext gone <- DOCKER_CONTEXT, the Docker context "gone" (there is no Docker context of this name)',
    ],
  ])('%s %o', (setting, environment, expected) => {
    expect(printed(setting, surroundings({ environment }, contexts))).toBe(expected);
  });

  test('an empty variable is none', () => {
    expect(
      findCandidates('auto', surroundings({ environment: { DOCKER_HOST: '', DOCKER_CONTEXT: '' } })).explicit,
    ).toBe(false);
  });
});

test('a context brings its certificates', () => {
  const files = {
    '/cfg/config.json': '{"currentContext": "work"}',
    [`/cfg/contexts/meta/${work}/meta.json`]: '{"Endpoints": {"docker": {"Host": "tcp://h:2376"}}}',
    [`/cfg/contexts/tls/${work}/docker/ca.pem`]: 'ca',
  };
  const environment = { DOCKER_CONFIG: '/cfg' };
  expect(printed('auto', surroundings({ environment }, files)).split('\n')[1]).toBe(
    `tcp://h:2376 <- the current Docker context "work" with /cfg/contexts/tls/${work}/docker`,
  );
});

test.each([
  ['unix:///run/x.sock', false, { kind: 'socket', path: '/run/x.sock' }],
  ['npipe:////./pipe/docker_engine', false, { kind: 'socket', path: '//./pipe/docker_engine' }],
  ['tcp://10.0.0.5:2375', false, { kind: 'tcp', host: '10.0.0.5', port: 2375, tls: false }],
  ['tcp://10.0.0.5', false, { kind: 'tcp', host: '10.0.0.5', port: 2375, tls: false }],
  ['tcp://10.0.0.5', true, { kind: 'tcp', host: '10.0.0.5', port: 2376, tls: true }],
  ['tcp://10.0.0.5:2376', false, { kind: 'tcp', host: '10.0.0.5', port: 2376, tls: true }],
  ['10.0.0.5:2375', false, { kind: 'tcp', host: '10.0.0.5', port: 2375, tls: false }],
  ['http://h:80', true, { kind: 'tcp', host: 'h', port: 2375, tls: false }],
  ['https://h:443', false, { kind: 'tcp', host: 'h', port: 443, tls: true }],
  ['tcp://[::1]:2375', false, { kind: 'tcp', host: '::1', port: 2375, tls: false }],
])('%s (certificates: %s)', (endpoint, hasCertificates, address) => {
  expect(parseEndpoint(endpoint, hasCertificates)).toEqual({ kind: 'address', address });
});

test.each([
  ['unix://run/x.sock', 'slash'],
  ['ssh://ada@host', 'ssh -L'],
  ['fd://3', 'fd://'],
  ['tcp://', 'not a valid address'],
])('%s is refused', (endpoint, words) => {
  expect(parseEndpoint(endpoint, false)).toMatchObject({ kind: 'refused', reason: expect.stringContaining(words) });
});
