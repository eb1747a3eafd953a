import { expect, test } from 'vitest';
import type { DesiredContainer } from '../../../electron/core/desired.ts';
import { containerBody } from '../../../electron/engine/containers.ts';
import { toEvent } from '../../../electron/engine/events.ts';
import { localName } from '../../../electron/engine/images.ts';
import { jsonLines } from '../../../electron/engine/json-lines.ts';
import { networkBody } from '../../../electron/engine/networks.ts';

const container: DesiredContainer = {
  service: 'loki',
  name: 'macula-loki',
  image: { repository: 'grafana/loki', tag: '3.7.8', digest: 'sha256:00' },
  command: ['-config.file=/etc/loki/loki.yaml'],
  environment: { A: 'b=c', EMPTY: '' },
  address: '172.23.0.22',
  aliases: ['loki', 'logs'],
  publishes: [
    { hostAddress: '127.0.0.3', hostPort: 80, containerPort: 80 },
    { hostAddress: '127.0.0.1', hostPort: 8080, containerPort: 80 },
    { hostAddress: '127.0.0.5', hostPort: 3100, containerPort: 3100 },
  ],
  volumes: [{ name: 'loki-data', path: '/loki' }],
  files: [],
  liveFiles: [],
  stopSeconds: 30,
  configHash: '00',
};
const request = { container, imageId: 'sha256:11', networkName: 'macula-infra', labels: { a: 'b' } };

test('a container is asked for as a whole', () => {
  expect(containerBody(request, false)).toEqual({
    Image: 'sha256:11',
    Cmd: ['-config.file=/etc/loki/loki.yaml'],
    Env: ['A=b=c', 'EMPTY='],
    Labels: { a: 'b' },
    StopTimeout: 30,
    ExposedPorts: { '80/tcp': {}, '3100/tcp': {} },
    HostConfig: {
      NetworkMode: 'macula-infra',
      RestartPolicy: { Name: 'unless-stopped' },
      PortBindings: {
        '80/tcp': [
          { HostIp: '127.0.0.3', HostPort: '80' },
          { HostIp: '127.0.0.1', HostPort: '8080' },
        ],
        '3100/tcp': [{ HostIp: '127.0.0.5', HostPort: '3100' }],
      },
      Mounts: [{ Type: 'volume', Source: 'loki-data', Target: '/loki' }],
      LogConfig: { Type: 'json-file', Config: { 'max-size': '10m', 'max-file': '3' } },
    },
    NetworkingConfig: {
      EndpointsConfig: {
        'macula-infra': { IPAMConfig: { IPv4Address: '172.23.0.22' }, Aliases: ['loki', 'logs'] },
      },
    },
  });
});

test("an empty command leaves the image's own, and Podman keeps its log driver", () => {
  const body = containerBody({ ...request, container: { ...container, command: [] } }, true);
  expect(body).not.toHaveProperty('Cmd');
  expect(body.HostConfig).not.toHaveProperty('LogConfig');
});

test('the socket of the engine is mounted past SELinux, and further names of hosts are given', () => {
  const given = { engineSocket: '/run/engine.sock', extraHosts: ['host.docker.internal:host-gateway'] };
  const { HostConfig } = containerBody({ ...request, container: { ...container, ...given } }, false);
  expect(HostConfig).toMatchObject({
    Mounts: [
      { Type: 'volume', Source: 'loki-data', Target: '/loki' },
      { Type: 'bind', Source: '/run/engine.sock', Target: '/var/run/docker.sock', ReadOnly: true },
    ],
    SecurityOpt: ['label=disable'],
    ExtraHosts: ['host.docker.internal:host-gateway'],
  });
});

test('only the one network has the bridge name, and Podman gets no range', () => {
  const network = { name: 'macula-infra', subnet: '172.23.0.0/16', ipRange: '172.23.128.0/17', gateway: '172.23.0.1' };
  expect(networkBody(network, { a: 'b' }, false)).toEqual({
    Name: 'macula-infra',
    CheckDuplicate: true,
    Driver: 'bridge',
    IPAM: {
      Driver: 'default',
      Config: [{ Subnet: '172.23.0.0/16', Gateway: '172.23.0.1', IPRange: '172.23.128.0/17' }],
    },
    Options: { 'com.docker.network.bridge.name': 'macula0' },
    Labels: { a: 'b' },
  });
  expect(networkBody(network, {}, true).IPAM.Config).toEqual([{ Subnet: '172.23.0.0/16', Gateway: '172.23.0.1' }]);
  expect(networkBody({ ...network, name: 'other' }, {}, false).Options).toEqual({});
});

test.each([
  [
    {
      Type: 'container',
      Action: 'die',
      Actor: { ID: 'c1', Attributes: { exitCode: '1', 'io.macula.service': 'loki' } },
      time: 1,
      timeNano: 1_500_000_000,
    },
    { kind: 'container', action: 'die', id: 'c1', service: 'loki', at: 1500, exitCode: 1 },
  ],
  [
    { Type: 'container', Action: 'health_status: healthy', Actor: { ID: 'c1', Attributes: {} }, time: 2 },
    { kind: 'container', action: 'health_status', id: 'c1', at: 2000 },
  ],
  [
    // Nothing that is observed changes by it, and health checks make one every few seconds.
    { Type: 'container', Action: 'exec_create: /bin/sh -c true', Actor: { ID: 'c1' }, time: 2 },
    undefined,
  ],
  [
    { Type: 'container', Action: 'died', Actor: { ID: 'c1', Attributes: { 'io.macula.service': 'loki' } }, time: 2 },
    { kind: 'container', action: 'die', id: 'c1', service: 'loki', at: 2000 },
  ],
  [
    { Type: 'volume', Action: 'remove', Actor: { ID: '', Attributes: { name: 'loki-data' } }, time: 2 },
    { kind: 'volume', action: 'destroy', id: 'loki-data', at: 2000 },
  ],
  [{ Type: 'daemon', Action: 'reload', Actor: { ID: 'd' }, time: 2 }, undefined],
  [{}, undefined],
])('event %#', (message, expected) => {
  expect(toEvent(message)).toEqual(expected);
});

test.each([
  ['Loaded image: localhost/macula-tests/abc:1', { repository: 'macula-tests/abc', tag: '1' }],
  ['Loaded image: localhost/abc:1\n', { repository: 'abc', tag: '1' }],
  ['Loaded image: docker.io/library/nginx:1.29', undefined],
  ['Loaded image: nginx:1.29\n', undefined],
  [undefined, undefined],
])('loaded %s', (said, expected) => {
  expect(localName(said)).toEqual(expected);
});

test('JSON values come line by line, wherever the chunks end', async () => {
  const text = Buffer.from('{"a":"ä"}\r\n\n{"b":2}\n{"c":3}');
  for (let at = 0; at <= text.length; at += 1) {
    async function* chunks() {
      yield text.subarray(0, at);
      yield text.subarray(at);
    }
    const values: unknown[] = [];
    for await (const value of jsonLines(chunks())) values.push(value);
    expect(values, `cut at ${at}`).toEqual([{ a: 'ä' }, { b: 2 }, { c: 3 }]);
  }
});
