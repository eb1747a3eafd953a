// The tray as a value: which icon, which words, which menu. The shell only hands it to the desktop.
import type { HostSnapshot, ServiceSnapshot, ServiceState, Snapshot, StackState } from './snapshot.ts';

export type TrayIcon = 'off' | 'working' | 'ready' | 'degraded' | 'failed';

export type TrayAction =
  | { readonly kind: 'open-dashboard' }
  | { readonly kind: 'open-settings' }
  | { readonly kind: 'open-telemetry' }
  | { readonly kind: 'open-host'; readonly section?: 'names' | 'lan' | 'doctor' }
  // Closing needs no preview; a password is asked for the guard only.
  | { readonly kind: 'lan-off' }
  | { readonly kind: 'start' | 'stop' | 'restart'; readonly service?: string }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'open-link'; readonly link: string }
  // `at`: the lines around that moment, in milliseconds since 1970; else those that come.
  | { readonly kind: 'logs'; readonly service: string; readonly at?: number }
  | { readonly kind: 'retry-engine' }
  | { readonly kind: 'quit' };

export type TrayItem =
  | { readonly kind: 'separator' }
  // Words only.
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'action'; readonly label: string; readonly enabled: boolean; readonly action: TrayAction }
  | { readonly kind: 'submenu'; readonly label: string; readonly items: readonly TrayItem[] };

export interface TrayModel {
  readonly icon: TrayIcon;
  readonly toolTip: string;
  readonly items: readonly TrayItem[];
}

const icons: Readonly<Record<StackState, TrayIcon>> = {
  off: 'off',
  unknown: 'off',
  working: 'working',
  ready: 'ready',
  degraded: 'degraded',
  failed: 'failed',
};

export const stateWords: Readonly<Record<ServiceState, string>> = {
  off: 'off',
  pulling: 'downloading',
  starting: 'starting',
  ready: 'ready',
  degraded: 'degraded',
  failed: 'failed',
  stopping: 'stopping',
};

const namesWords: Readonly<Record<HostSnapshot['names'], string>> = {
  off: 'Names are not set up',
  on: 'Names lead where they should',
  broken: 'Some names do not lead where they should',
};

const lanWords: Readonly<Record<HostSnapshot['lan'], string>> = {
  off: 'LAN mode is off',
  on: 'LAN mode is on',
  unguarded: 'LAN mode is on without its guard',
  closed: 'LAN mode is closed',
};

export function trayModel(snapshot: Snapshot): TrayModel {
  const { stack, engine } = snapshot;
  // No engine is a failure of ours to do anything, unless it is still being looked for.
  const icon = engine.kind === 'unavailable' ? 'failed' : icons[stack.state];
  const hasDashboards = snapshot.services.some(({ id, actions }) => id === 'grafana' && actions.open);
  const isUnguarded = snapshot.host?.lan === 'unguarded';
  return {
    // Open to everybody asks for a look, whatever the services do; what failed already asks for more.
    icon: isUnguarded && icon !== 'failed' ? 'degraded' : icon,
    toolTip: isUnguarded ? `Macula: ${lanWords.unguarded}. ${stack.summary}` : `Macula: ${stack.summary}`,
    items: [
      { kind: 'text', label: stack.summary },
      { kind: 'separator' },
      ...stackItems(snapshot),
      { kind: 'separator' },
      ...snapshot.services.filter((service) => service.enabled).map((service) => serviceItem(service, hasDashboards)),
      { kind: 'separator' },
      { kind: 'action', label: 'Telemetry…', enabled: true, action: { kind: 'open-telemetry' } },
      { kind: 'submenu', label: 'This machine', items: hostItems(snapshot.host) },
      // Some desktops do nothing on a click on the icon, so the window has an item of its own.
      { kind: 'action', label: 'Open dashboard', enabled: true, action: { kind: 'open-dashboard' } },
      { kind: 'action', label: 'Settings', enabled: true, action: { kind: 'open-settings' } },
      { kind: 'action', label: 'Quit', enabled: true, action: { kind: 'quit' } },
    ],
  };
}

function stackItems(snapshot: Snapshot): readonly TrayItem[] {
  if (snapshot.engine.kind === 'unavailable') {
    return [{ kind: 'action', label: 'Look for the engine again', enabled: true, action: { kind: 'retry-engine' } }];
  }
  const { start, stop, cancel } = snapshot.stack.actions;
  const items: readonly TrayItem[] = [
    { kind: 'action', label: 'Start', enabled: start, action: { kind: 'start' } },
    { kind: 'action', label: 'Stop', enabled: stop, action: { kind: 'stop' } },
  ];
  return cancel ? [...items, { kind: 'action', label: 'Cancel', enabled: true, action: { kind: 'cancel' } }] : items;
}

function hostItems(host: HostSnapshot | undefined): readonly TrayItem[] {
  const open = (label: string, section: 'names' | 'lan' | 'doctor'): TrayItem => ({
    kind: 'action',
    label,
    enabled: true,
    action: { kind: 'open-host', section },
  });
  const lanMode = open('LAN mode…', 'lan');
  const check = open('Check everything…', 'doctor');
  // Before the first look nothing can be said of it.
  if (host === undefined) return [open('Set up names…', 'names'), lanMode, check];
  const who: readonly TrayItem[] = host.lan === 'off' ? [] : [{ kind: 'text', label: shorten(host.lanSummary) }];
  return [
    { kind: 'text', label: namesWords[host.names] },
    { kind: 'text', label: lanWords[host.lan] },
    ...who,
    { kind: 'separator' },
    open(host.names === 'off' ? 'Set up names…' : 'Names and their undo…', 'names'),
    lanMode,
    { kind: 'action', label: 'Turn LAN mode off', enabled: host.lan !== 'off', action: { kind: 'lan-off' } },
    { kind: 'separator' },
    check,
  ];
}

function serviceItem(service: ServiceSnapshot, hasDashboards: boolean): TrayItem {
  const { id, actions, dashboard } = service;
  const link = service.urls[0];
  const items: TrayItem[] = [
    {
      kind: 'text',
      label:
        service.reason === ''
          ? capital(stateWords[service.state])
          : `${capital(stateWords[service.state])}: ${shorten(service.reason)}`,
    },
    { kind: 'separator' },
  ];
  if ((service.state === 'failed' || service.state === 'degraded') && actions.logs) {
    const action: TrayAction = { kind: 'logs', service: id, at: service.since };
    items.push({ kind: 'action', label: 'Show what happened', enabled: true, action });
  }
  if (link !== undefined) {
    items.push({ kind: 'action', label: 'Open', enabled: actions.open, action: { kind: 'open-link', link: link.id } });
  }
  if (dashboard !== undefined) {
    const action: TrayAction = { kind: 'open-link', link: dashboard.id };
    items.push({ kind: 'action', label: `Dashboard: ${dashboard.label}`, enabled: hasDashboards, action });
  }
  items.push(
    { kind: 'action', label: 'Start', enabled: actions.start, action: { kind: 'start', service: id } },
    { kind: 'action', label: 'Stop', enabled: actions.stop, action: { kind: 'stop', service: id } },
    { kind: 'action', label: 'Restart', enabled: actions.restart, action: { kind: 'restart', service: id } },
    { kind: 'action', label: 'Logs', enabled: actions.logs, action: { kind: 'logs', service: id } },
  );
  return { kind: 'submenu', label: `${service.title} (${stateWords[service.state]})`, items };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// A menu is as wide as its longest line.
function shorten(text: string): string {
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}
