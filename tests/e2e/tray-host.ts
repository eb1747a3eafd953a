// The desktop's side of the tray: takes registrations, as a panel does, and receives notifications.
import { connectToTestBus, type BusMessage, type MessageBus } from './message-bus.ts';
import { TrayItem } from './tray-item.ts';
import { waitUntil } from './wait-until.ts';

const watcherName = 'org.kde.StatusNotifierWatcher';
const watcherPath = '/StatusNotifierWatcher';
const notificationsName = 'org.freedesktop.Notifications';
const notificationsPath = '/org/freedesktop/Notifications';

export interface Notice {
  readonly title: string;
  readonly text: string;
  // As a person clicks on it.
  click(): void;
}

export interface Registration {
  readonly item: TrayItem;
  readonly at: number;
}

export interface TrayHost {
  readonly registrations: readonly Registration[];
  readonly notices: readonly Notice[];
  // The newest icon, once there are that many registrations.
  item(seconds?: number, count?: number): Promise<TrayItem>;
  close(): Promise<void>;
}

export async function startTrayHost(busAddress: string): Promise<TrayHost> {
  const bus = connectToTestBus(busAddress);
  const registrations: Registration[] = [];
  const notices: Notice[] = [];
  let isClosed = false;
  await bus.match(`type='signal',interface='org.kde.StatusNotifierItem'`);
  await bus.match(`type='signal',interface='com.canonical.dbusmenu'`);
  serveWatcher(bus, registrations);
  serveNotifications(bus, notices);
  await bus.ownName(notificationsName);
  await bus.ownName(watcherName);
  return {
    registrations,
    notices,
    item: (seconds = 15, count = 1) =>
      waitUntil(
        `${count} registration(s) of a tray icon`,
        () => (registrations.length >= count ? registrations.at(-1)?.item : undefined),
        seconds,
      ),
    close: async () => {
      if (isClosed) return;
      isClosed = true;
      await bus.releaseName(watcherName);
      bus.close();
    },
  };
}

function serveWatcher(bus: MessageBus, registrations: Registration[]): void {
  const emit = (signal: string, service: string) => bus.emit(watcherPath, watcherName, signal, 's', [service]);
  bus.serve(
    watcherPath,
    {
      name: watcherName,
      methods: { RegisterStatusNotifierItem: ['s', ''], RegisterStatusNotifierHost: ['s', ''] },
      properties: {
        RegisteredStatusNotifierItems: 'as',
        IsStatusNotifierHostRegistered: 'b',
        ProtocolVersion: 'i',
      },
      signals: { StatusNotifierItemRegistered: ['s'], StatusNotifierItemUnregistered: ['s'] },
    },
    {
      RegisteredStatusNotifierItems: [],
      IsStatusNotifierHostRegistered: true,
      ProtocolVersion: 0,
      RegisterStatusNotifierItem(service: string, message: BusMessage) {
        const at = performance.now();
        registrations.push({ item: new TrayItem(bus, message.sender, ownerName(service, message.sender)), at });
        emit('StatusNotifierItemRegistered', service);
      },
      RegisterStatusNotifierHost() {},
    },
  );
}

// Registered as a name, as a path alone, or as both in one, by the version of whoever registers.
function ownerName(service: string, sender: string): string {
  const name = service.split('/')[0] ?? '';
  return name === '' ? sender : name;
}

function serveNotifications(bus: MessageBus, notices: Notice[]): void {
  bus.serve(
    notificationsPath,
    {
      name: notificationsName,
      methods: {
        Notify: ['susssasa{sv}i', 'u'],
        CloseNotification: ['u', ''],
        GetCapabilities: ['', 'as'],
        GetServerInformation: ['', 'ssss'],
      },
      properties: {},
      signals: {},
    },
    {
      Notify(_app: string, _replaces: number, _icon: string, title: string, text: string, actions: readonly string[]) {
        const id = notices.length + 1;
        notices.push({
          ...{ title, text },
          click() {
            if (!actions.includes('default')) throw new Error(`Nothing answers a click on ${JSON.stringify(title)}`);
            bus.emit(notificationsPath, notificationsName, 'ActionInvoked', 'us', [id, 'default']);
            bus.emit(notificationsPath, notificationsName, 'NotificationClosed', 'uu', [id, 2]);
          },
        });
        return id;
      },
      CloseNotification() {},
      GetCapabilities: () => ['body', 'actions'],
      GetServerInformation: () => ['tests', 'tests', '1', '1.2'],
    },
  );
}
