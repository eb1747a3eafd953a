// The private session bus as the tests use it: call, serve, hear signals. Only types and promises around the library.
import { createRequire } from 'node:module';

export interface BusMessage {
  readonly type: number;
  readonly sender: string;
  readonly path?: string;
  readonly interface?: string;
  readonly member?: string;
  readonly body?: readonly unknown[];
}

export interface Call {
  readonly destination: string;
  readonly path: string;
  readonly interface: string;
  readonly member: string;
  readonly signature?: string;
  readonly body?: readonly unknown[];
}

export interface Served {
  readonly name: string;
  // Method -> signatures of what it takes and gives.
  readonly methods: Readonly<Record<string, readonly [string, string]>>;
  readonly properties: Readonly<Record<string, string>>;
  readonly signals: Readonly<Record<string, readonly [string]>>;
}

interface LibraryBus {
  readonly connection: {
    on(event: 'message', listener: (message: BusMessage) => void): void;
    on(event: 'error', listener: (error: Error) => void): void;
    end(): void;
  };
  invoke(call: object, callback: (error: { name: string; message: string } | null, ...body: unknown[]) => void): void;
  exportInterface(implementation: object, path: string, description: object): void;
  sendSignal(path: string, interfaceName: string, name: string, signature: string, body: readonly unknown[]): void;
}

const library = createRequire(import.meta.url)('@homebridge/dbus-native') as {
  createClient(options: { busAddress: string }): LibraryBus;
};

export interface MessageBus {
  call(call: Call): Promise<readonly unknown[]>;
  serve(path: string, served: Served, implementation: object): void;
  emit(path: string, interfaceName: string, signal: string, signature: string, body: readonly unknown[]): void;
  onSignal(listener: (message: BusMessage) => void): void;
  ownName(name: string): Promise<void>;
  releaseName(name: string): Promise<void>;
  match(rule: string): Promise<void>;
  close(): void;
}

const bus = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };
const signalType = 4;

export function connectToTestBus(address: string): MessageBus {
  const client = library.createClient({ busAddress: address });
  client.connection.on('error', () => {});

  const call = (request: Call): Promise<readonly unknown[]> =>
    new Promise((resolve, reject) => {
      client.invoke({ ...request }, (error, ...body) => {
        if (error === null) resolve(body);
        else reject(new Error(`${request.member}: ${error.name} ${error.message}`));
      });
    });

  return {
    call,
    serve: (path, served, implementation) => client.exportInterface(implementation, path, served),
    emit: (path, interfaceName, signal, signature, body) =>
      client.sendSignal(path, interfaceName, signal, signature, body),
    onSignal: (listener) =>
      client.connection.on('message', (message) => {
        if (message.type === signalType) listener(message);
      }),
    ownName: async (name) => {
      const [answer] = await call({ ...bus, member: 'RequestName', signature: 'su', body: [name, 4] });
      // 1: is the owner now; 4: was it already.
      if (answer !== 1 && answer !== 4) throw new Error(`${name} belongs to somebody else`);
    },
    releaseName: async (name) => {
      await call({ ...bus, member: 'ReleaseName', signature: 's', body: [name] });
    },
    match: async (rule) => {
      await call({ ...bus, member: 'AddMatch', signature: 's', body: [rule] });
    },
    close: () => client.connection.end(),
  };
}

// {key: value} out of the library's form of a{sv}: pairs of a key and [type, [value]].
export function dictionary(value: unknown): Readonly<Record<string, unknown>> {
  const pairs = value as readonly (readonly [string, readonly [unknown, readonly [unknown]]])[];
  return Object.fromEntries(pairs.map(([key, [, [inner]]]) => [key, inner]));
}
