import { expect, test } from 'vitest';
import { forgottenContainers, programBody } from '../../../electron/engine/programs.ts';
import { toVolumeSizes } from '../../../electron/engine/volume-sizes.ts';

const run = {
  service: 'loki',
  imageId: 'sha256:11',
  entrypoint: ['/usr/bin/loki'],
  command: ['-verify-config'],
  files: [],
  seconds: 30,
};

test('a program has no network, no restarts and no label of the stack', () => {
  expect(programBody(run, false)).toEqual({
    Image: 'sha256:11',
    Entrypoint: ['/usr/bin/loki'],
    Cmd: ['-verify-config'],
    Labels: { 'io.macula.check': 'loki' },
    HostConfig: {
      NetworkMode: 'none',
      RestartPolicy: { Name: 'no' },
      LogConfig: { Type: 'json-file', Config: { 'max-size': '4m', 'max-file': '2' } },
    },
  });
  expect(programBody(run, true).HostConfig.LogConfig).toEqual({ Type: 'k8s-file', Config: {} });
  expect(programBody({ ...run, entrypoint: [] }, false)).not.toHaveProperty('Entrypoint');
});

test('volumes are mounted as they are asked for, and named on the container', () => {
  const volumes = [
    { name: 'old', path: '/from', isReadOnly: true },
    { name: 'loki-data', path: '/to' },
  ] as const;
  const body = programBody({ ...run, volumes, asRoot: true }, false);
  expect(body).toMatchObject({ User: '0:0', Labels: { 'io.macula.check-volumes': 'old loki-data' } });
  expect(body.HostConfig).toMatchObject({
    NetworkMode: 'none',
    Mounts: [
      { Type: 'volume', Source: 'old', Target: '/from', ReadOnly: true },
      { Type: 'volume', Source: 'loki-data', Target: '/to', ReadOnly: false },
    ],
  });
});

test('what an earlier run left behind is known by its label and its age', () => {
  const now = Date.UTC(2026, 10, 24);
  const minutes = (count: number) => now / 1000 - count * 60;
  const label = { 'io.macula.check': 'loki' };
  const listed = [
    { Id: 'old', Labels: label, Created: minutes(11) },
    { Id: 'young', Labels: label, Created: minutes(9) },
    {
      Id: 'copies still',
      Labels: { ...label, 'io.macula.check-volumes': 'a' },
      Created: minutes(11),
      State: 'running',
    },
    { Id: 'has copied', Labels: { ...label, 'io.macula.check-volumes': 'a' }, Created: minutes(11), State: 'exited' },
    { Id: 'of others', Labels: {}, Created: minutes(60) },
    { Id: 'without labels', Labels: null, Created: minutes(60) },
    { Id: 'of no age', Labels: label },
  ];
  expect(forgottenContainers(listed, now)).toEqual(['old', 'has copied']);
});

test('sizes are those of the volumes that are asked for and can be measured', () => {
  const found = {
    Volumes: [
      { Name: 'loki-data', UsageData: { Size: 5 } },
      { Name: 'empty', UsageData: { Size: 0 } },
      { Name: 'elsewhere', UsageData: { Size: -1 } },
      { Name: 'not-counted', UsageData: null },
      { Name: 'of-others', UsageData: { Size: 7 } },
    ],
  };
  const names = ['loki-data', 'empty', 'elsewhere', 'not-counted', 'absent'];
  expect(toVolumeSizes(found, names)).toEqual({ 'loki-data': 5, empty: 0 });
  expect(toVolumeSizes({ Volumes: null }, names)).toEqual({});
});
