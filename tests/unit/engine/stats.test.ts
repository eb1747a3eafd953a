import { expect, test } from 'vitest';
import { type EngineStats, toStats } from '../../../electron/engine/stats.ts';

const gigabyte = 1024 ** 3;
const at = Date.UTC(2026, 10, 24, 12, 0, 0, 500);
const nothing = {
  at,
  cpuSeconds: 0,
  memoryBytes: 0,
  memoryLimitBytes: 0,
  networkReceivedBytes: 0,
  networkSentBytes: 0,
  diskReadBytes: 0,
  diskWrittenBytes: 0,
  processes: 0,
};
const read = '2026-11-24T12:00:00.5Z';

test.each<[string, EngineStats, Partial<typeof nothing>]>([
  [
    'Docker, control groups of the second kind',
    {
      cpu_stats: { cpu_usage: { total_usage: 2_500_000_000 } },
      memory_stats: { usage: 1000, limit: gigabyte, stats: { inactive_file: 300, file: 500 } },
      networks: { eth0: { rx_bytes: 10, tx_bytes: 1 }, eth1: { rx_bytes: 20, tx_bytes: 2 } },
      blkio_stats: {
        io_service_bytes_recursive: [
          { op: 'read', value: 5 },
          { op: 'write', value: 7 },
          { op: 'read', value: 6 },
        ],
      },
      pids_stats: { current: 4 },
    },
    {
      cpuSeconds: 2.5,
      memoryBytes: 700,
      memoryLimitBytes: gigabyte,
      networkReceivedBytes: 30,
      networkSentBytes: 3,
      diskReadBytes: 11,
      diskWrittenBytes: 7,
      processes: 4,
    },
  ],
  [
    'control groups of the first kind: what all its groups together hold counts',
    {
      memory_stats: { usage: 1000, limit: 2 ** 62, stats: { total_inactive_file: 200, inactive_file: 1 } },
      blkio_stats: {
        io_service_bytes_recursive: [
          { op: 'Read', value: 5 },
          { op: 'Write', value: 7 },
          { op: 'Total', value: 12 },
        ],
      },
    },
    { memoryBytes: 800, diskReadBytes: 5, diskWrittenBytes: 7 },
  ],
  [
    'Podman: without details of the memory',
    {
      memory_stats: { usage: 1000, limit: 8 * gigabyte, stats: null },
      blkio_stats: { io_service_bytes_recursive: null },
    },
    { memoryBytes: 1000 },
  ],
  [
    'a cache larger than the whole is none',
    { memory_stats: { usage: 10, stats: { inactive_file: 20 } } },
    { memoryBytes: 10 },
  ],
  ['on the network of the host', { networks: null, pids_stats: {}, cpu_stats: { cpu_usage: null } }, {}],
])('%s', (_name, found, expected) => {
  expect(toStats({ ...found, read }, 8 * gigabyte)).toEqual({ ...nothing, ...expected });
});

test('where the machine does not tell its memory, a limit is what the engine says it is', () => {
  expect(toStats({ read, memory_stats: { limit: gigabyte } }, Number.POSITIVE_INFINITY).memoryLimitBytes).toBe(
    gigabyte,
  );
});
