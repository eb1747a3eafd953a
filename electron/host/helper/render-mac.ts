// macOS: addresses and names. Written from documentation and tested as text only; nobody has run it on a Mac yet.
import type { HostName } from '../protocol.ts';
import type { Command } from './programs.ts';
import { fill, type Group, type OwnFile } from './group.ts';
import plist from './templates/daemon.plist?raw';

const launchctl = (...args: string[]): Command => ({ program: 'launchctl', args });
const unload = (label: string): Command => ({ ...launchctl('bootout', `system/${label}`), mayFail: true });

function daemon(label: string, user: string, words: readonly string[]): OwnFile {
  const program = words.map((word) => `<string>${word}</string>`).join('');
  return { path: `/Library/LaunchDaemons/${label}.plist`, text: fill(plist, { label, user, program }) };
}

// An alias is gone after a restart: a daemon for each sets it again, without a shell in between. A group for each too:
// one that is wanted no more is taken back while the others stay.
export function macAliases(addresses: readonly string[]): readonly (readonly [string, Group])[] {
  return addresses.map((address) => {
    const label = `local.macula.loopback.${address}`;
    const file = daemon(label, 'root', ['/sbin/ifconfig', 'lo0', 'alias', `${address}/32`, 'up']);
    const remove: Command = { program: 'ifconfig', args: ['lo0', '-alias', address], mayFail: true };
    const up = [unload(label), launchctl('bootstrap', 'system', file.path)];
    return [`alias ${address}`, { files: [file], up, down: [unload(label), remove] }];
  });
}

// The longest suffix wins, also over what mDNS claims of .local. dnsmasq comes from a folder that others than root may
// write to, so launchd runs it as nobody.
export function macResolver(names: readonly HostName[], configuration: string): Group {
  const path = '/private/etc/macula-host/dnsmasq.conf';
  const domain = names[0]?.host.replace(/^[^.]*\./, '') ?? '';
  const label = 'local.macula.dns';
  const words = [
    '/usr/bin/env',
    'PATH=/opt/homebrew/sbin:/usr/local/sbin',
    'dnsmasq',
    '--keep-in-foreground',
    `--conf-file=${path}`,
  ];
  const server = daemon(label, 'nobody', words);
  const routing = { path: `/private/etc/resolver/${domain}`, text: 'nameserver 127.0.0.1\nport 5354\n' };
  const flush: readonly Command[] = [
    { program: 'dscacheutil', args: ['-flushcache'], mayFail: true },
    { program: 'killall', args: ['-HUP', 'mDNSResponder'], mayFail: true },
  ];
  return {
    files: [{ path, text: configuration }, server, routing],
    up: [unload(label), launchctl('bootstrap', 'system', server.path), ...flush],
    down: [unload(label), ...flush],
  };
}
