// Linux: whether the desktop shows tray icons at all. Asked at start and followed from then on.
import type { BusMessage } from './dbus/reader.ts';
import { connectToBus, type BusConnection } from './dbus/connection.ts';
import { sessionBusPath } from './dbus/address.ts';

const watcher = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const bus = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' };

export interface TrayHostWatch {
  // undefined until the desktop has answered.
  readonly isPresent: () => boolean | undefined;
  readonly close: () => void;
}

export interface TrayHostParts {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly userId: number;
  readonly changed: (isPresent: boolean) => void;
}

export function watchTrayHost({ platform, environment, userId, changed }: TrayHostParts): TrayHostWatch {
  let present: boolean | undefined;

  function say(now: boolean): void {
    if (present === now) return;
    present = now;
    changed(now);
  }

  // Everywhere else the tray is part of the system.
  const path = platform === 'linux' ? sessionBusPath(environment) : undefined;
  if (path === undefined) {
    present = platform !== 'linux';
    return { isPresent: () => present, close: () => {} };
  }

  let isChecking = false;
  let mustCheckAgain = false;
  async function check(): Promise<void> {
    mustCheckAgain = isChecking;
    if (isChecking) return;
    isChecking = true;
    const answer = await hasTrayHost(connection).catch(() => false);
    isChecking = false;
    if (mustCheckAgain) await check();
    else say(answer);
  }

  const connection = connectToBus(path, userId, {
    signal: (message) => {
      if (isAboutHosts(message)) void check();
    },
    closed: () => say(false),
  });
  void subscribe(connection).then(check, () => say(false));
  return { isPresent: () => present, close: connection.close };
}

async function subscribe(connection: BusConnection): Promise<void> {
  const rules = [
    `type='signal',sender='${bus.destination}',member='NameOwnerChanged',arg0='${watcher}'`,
    `type='signal',interface='${watcher}',path='${watcherPath}'`,
  ];
  await Promise.all([
    connection.call({ ...bus, member: 'Hello', body: [] }),
    ...rules.map((rule) => connection.call({ ...bus, member: 'AddMatch', body: [rule] })),
  ]);
}

function isAboutHosts({ member }: BusMessage): boolean {
  return ['NameOwnerChanged', 'StatusNotifierHostRegistered', 'StatusNotifierHostUnregistered'].includes(member ?? '');
}

// A watcher only collects the icons; a host draws them.
async function hasTrayHost(connection: BusConnection): Promise<boolean> {
  const [isOwned] = await connection.call({ ...bus, member: 'NameHasOwner', body: [watcher] });
  if (isOwned !== true) return false;
  const [isRegistered] = await connection.call({
    destination: watcher,
    path: watcherPath,
    interface: 'org.freedesktop.DBus.Properties',
    member: 'Get',
    body: [watcher, 'IsStatusNotifierHostRegistered'],
  });
  return isRegistered === true;
}
