// A connection to a message bus: signs in, calls methods, hears signals. Made for a handful of messages.
import { connect } from 'node:net';
import { decodeMessages, type BusMessage, type BusValue } from './reader.ts';
import { encodeCall, type MethodCall } from './writer.ts';

export interface BusConnection {
  readonly call: (call: MethodCall) => Promise<readonly BusValue[]>;
  readonly close: () => void;
}

export interface BusListener {
  readonly signal: (message: BusMessage) => void;
  // Once, whatever the reason.
  readonly closed: () => void;
}

interface Waiting {
  readonly resolve: (body: readonly BusValue[]) => void;
  readonly reject: (error: Error) => void;
}

export function connectToBus(socketPath: string, userId: number, listener: BusListener): BusConnection {
  const socket = connect({ path: socketPath });
  const waiting = new Map<number, Waiting>();
  let received: Buffer = Buffer.alloc(0);
  let isSignedIn = false;
  let serial = 0;
  // Calls made before the sign-in was answered.
  const early: Buffer[] = [];

  function end(error: Error): void {
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    socket.destroy();
  }

  function read(chunk: Buffer): void {
    received = Buffer.concat([received, chunk]);
    if (!isSignedIn && !signIn()) return;
    const { messages, used } = decodeMessages(received);
    received = received.subarray(used);
    for (const message of messages) take(message);
  }

  function signIn(): boolean {
    const lineEnd = received.indexOf('\r\n');
    if (lineEnd < 0) return false;
    if (!received.toString('latin1', 0, lineEnd).startsWith('OK '))
      throw new Error('The message bus refuses this user');
    received = received.subarray(lineEnd + 2);
    isSignedIn = true;
    socket.write(Buffer.concat([Buffer.from('BEGIN\r\n'), ...early]));
    return true;
  }

  function take(message: BusMessage): void {
    if (message.kind === 'signal') listener.signal(message);
    const waiter = message.replyTo === undefined ? undefined : waiting.get(message.replyTo);
    if (message.replyTo === undefined || waiter === undefined) return;
    waiting.delete(message.replyTo);
    if (message.kind === 'error') waiter.reject(new Error(message.errorName ?? 'unknown D-Bus error'));
    else waiter.resolve(message.body);
  }

  function call(method: MethodCall): Promise<readonly BusValue[]> {
    serial += 1;
    const own = serial;
    const bytes = encodeCall(own, method);
    return new Promise((resolve, reject) => {
      if (socket.destroyed) {
        reject(new Error('The message bus is gone'));
        return;
      }
      waiting.set(own, { resolve, reject });
      if (isSignedIn) socket.write(bytes);
      else early.push(bytes);
    });
  }

  // The zero byte comes first: some systems hang the sender's identity on it.
  socket.write(`\0AUTH EXTERNAL ${Buffer.from(String(userId)).toString('hex')}\r\n`);
  socket.on('data', (chunk: Buffer) => {
    try {
      read(chunk);
    } catch (error) {
      end(error as Error);
    }
  });
  socket.on('error', (error) => end(error));
  socket.on('close', () => {
    end(new Error('The message bus is gone'));
    listener.closed();
  });

  return { call, close: () => end(new Error('The connection was closed')) };
}
