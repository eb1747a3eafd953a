// Our few lines of D-Bus against a complete implementation of it.
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { sessionBusPath, socketPath } from '../../../electron/shell/dbus/address.ts';
import { decodeMessages } from '../../../electron/shell/dbus/reader.ts';
import { encodeCall } from '../../../electron/shell/dbus/writer.ts';
import { createRandom } from './random.ts';

const library = createRequire(import.meta.url)('@homebridge/dbus-native/lib/message.js') as {
  marshall(message: object): Buffer;
  unmarshall(bytes: Buffer): Readonly<Record<string, unknown>>;
};

const call = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus',
  member: 'AddMatch',
  body: ["type='signal'"],
};

function reply(serial: number, signature: string, body: readonly unknown[]): Buffer {
  return library.marshall({
    type: 2,
    serial,
    replySerial: serial + 100,
    destination: ':1.5',
    sender: ':1.2',
    signature,
    body,
  });
}

describe('encodeCall', () => {
  it('writes what others read, at every length of every part', () => {
    for (let length = 0; length < 24; length += 1) {
      const member = `M${'x'.repeat(length % 9)}`;
      const body = ['ä'.repeat(length), 'y'.repeat((length * 7) % 23)];
      const read = library.unmarshall(encodeCall(length + 1, { ...call, member, body }));
      expect(read).toMatchObject({
        type: 1,
        flags: 2,
        serial: length + 1,
        destination: call.destination,
        path: call.path,
        interface: call.interface,
        member,
        signature: 'ss',
        body,
      });
    }
  });

  it('writes a call without arguments', () => {
    const bytes = encodeCall(1, { ...call, member: 'Hello', body: [] });
    expect(bytes.length % 8).toBe(0);
    expect(bytes.readUInt32LE(4)).toBe(0);
  });
});

describe('decodeMessages', () => {
  it('reads what others write', () => {
    const signal = library.marshall({
      type: 4,
      serial: 3,
      path: '/org/freedesktop/DBus',
      interface: 'org.freedesktop.DBus',
      member: 'NameOwnerChanged',
      sender: 'org.freedesktop.DBus',
      signature: 'sss',
      body: ['org.kde.StatusNotifierWatcher', '', ':1.9'],
    });
    const failure = library.marshall({
      type: 3,
      serial: 4,
      replySerial: 9,
      errorName: 'a.b.C',
      signature: 's',
      body: ['no'],
    });
    const bytes = Buffer.concat([
      reply(1, 'b', [true]),
      reply(2, 'v', [['b', false]]),
      signal,
      failure,
      reply(5, 'u', [7]),
    ]);
    const { messages, used } = decodeMessages(bytes);
    expect(used).toBe(bytes.length);
    expect(messages).toMatchObject([
      { kind: 'reply', replyTo: 101, body: [true] },
      { kind: 'reply', replyTo: 102, body: [false] },
      { kind: 'signal', member: 'NameOwnerChanged', body: ['org.kde.StatusNotifierWatcher', '', ':1.9'] },
      { kind: 'error', replyTo: 9, errorName: 'a.b.C' },
      { kind: 'reply', replyTo: 105, body: [7] },
    ]);
  });

  it('waits for the rest of a message, wherever it is cut', () => {
    const bytes = Buffer.concat([reply(1, 's', [':1.77']), reply(2, 'b', [true])]);
    for (let cut = 0; cut < bytes.length; cut += 1) {
      const first = decodeMessages(bytes.subarray(0, cut));
      const second = decodeMessages(bytes.subarray(first.used));
      expect([...first.messages, ...second.messages].map((message) => message.body)).toEqual([[':1.77'], [true]]);
    }
  });

  it('stops at an argument it does not understand', () => {
    expect(decodeMessages(reply(1, 'sas', ['known', ['a', 'b']])).messages[0]?.body).toEqual(['known']);
  });

  it('ends with a result or an error on any bytes at all', () => {
    const random = createRandom(11);
    const whole = reply(1, 'ssv', ['one', 'two', ['s', 'three']]);
    for (let round = 0; round < 5000; round += 1) {
      const bytes = Buffer.from(whole);
      for (let change = 0; change < 4; change += 1)
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      try {
        expect(decodeMessages(bytes).used).toBeLessThanOrEqual(bytes.length);
      } catch (error) {
        expect(error).toBeInstanceOf(RangeError);
      }
    }
  });
});

describe('the address of the session bus', () => {
  it.each<[string, string | undefined]>([
    ['unix:path=/run/user/1000/bus', '/run/user/1000/bus'],
    ['unix:path=/run/user/1000/bus,guid=12ab', '/run/user/1000/bus'],
    ['unix:abstract=/tmp/dbus-1,guid=12ab', '\0/tmp/dbus-1'],
    ['tcp:host=localhost,port=1;unix:path=/tmp/a%20b', '/tmp/a b'],
    ['tcp:host=localhost,port=1', undefined],
    ['autolaunch:', undefined],
    ['', undefined],
  ])('%j', (address, path) => expect(socketPath(address)).toBe(path));

  it('is the usual one where the environment names none', () => {
    expect(sessionBusPath({ XDG_RUNTIME_DIR: '/run/user/7' })).toBe('/run/user/7/bus');
    expect(sessionBusPath({})).toBeUndefined();
  });
});
