import { expect, test } from 'vitest';
import {
  type Layers,
  type PullMessage,
  toFinalProgress,
  toProgress,
  withMessage,
} from '../../../electron/engine/pull-progress.ts';

function after(messages: readonly PullMessage[], isPodman = false): Layers {
  return messages.reduce<Layers>((layers, message) => withMessage(layers, message, isPodman), new Map());
}

const beginning: readonly PullMessage[] = [
  { status: 'Pulling from grafana/loki', id: '3.7.8' },
  { status: 'Pulling fs layer', progressDetail: {}, id: 'aaa' },
  { status: 'Pulling fs layer', progressDetail: {}, id: 'bbb' },
  { status: 'Already exists', progressDetail: {}, id: 'ccc' },
  { status: 'Waiting', progressDetail: {}, id: 'bbb' },
];

const downloading: readonly PullMessage[] = [
  ...beginning,
  { status: 'Downloading', progressDetail: { current: 100, total: 1000 }, id: 'aaa' },
  { status: 'Downloading', progressDetail: { current: 50, total: 200 }, id: 'bbb' },
];

const done: readonly PullMessage[] = [
  ...downloading,
  { status: 'Verifying Checksum', progressDetail: {}, id: 'aaa' },
  { status: 'Download complete', progressDetail: {}, id: 'aaa' },
  { status: 'Download complete', progressDetail: {}, id: 'bbb' },
  { status: 'Extracting', progressDetail: { current: 10, total: 1000 }, id: 'aaa' },
  { status: 'Pull complete', progressDetail: {}, id: 'aaa' },
];

test.each<[string, readonly PullMessage[], unknown]>([
  ['nothing yet', [], { layersDone: 0, layersTotal: 0, bytesDone: 0, bytesTotal: 0 }],
  ['layers without sizes', beginning, { layersDone: 1, layersTotal: 3, bytesDone: 0, bytesTotal: 0 }],
  ['two downloads', downloading, { layersDone: 1, layersTotal: 3, bytesDone: 150, bytesTotal: 1200 }],
  ['one unpacked, one only fetched', done, { layersDone: 2, layersTotal: 3, bytesDone: 1200, bytesTotal: 1200 }],
  [
    'a download that begins anew',
    [...downloading, { status: 'Downloading', progressDetail: { current: 0, total: 1000 }, id: 'aaa' }],
    { layersDone: 1, layersTotal: 3, bytesDone: 50, bytesTotal: 1200 },
  ],
  [
    'a layer too small to be seen downloading',
    [
      { status: 'Pulling fs layer', id: 'aaa' },
      { status: 'Download complete', id: 'aaa' },
      { status: 'Extracting', progressDetail: { current: 5, total: 30 }, id: 'aaa' },
    ],
    { layersDone: 0, layersTotal: 1, bytesDone: 30, bytesTotal: 30 },
  ],
])('%s', (_name, messages, expected) => {
  expect(toProgress(after(messages))).toEqual(expected);
});

test('at the end everything is done', () => {
  expect(toFinalProgress(after(done))).toEqual({ layersDone: 3, layersTotal: 3, bytesDone: 1200, bytesTotal: 1200 });
});

test('at Podman a layer that is fetched is done', () => {
  const messages = [
    { status: 'Pulling fs layer', id: 'aaa' },
    { status: 'Downloading', progressDetail: { current: 10, total: 20 }, id: 'aaa' },
    { status: 'Download complete', id: 'aaa' },
  ];
  expect(toProgress(after(messages, true))).toEqual({ layersDone: 1, layersTotal: 1, bytesDone: 20, bytesTotal: 20 });
});

test('what says nothing of a layer changes nothing', () => {
  const layers = after(downloading);
  expect(withMessage(layers, { status: 'Digest: sha256:00' }, false)).toBe(layers);
  expect(withMessage(layers, { status: 'Retrying in 5 seconds', id: 'aaa' }, false)).toBe(layers);
  expect(withMessage(layers, { status: 'Waiting', id: 'bbb' }, false)).toBe(layers);
});
