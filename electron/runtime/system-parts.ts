// The parts of the runtime that come from this machine and from the bundle itself.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { catalog } from '../core/catalog/index.ts';
import type { EngineDescription } from '../core/observed.ts';
import { probeService } from './probe.ts';
import type { Clock, RuntimeParts } from './runtime-parts.ts';
import { overrideFolder } from './override-folder.ts';
import { templates } from './templates.ts';
import { timelineFile } from './timeline-file.ts';

export function systemParts(
  platform: NodeJS.Platform,
  settingsDirectory: string,
): Omit<RuntimeParts, 'connectEngine' | 'listEngines' | 'observeHost' | 'host' | 'settings' | 'secrets' | 'log'> {
  return {
    catalog,
    templates,
    overrides: overrideFolder(settingsDirectory),
    timeline: timelineFile({ folder: join(settingsDirectory, 'timeline') }),
    probe: probeService,
    // Asked anew each time: setting them up is one of the things that the app does.
    hasLoopbackAddresses: () => hasLoopbackAddresses(platform),
    enginesRunInMachine: platform === 'darwin',
    asksIPv6First: platform === 'darwin',
    canPublishPort80: (engine) => canPublishPort80(engine, platform),
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    clock: systemClock,
  };
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

// On Linux all of 127.0.0.0/8 is there; elsewhere each address is an alias that somebody set up.
function hasLoopbackAddresses(platform: NodeJS.Platform): boolean {
  if (platform === 'linux') return true;
  const present = new Set(
    Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map((entry) => entry.address)),
  );
  return catalog.flatMap((service) => service.loopback ?? []).every((address) => present.has(address));
}

function canPublishPort80(engine: EngineDescription, platform: NodeJS.Platform): boolean {
  if (!engine.rootless || platform !== 'linux') return true;
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_unprivileged_port_start', 'utf8')) <= 80;
  } catch {
    return false;
  }
}
