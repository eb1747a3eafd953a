import { describe, expect, test } from 'vitest';
import { FailureError } from '../../../electron/core/failure.ts';
import { type Attempted, isEngineLost, toFailure, translate, wordsOf } from '../../../electron/engine/failures.ts';

// What engines answered, word by word.
function answered(statusCode: number, message: string): Error {
  return Object.assign(new Error(`(HTTP code ${statusCode}) server error - ${message} `), {
    statusCode,
    json: { message },
  });
}

function broken(code: string, message = code): Error {
  return Object.assign(new Error(message), { code });
}

const start: Attempted = { operation: 'start a container', service: 'loki' };
const image = 'grafana/loki:3.7.8';
const pull: Attempted = { operation: `pull ${image}`, image };

describe('ports', () => {
  test.each([
    [
      'driver failed programming external connectivity on endpoint macula-loki (0f9c): Bind for 127.0.0.5:3100 failed: port is already allocated',
      '127.0.0.5',
      3100,
    ],
    [
      'driver failed programming external connectivity on endpoint macula-loki (0f9c): Error starting userland proxy: listen tcp4 127.0.0.5:3100: bind: address already in use',
      '127.0.0.5',
      3100,
    ],
    [
      'failed to set up container networking: driver failed programming external connectivity on endpoint macula-loki (0f9c): failed to bind host port for 127.0.0.5:3100:172.23.0.22:3100/tcp: address already in use',
      '127.0.0.5',
      3100,
    ],
    ['cannot listen on the TCP port: listen tcp4 127.0.0.5:3100: bind: address already in use', '127.0.0.5', 3100],
    ['rootlessport listen tcp 0.0.0.0:8080: bind: address already in use', '0.0.0.0', 8080],
    ['listen tcp6 [::1]:80: bind: address already in use', '::1', 80],
  ])('%s', (message, address, port) => {
    expect(toFailure(answered(500, message), start)).toEqual({
      code: 'port-taken',
      service: 'loki',
      address,
      port,
      owner: 'another program',
    });
  });

  test.each([
    "driver failed programming external connectivity on endpoint macula-nginx-ingress (0f9c): Error starting userland proxy: error while calling PortManager.AddPort(): cannot expose privileged port 80, you can add 'net.ipv4.ip_unprivileged_port_start=80' to /etc/sysctl.conf",
    "rootlessport cannot expose privileged port 80, you can add 'net.ipv4.ip_unprivileged_port_start=80' to /etc/sysctl.conf (currently 1024), or choose a larger port number (>= 1024): listen tcp 127.0.0.3:80: bind: permission denied",
    'Error starting userland proxy: listen tcp4 127.0.0.3:80: bind: permission denied',
  ])('%s', (message) => {
    expect(toFailure(answered(500, message), start)).toEqual({
      code: 'port-not-permitted',
      service: 'loki',
      detail: message,
    });
  });
});

describe("the engine's own rules", () => {
  test.each([
    'driver failed programming external connectivity on endpoint macula-loki (0f9c):  (iptables failed: iptables --wait -t nat -A DOCKER -p tcp -d 127.0.0.5 --dport 3100 -j DNAT: iptables: No chain/target/match by that name.\n (exit status 1))',
    "Unable to enable DIRECT ACCESS FILTERING - DROP rule:  (iptables failed: iptables --wait -t raw -A DOCKER: iptables v1.8.11 (nf_tables): Chain 'DOCKER' does not exist (exit status 2))",
  ])('that are gone: %s', (message) => {
    expect(toFailure(answered(500, message), start)).toEqual({ code: 'engine-rules-gone', detail: message });
  });
});

describe('space and subnets', () => {
  test.each([
    'write /var/lib/docker/tmp/GetImageBlob123: no space left on device',
    'Error processing tar file(exit status 1): write /usr/bin/loki: no space left on device',
  ])('%s', (message) => {
    expect(toFailure(answered(500, message), pull)).toEqual({ code: 'disk-full', detail: message });
    expect(toFailure(new Error(message), pull)).toEqual({ code: 'disk-full', detail: message });
  });

  test.each([
    [403, 'Pool overlaps with other one on this address space'],
    [403, 'invalid pool request: Pool overlaps with other one on this address space'],
    [500, 'subnet 172.23.0.0/16 is already used on the host or by another config'],
  ])('%i %s', (status, message) => {
    const attempted = { operation: 'create', networkName: 'macula-infra', subnet: '172.23.0.0/16' };
    expect(toFailure(answered(status, message), attempted)).toEqual({
      code: 'no-free-subnet',
      tried: ['172.23.0.0/16'],
    });
  });
});

