// A tray icon as a desktop sees it: its properties, its menu, and clicks on both.
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { dictionary, type BusMessage, type MessageBus } from './message-bus.ts';
import { waitUntil } from './wait-until.ts';

export interface MenuNode {
  readonly id: number;
  // As shown: without the marks of access keys.
  readonly label: string;
  readonly enabled: boolean;
  readonly isSeparator: boolean;
  readonly children: readonly MenuNode[];
}

export interface TrayProperties {
  readonly toolTip: string;
  readonly menuPath: string;
  // Of the pixels: equal for equal icons.
  readonly icon: string;
  readonly iconSizes: readonly number[];
}

export interface TraySignal {
  readonly name: string;
  // By this process's clock.
  readonly at: number;
}

const itemInterface = 'org.kde.StatusNotifierItem';
const menuInterface = 'com.canonical.dbusmenu';
// Longer than the app waits between two menus.
const restMilliseconds = 300;
const itemPath = '/StatusNotifierItem';

export class TrayItem {
  readonly #bus: MessageBus;
  // The connection's own name, such as :1.7.
  readonly uniqueName: string;
  // What it was registered as.
  readonly registeredAs: string;
  readonly signals: TraySignal[] = [];

  constructor(bus: MessageBus, uniqueName: string, registeredAs: string) {
    this.#bus = bus;
    this.uniqueName = uniqueName;
    this.registeredAs = registeredAs;
    bus.onSignal((message) => this.#hear(message));
  }

  #hear({ sender, interface: interfaceName, member }: BusMessage): void {
    if (sender !== this.uniqueName || member === undefined) return;
    if (interfaceName !== itemInterface && interfaceName !== menuInterface) return;
    this.signals.push({ name: member, at: performance.now() });
  }

  // Some desktops ask by one name and some by the other.
  async properties(by: 'unique name' | 'registered name' = 'unique name'): Promise<TrayProperties> {
    const [body] = await this.#bus.call({
      destination: by === 'unique name' ? this.uniqueName : this.registeredAs,
      path: itemPath,
      interface: 'org.freedesktop.DBus.Properties',
      member: 'GetAll',
      signature: 's',
      body: [itemInterface],
    });
    const found = dictionary(body);
    const pixmaps = (found['IconPixmap'] ?? []) as readonly (readonly [number, number, Uint8Array])[];
    const hash = createHash('sha256');
    for (const [, , pixels] of pixmaps) hash.update(Buffer.from(pixels));
    const toolTip = found['ToolTip'] as readonly [string, unknown, string, string] | undefined;
    return {
      toolTip: toolTip === undefined ? '' : [toolTip[2], toolTip[3]].filter((text) => text !== '').join(' '),
      menuPath: found['Menu'] as string,
      icon: hash.digest('hex'),
      iconSizes: pixmaps.map(([width]) => width),
    };
  }

  async menu(): Promise<MenuNode> {
    const { menuPath } = await this.properties();
    const [, root] = await this.#bus.call({
      destination: this.uniqueName,
      path: menuPath,
      interface: menuInterface,
      member: 'GetLayout',
      signature: 'iias',
      body: [0, -1, []],
    });
    return menuNode(root);
  }

  // By what is written on the entries, from the outside in. Identifiers change with every new menu, and a click on one
  // of before does nothing: so it is made in a menu that has come to rest.
  async click(...labels: readonly string[]): Promise<void> {
    const target = findEntry(await this.#menuAtRest(), labels);
    if (!target.enabled) throw new Error(`"${labels.join(' > ')}" is disabled`);
    const { menuPath } = await this.properties();
    await this.#bus.call({
      destination: this.uniqueName,
      path: menuPath,
      interface: menuInterface,
      member: 'Event',
      signature: 'isvu',
      body: [target.id, 'clicked', ['s', ''], 0],
    });
  }

  async #menuAtRest(): Promise<MenuNode> {
    let last = await this.menu();
    return waitUntil(
      'a menu that stays as it is',
      async () => {
        await new Promise((resolve) => setTimeout(resolve, restMilliseconds));
        const before = last;
        last = await this.menu();
        return isDeepStrictEqual(before, last) ? last : undefined;
      },
      30,
      () => menuText(last),
    );
  }

  async activate(): Promise<void> {
    await this.#bus.call({
      destination: this.uniqueName,
      path: itemPath,
      interface: itemInterface,
      member: 'Activate',
      signature: 'ii',
      body: [0, 0],
    });
  }

  // The line at the top of the menu.
  async status(): Promise<string> {
    return (await this.menu()).children[0]?.label ?? '';
  }

  async untilMenu(what: string, isSo: (menu: MenuNode) => boolean, seconds: number): Promise<MenuNode> {
    return waitUntil(
      what,
      async () => {
        const menu = await this.menu();
        return isSo(menu) ? menu : undefined;
      },
      seconds,
      async () => menuText(await this.menu()),
    );
  }
}

export function findEntry(menu: MenuNode, labels: readonly string[]): MenuNode {
  return labels.reduce((node, label) => {
    const found = node.children.find((child) => child.label === label || child.label.startsWith(`${label} (`));
    if (found === undefined) throw new Error(`There is no "${label}" in:\n${menuText(node)}`);
    return found;
  }, menu);
}

export function menuText(node: MenuNode, indent = ''): string {
  return node.children
    .map((child) => {
      const line = child.isSeparator ? '---' : `${child.label}${child.enabled ? '' : ' (disabled)'}`;
      return `${indent}${line}\n${menuText(child, `${indent}  `)}`;
    })
    .join('');
}

function menuNode(raw: unknown): MenuNode {
  const [id, pairs, children] = raw as readonly [number, unknown, readonly (readonly [unknown, readonly [unknown]])[]];
  const properties = dictionary(pairs);
  return {
    id,
    label: ((properties['label'] as string | undefined) ?? '').replaceAll(/_(.)/g, '$1'),
    enabled: properties['enabled'] !== false,
    isSeparator: properties['type'] === 'separator',
    children: children.map(([, [child]]) => menuNode(child)),
  };
}
