// From an intent to files and commands: all that is ever written to or run on this machine is here and in templates/.
import { existsSync } from 'node:fs';
import { canaryAddress, canaryPort, type GuardIntent, type HostIntent, type NamesIntent } from '../protocol.ts';
import { blockText } from './block.ts';
import { type Command, findProgram } from './programs.ts';
import { Refused } from './refused.ts';
import { fill, type Group } from './group.ts';
import { macAliases, macResolver } from './render-mac.ts';
import dnsmasqConf from './templates/dnsmasq.conf?raw';
import guardTable from './templates/guard.nft?raw';
import dnsUnit from './templates/macula-dns.service?raw';
import guardUnit from './templates/macula-guard.service?raw';
import nftablesStart from './templates/nftables-start.conf?raw';
import recordsConf from './templates/records.conf?raw';
import routingConf from './templates/routing.conf?raw';
import wantsConf from './templates/wants.conf?raw';

// The seconds that are left are known only when a command runs.
const secondsLeft = '(the seconds that are left)';
const systemctl = (...args: string[]): Command => ({ program: 'systemctl', args });
const perhaps = (command: Command): Command => ({ ...command, mayFail: true });
// systemd lets nothing restart more than a few times in ten seconds: without the first one, whoever changes their mind
// often enough is left without the service.
const restart = (unit: string): readonly Command[] => [
  perhaps(systemctl('reset-failed', unit)),
  systemctl('restart', unit),
];

export function render(intent: HostIntent): ReadonlyMap<string, Group> {
  const groups = new Map<string, Group>(macAliases(intent.aliases ?? []));
  if (intent.guard !== undefined) groups.set('guard', guardGroup(intent.guard));
  if (intent.names !== undefined) groups.set(`names by ${intent.names.method}`, namesGroup(intent.names));
  return groups;
}

// What has to be there before anything is set up; taking it back needs none of it. Without systemd nothing would bring
// the guard back before the engine after a restart.
export function checkNeeds({ names, guard }: HostIntent): void {
  const needsUnit = names?.method === 'resolved' || names?.method === 'delegate' || guard !== undefined;
  if (!needsUnit || existsSync('/run/systemd/system')) return;
  throw new Refused('no-service-manager', 'This needs systemd, which does not run here. Nothing was changed');
}

function namesGroup({ method, names }: NamesIntent): Group {
  // A name of its own each: nothing is claimed of the domain around it, and an IPv6 question is answered with "none".
  const records = names
    .flatMap(({ host, address }) => [`local=/${host}/`, `host-record=${host},${address}`])
    .join('\n');
  const file = { text: fill(recordsConf, { records }) };
  switch (method) {
    case 'hosts': {
      const isMac = process.platform === 'darwin';
      const path = isMac ? '/private/etc/hosts' : '/etc/hosts';
      return { files: [{ path, text: blockText(names, isMac), isBlock: true }], up: [], down: [] };
    }
    case 'dnsmasq': {
      // A dnsmasq that runs with settings that it would not start with again is left alone. Some distributions name
      // the folder in its main file, others where they start it.
      const folder = '/etc/dnsmasq.d';
      const inFolder = ['--conf-file=/dev/null', `--conf-dir=${folder},.dpkg-dist,.dpkg-old,.dpkg-new`];
      const test = (...args: string[]): Command => ({ program: 'dnsmasq', args: ['--test', ...args] });
      const again = restart('dnsmasq.service');
      return {
        files: [{ path: `${folder}/60-macula-host.conf`, ...file }],
        checks: existsSync(folder) ? [test(), test(...inFolder)] : [test()],
        up: again,
        down: again.map(perhaps),
      };
    }
    case 'network-manager': {
      const again = [{ program: 'nmcli', args: ['general', 'reload', 'dns-full'] }];
      const path = '/etc/NetworkManager/dnsmasq.d/60-macula-host.conf';
      return { files: [{ path, ...file }], up: again, down: again.map(perhaps) };
    }
    case 'resolver':
      return macResolver(names, fill(dnsmasqConf, { records }));
    case 'resolved':
    case 'delegate': {
      const place =
        method === 'resolved' ? 'resolved.conf.d/60-macula-host.conf' : 'dns-delegate.d/60-macula-host.dns-delegate';
      const domains = names.map(({ host }) => `~${host}`).join(' ');
      const section = method === 'resolved' ? 'Resolve' : 'Delegate';
      const files = [
        { path: '/etc/macula-host/dnsmasq.conf', text: fill(dnsmasqConf, { records }) },
        { path: `/etc/systemd/${place}`, text: fill(routingConf, { section, domains }) },
      ];
      const unit = fill(dnsUnit, { dnsmasq: findProgram('dnsmasq') ?? '/usr/sbin/dnsmasq' });
      const again = restart('systemd-resolved.service');
      return service('macula-dns', unit, { files, up: again, down: again.map(perhaps) });
    }
  }
}

// With a unit that runs now and from every start of the machine on. A drop-in of the target instead of a link to the
// unit: plain files are put back exactly.
function service(unit: string, text: string, { files, up, down }: Group): Group {
  const folder = '/etc/systemd/system';
  const own = { path: `${folder}/${unit}.service`, text };
  const wants = { path: `${folder}/multi-user.target.d/60-${unit}.conf`, text: fill(wantsConf, { unit }) };
  const reload = systemctl('daemon-reload');
  // One that failed is kept in mind, file or no file.
  const gone = [systemctl('stop', `${unit}.service`), systemctl('reset-failed', `${unit}.service`)];
  return {
    files: [...files, own, wants],
    up: [reload, ...restart(`${unit}.service`), ...up],
    down: [...gone.map(perhaps), perhaps(reload), ...down],
  };
}

// With a time limit the kernel forgets the ranges by itself, and after a restart nobody is let in.
function guardGroup(guard: GuardIntent): Group {
  const { until, ranges } = guard;
  const nft = (input: string): Command => ({ program: 'nft', args: ['-f', '-'], input });
  const elements = (open: readonly string[]) => (open.length === 0 ? '' : `elements = { ${open.join(', ')} }`);
  const table = (open: readonly string[]) =>
    fill(guardTable, {
      limit: until === undefined ? '' : `# Open until ${new Date(until).toISOString()}\n`,
      lan4: elements(open.filter((range) => !range.includes(':'))),
      lan6: elements(open.filter((range) => range.includes(':'))),
      subnet: guard.subnet,
      ports: guard.ports.join(', '),
      interface: guard.interface,
      canaryAddress,
      canaryPort: `${canaryPort({ ...guard, ranges: open.length === 0 ? [] : ranges })}`,
    });
  return service('macula-guard', guardUnit, {
    files: [
      { path: '/etc/macula-host/guard.nft', text: table(until === undefined ? ranges : []) },
      { path: '/etc/systemd/system/nftables.service.d/60-macula-guard.conf', text: nftablesStart },
    ],
    up: [nft(table(until === undefined ? ranges : ranges.map((range) => `${range} timeout ${secondsLeft}`)))],
    // Without the program there is no way, and the files are to go all the same.
    down: findProgram('nft') === undefined ? [] : [nft('table inet macula\ndelete table inet macula\n')],
  });
}

export function timed(command: Command, { guard }: HostIntent): Command {
  const seconds = Math.max(1, Math.ceil(((guard?.until ?? 0) - Date.now()) / 1000));
  return command.input === undefined
    ? command
    : { ...command, input: command.input.replaceAll(secondsLeft, `${seconds}s`) };
}
