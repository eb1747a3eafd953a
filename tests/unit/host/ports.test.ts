import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { observeHost } from '../../../electron/host/observe-host.ts';
import { parseLsof, parseProcNetTcp } from '../../../electron/host/ports.ts';
import { findSocketOwners } from '../../../electron/host/socket-owners.ts';

const header = '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode';
const tail = '00000000:00000000 00:00000000 00000000';

test('the rows of listening sockets on the ports that are asked for', () => {
  const table = `${header}
   0: 0300007F:0050 00000000:0000 0A ${tail}     0        0 111 1 00000000339d7993 100 0 0 10 0
   1: 00000000:1F90 00000000:0000 0A ${tail}    33        0 222 1 00000000339d7993 100 0 0 10 0
   2: 0100007F:0050 0100007F:9C40 01 ${tail}     0        0 333 1 00000000339d7993 20 4 30 10 -1
   3: 0100007F:1A85 00000000:0000 0A ${tail}  1000        0 444 1 00000000339d7993 100 0 0 10 0
`;
  expect(parseProcNetTcp(table, new Set([80, 8080]))).toEqual([
    { address: '127.0.0.3', port: 80, inode: '111', userId: 0 },
    { address: '0.0.0.0', port: 8080, inode: '222', userId: 33 },
  ]);
});

test.each([
  ['00000000000000000000000000000000', '::'],
  ['00000000000000000000000001000000', '::1'],
  ['0000000000000000FFFF00000100007F', '127.0.0.1'],
  ['B80D0120000000000000000001000000', '2001:db8::1'],
  ['000080FE00000000FF005450B6AA1C00', 'fe80::5054:ff:1c:aab6'],
])('%s is %s', (hex, address) => {
  const table = `${header}\n   0: ${hex}:0050 00000000000000000000000000000000:0000 0A ${tail}     0        0 111 1 0 100 0 0 10 0\n`;
  expect(parseProcNetTcp(table, new Set([80]))).toMatchObject([{ address, port: 80 }]);
});

test('nothing, half a row and the row of another format are no sockets', () => {
  expect(parseProcNetTcp('', new Set([80]))).toEqual([]);
  expect(parseProcNetTcp(`${header}\n   0: 0300007F:0050 0000`, new Set([80]))).toEqual([]);
});

test('what lsof prints on a Mac', () => {
  const text = 'p512\ncControlCe\nf10\nn*:7000\nf11\nn[::1]:7000\np812\ncnginx\nf6\nn127.0.0.3:80\n';
  expect(parseLsof(text)).toEqual([
    { address: '0.0.0.0', port: 7000, owner: 'ControlCe (process 512)' },
    { address: '::1', port: 7000, owner: 'ControlCe (process 512)' },
    { address: '127.0.0.3', port: 80, owner: 'nginx (process 812)' },
  ]);
});

test('the process that holds a socket is found, whatever else cannot be read', () => {
  const folder = mkdtempSync(join(tmpdir(), 'macula-proc-'));
  try {
    for (const [id, name, inodes] of [
      ['7', 'cron', ['5']],
      ['812', 'apache2', ['111', '6']],
      ['900', 'docker-proxy', ['222']],
    ] as const) {
      mkdirSync(join(folder, id, 'fd'), { recursive: true });
      writeFileSync(join(folder, id, 'comm'), `${name}\n`);
      inodes.forEach((inode, index) => symlinkSync(`socket:[${inode}]`, join(folder, id, 'fd', String(index))));
      symlinkSync('/dev/null', join(folder, id, 'fd', '9'));
    }
    mkdirSync(join(folder, '13'));
    mkdirSync(join(folder, 'sys'));
    expect([...findSocketOwners(new Set(['111', '222', '404']), folder)]).toEqual([
      ['222', 'docker-proxy (process 900)'],
      ['111', 'apache2 (process 812)'],
    ]);
    expect(findSocketOwners(new Set(['111']), join(folder, 'not-there')).size).toBe(0);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test.runIf(process.platform === 'linux')(
  'a port that this very process listens on is seen with its owner',
  async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.9', resolve));
    const { port } = server.address() as { port: number };
    try {
      const { listeners } = await observeHost([port]);
      expect(listeners).toEqual([
        {
          address: '127.0.0.9',
          port,
          owner: expect.stringContaining(`(process ${process.pid})`),
          inode: expect.stringMatching(/^\d+$/),
        },
      ]);
      expect((await observeHost([])).listeners).toEqual([]);
    } finally {
      server.close();
    }
  },
);
