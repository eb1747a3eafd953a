import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// What the machine of the host tests is made of: a Debian with the real systemd, resolvers, firewalls and an engine.

export const suite = 'trixie';

// Without libpam-systemd polkit does not start.
export const firstPackages = ['systemd', 'systemd-sysv', 'libpam-systemd', 'dbus', 'ca-certificates'];

export const packages = [
  // Names
  ...['systemd-resolved', 'libnss-resolve', 'libnss-mdns', 'libnss-myhostname', 'avahi-daemon', 'avahi-utils'],
  ...['dnsmasq', 'network-manager', 'bind9-dnsutils'],
  // Firewalls
  ...['nftables', 'iptables', 'ufw', 'firewalld'],
  // Becoming root
  ...['polkitd', 'pkexec', 'sudo'],
  // The engine, and a program that an image can be made of without a registry
  ...['docker.io', 'docker-cli', 'busybox-static'],
  ...['iproute2', 'procps', 'netcat-openbsd', 'curl'],
];

/** Turns the installed packages into the machine; runs inside of it. */
export const finishScript = fileURLToPath(new URL('finish.sh', import.meta.url));

/** Changes when the machine would be another one. */
export function recipeHash() {
  const parts = [fileURLToPath(import.meta.url), finishScript].map((file) => readFileSync(file, 'utf8'));
  return createHash('sha256')
    .update([process.arch, ...parts].join('\0'))
    .digest('hex')
    .slice(0, 16);
}
