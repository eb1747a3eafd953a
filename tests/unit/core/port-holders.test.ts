import { expect, it } from 'vitest';
import type { PortOwner } from '../../../electron/core/host/host-request.ts';
import { portHolders, type PortHoldersInput } from '../../../electron/core/host/port-holders.ts';
import type { Listener } from '../../../electron/core/observed.ts';
import { nothingThere, smallStack } from './fixtures.ts';

// Its service is published on 127.0.0.20:1020.
const desired = smallStack();
const nobody: PortHoldersInput = { port: 1020, listeners: [], owners: [], observed: nothingThere, desired };
const hidden: Listener = { address: '0.0.0.0', port: 1020, owner: 'a program of the user root', inode: '77' };
const owner: PortOwner = { port: 1020, inode: '77', process: 812, command: 'apache2', unit: 'apache2.service' };

function text(change: Partial<PortHoldersInput>): string {
  return portHolders({ ...nobody, ...change })
    .map((holder) => {
      const covers = holder.covers.length === 0 ? '' : `, covers ${holder.covers.join(' ')}`;
      return `${holder.address} ${holder.port}: ${holder.owner}${covers}${holder.isPartial ? ', ask root' : ''}`;
    })
    .join('\n');
}

const cases: readonly (readonly [string, Partial<PortHoldersInput>, string])[] = [
  ['nobody', {}, ''],
  ['nobody, and no engine', { observed: undefined }, ''],
  [
    "another user's program",
    { listeners: [hidden] },
    '0.0.0.0 1020: a program of the user root, covers 127.0.0.20, ask root',
  ],
  [
    'the same, as root sees it',
    { listeners: [hidden], owners: [{ ...owner, process: 900 }, owner, { ...owner, inode: '78', command: 'other' }] },
    '0.0.0.0 1020: apache2 (process 812, apache2.service), covers 127.0.0.20',
  ],
  [
    'a program of this user',
    { listeners: [{ ...hidden, address: '127.0.0.20', owner: 'node (process 5)' }] },
    '127.0.0.20 1020: node (process 5)',
  ],
  [
    'a socket that root did not see any more',
    { listeners: [{ ...hidden, owner: 'node (process 5)' }], owners: [{ ...owner, inode: '5' }] },
    '0.0.0.0 1020: node (process 5), covers 127.0.0.20',
  ],
  [
    'a container, and what listens for it',
    {
      listeners: [hidden, { ...hidden, address: '::', inode: '79' }],
      observed: {
        ...nothingThere,
        listeners: [
          { address: '0.0.0.0', port: 1020, owner: 'container "web"', containerId: 'c1' },
          { address: '0.0.0.0', port: 80, owner: 'container "web"', containerId: 'c1' },
        ],
      },
    },
    '0.0.0.0 1020: container "web", covers 127.0.0.20\n:: 1020: a program of the user root, covers 127.0.0.20, ask root',
  ],
  ['other ports are not asked about', { listeners: [{ ...hidden, port: 80 }], owners: [{ ...owner, port: 80 }] }, ''],
  [
    'an address of nobody covers nothing of ours',
    { port: 9999, listeners: [{ ...hidden, port: 9999 }] },
    '0.0.0.0 9999: a program of the user root, ask root',
  ],
];

it.each(cases)('%s', (_name, change, expected) => {
  expect(text(change)).toBe(expected);
});