describe('pulls', () => {
  test.each([
    [
      'image-denied',
      "pull access denied for grafana/loki, repository does not exist or may require 'docker login': denied: requested access to the resource is denied",
    ],
    ['image-denied', 'unauthorized'],
    [
      'image-denied',
      'Head "https://registry-1.docker.io/v2/grafana/loki/manifests/3.7.8": unauthorized: incorrect username or password',
    ],
    [
      'image-denied',
      'toomanyrequests: You have reached your pull rate limit. You may increase the limit by authenticating and upgrading: https://www.docker.com/increase-rate-limit',
    ],
    ['image-denied', 'error from registry: denied'],
    ['image-not-found', 'manifest for grafana/loki:3.7.8 not found: manifest unknown: manifest unknown'],
    ['image-not-found', 'manifest unknown'],
    ['image-not-found', 'no matching manifest for linux/s390x in the manifest list entries'],
    [
      'image-not-found',
      'initializing source docker://127.0.0.1:5000/a/b@sha256:00: reading manifest sha256:00 in 127.0.0.1:5000/a/b: name unknown: repository name not known to registry',
    ],
    [
      'registry-unreachable',
      'Get "https://registry-1.docker.io/v2/": dial tcp: lookup registry-1.docker.io on 192.0.2.53:53: no such host',
    ],
    [
      'registry-unreachable',
      'Get "https://registry-1.docker.io/v2/": net/http: request canceled while waiting for connection (Client.Timeout exceeded while awaiting headers)',
    ],
    [
      'registry-unreachable',
      'Get "https://registry-1.docker.io/v2/": dial tcp 192.0.2.1:443: connect: connection refused',
    ],
    [
      'registry-unreachable',
      'Get "https://registry-1.docker.io/v2/": proxyconnect tcp: dial tcp 127.0.0.1:3128: connect: connection refused',
    ],
    [
      'registry-unreachable',
      'Get "https://registry-1.docker.io/v2/": tls: failed to verify certificate: x509: certificate signed by unknown authority',
    ],
    ['registry-unreachable', 'Get "https://registry-1.docker.io/v2/": net/http: TLS handshake timeout'],
    ['registry-unreachable', 'received unexpected HTTP status: 503 Service Unavailable'],
  ])('%s: %s', (code, message) => {
    expect(toFailure(new Error(message), pull)).toEqual({ code, image, detail: message });
  });

  test('anything else is quoted', () => {
    expect(toFailure(new Error('a layer is of an unknown kind'), pull)).toEqual({
      code: 'operation-failed',
      operation: `pull ${image}`,
      detail: 'a layer is of an unknown kind',
    });
  });
});

describe('names', () => {
  test.each([
    [409, 'network with name macula-infra already exists'],
    [500, 'network name macula-infra already used: network already exists'],
  ])('%i %s', (status, message) => {
    const attempted = { operation: 'create', networkName: 'macula-infra', subnet: '172.23.0.0/16' };
    expect(toFailure(answered(status, message), attempted)).toEqual({ code: 'foreign-network', name: 'macula-infra' });
  });

  test('another conflict is not about the name', () => {
    const message = 'remove loki-data: volume is in use - [0f9c]';
    expect(
      toFailure(answered(409, message), { operation: 'remove the volume loki-data', volumeName: 'loki-data' }),
    ).toEqual({
      code: 'operation-failed',
      operation: 'remove the volume loki-data',
      detail: message,
    });
  });
});

describe('the engine', () => {
  test.each(['ECONNREFUSED', 'ECONNRESET', 'ENOENT', 'EPIPE'])('is lost with %s', (code) => {
    expect(isEngineLost(broken(code))).toBe(true);
    expect(toFailure(broken(code, `connect ${code}`), start)).toEqual({
      code: 'engine-lost',
      detail: `connect ${code}`,
    });
  });

  test('is there when it answers, whatever it says', () => {
    expect(isEngineLost(answered(500, 'dial tcp: connection refused'))).toBe(false);
  });
});

test('what is said is quoted without what the library puts around it', () => {
  expect(wordsOf(answered(404, 'No such container: x'))).toBe('No such container: x');
  expect(wordsOf(new Error('(HTTP code 500) unexpected - null '))).toBe('null');
  expect(wordsOf('a word')).toBe('a word');
});

test('a failure and a cancellation pass as they are, and the cause goes along with the rest', () => {
  const failure = new FailureError({ code: 'engine-lost', detail: '' });
  expect(translate(failure, start)).toBe(failure);
  const cancelled = new DOMException('The operation was aborted', 'AbortError');
  expect(translate(cancelled, start)).toBe(cancelled);
  const cause = answered(500, 'boom');
  expect((translate(cause, start) as Error).cause).toBe(cause);
});
