// This machine as values: what the app would answer on the Host page.
import { catalog } from '../../../electron/core/catalog/index.ts';
import type { DoctorCheck } from '../../../electron/core/doctor.ts';
import type {
  HostPreview,
  HostView,
  LanServiceView,
  LanView,
  NamesChoice,
  NamesView,
  NameView,
  PortHolder,
} from '../../../electron/core/host/host-view.ts';
import type { HostScenario } from '../mock-bridge.ts';

export const lanAddress = '192.168.77.5';

const named = catalog.filter((service) => service.web !== undefined && service.loopback !== undefined);

export function hosts(state: NameView['state'], found: readonly string[] = []): readonly NameView[] {
  return named.map((service) => {
    const address = service.loopback ?? '';
    const host = `${service.web?.label ?? service.id}.macula.local`;
    return { host, address, state, found: state === 'right' ? [address] : found };
  });
}

export const choices: readonly NamesChoice[] = [
  {
    backend: 'dnsmasq',
    method: 'resolved',
    isUsable: true,
    isRecommended: true,
    reason: 'systemd-resolved 257 runs here and hands the domain macula.local on; other names never pass through it.',
  },
  {
    backend: 'hosts',
    method: 'hosts',
    isUsable: true,
    isRecommended: false,
    reason: 'Works here; a new service needs a new preview.',
  },
  { backend: 'localhost', isUsable: true, isRecommended: false, reason: 'Needs nothing, and changes nothing.' },
];

export const choicesWithoutDnsmasq: readonly NamesChoice[] = [
  {
    backend: 'dnsmasq',
    isUsable: false,
    isRecommended: false,
    reason: 'dnsmasq is not installed.',
    remedy: 'sudo apt-get install dnsmasq-base',
  },
  { ...(choices[1] as NamesChoice), isRecommended: true },
  choices[2] as NamesChoice,
];

export function namesView(change: Partial<NamesView> = {}): NamesView {
  return { domain: 'macula.local', hosts: hosts('absent'), isByUser: false, choices, ...change };
}

// As the catalog has it; those that are named are open.
export function lanServices(open: readonly string[] = []): readonly LanServiceView[] {
  return catalog.flatMap((service): readonly LanServiceView[] => {
    if (service.lan === undefined) return [];
    const ports = service.lan.ports.filter(({ insteadOf }) => insteadOf === undefined).map(({ port }) => port);
    const isOpen = open.includes(service.id);
    return [
      {
        id: service.id,
        title: service.title,
        ports,
        protection: service.lan.protection,
        isOpen,
        urls: isOpen ? ports.map((port) => `http://${lanAddress}:${port}/`) : [],
      },
    ];
  });
}

export function lanView(change: Partial<LanView> = {}): LanView {
  return {
    state: 'off',
    summary: 'Only this machine reaches the services.',
    network: { interface: 'eth0', address: lanAddress, ranges: ['192.168.77.0/24', 'fd00:77::/64'] },
    services: lanServices(),
    ...change,
  };
}

export const lanOn = (until: number): LanView =>
  lanView({
    state: 'on',
    summary: 'Machines in 192.168.77.0/24 reach Grafana and Prometheus; everybody else is refused.',
    services: lanServices(['grafana', 'prometheus']),
    limit: 'hour',
    until,
  });

export function hostView(change: Partial<HostView> = {}): HostView {
  return {
    names: namesView(),
    lan: lanView(),
    loopback: 'Built into Linux, nothing to do.',
    firewall: ['ufw is on; it does not filter ports that Docker publishes. Macula’s guard does.'],
    elevation: { kind: 'pkexec', detail: '' },
    isInterrupted: false,
    edited: [],
    isSetUp: false,
    ...change,
  };
}

export const namesAreUp = namesView({
  hosts: hosts('right'),
  applied: { backend: 'dnsmasq', method: 'resolved' },
});

const hostsDiff = `@@ -1,12 +1,19 @@
 127.0.0.1\tlocalhost
 127.0.1.1\tada
 
 # The following lines are desirable for IPv6 capable hosts
 ::1     localhost ip6-localhost ip6-loopback
 ff02::1 ip6-allnodes
 ff02::2 ip6-allrouters
 10.0.0.4\tbuild.example
 10.0.0.5\tcache.example
-10.0.0.6\told.example
 10.0.0.7\tnew.example
 10.0.0.8\tlast.example
+# BEGIN MACULA (managed by macula-host; do not edit)
${hosts('right')
  .map(({ host, address }) => `+${address}\t${host}`)
  .join('\n')}
+# END MACULA
`;

export function previewOf(change: Partial<HostPreview> = {}): HostPreview {
  return {
    title: 'Set up names through dnsmasq',
    files: [
      { path: '/etc/hosts', action: 'change', diff: hostsDiff },
      {
        path: '/etc/systemd/resolved.conf.d/60-macula-host.conf',
        action: 'create',
        diff: '@@ -0,0 +1,3 @@\n+[Resolve]\n+DNS=127.0.0.1:5354\n+Domains=~macula.local\n',
      },
      {
        path: '/etc/macula-host/old.conf',
        action: 'keep',
        diff: '',
        note: 'Edited since by somebody else; it is left alone.',
      },
    ],
    commands: ['systemctl daemon-reload', 'systemctl restart systemd-resolved', 'nft -f - < table inet macula {\n}'],
    containers: ['Ingress', 'Grafana'],
    undo: ['Undo puts back 1 file exactly and deletes 1 file.', 'systemd-resolved is restarted once more.'],
    warnings: ['A VPN is up (tun0): names may change when it goes down.'],
    isEmpty: false,
    needsRoot: true,
    commandLine: 'macula host names dnsmasq --yes',
    hash: 'ab'.repeat(32),
    ...change,
  };
}

export const emptyPreview = previewOf({
  files: [],
  commands: [],
  containers: [],
  undo: [],
  warnings: [],
  isEmpty: true,
  needsRoot: false,
});

export const checks: readonly DoctorCheck[] = [
  { subject: 'engine', result: 'ok', detail: 'Docker Engine 28.5.1 at unix:///var/run/docker.sock' },
  { subject: 'network macula-infra', result: 'ok', detail: '172.23.0.0/16' },
  {
    subject: 'container macula-loki',
    result: 'failed',
    detail: 'Exited with code 1',
    nextStep: 'macula logs loki --tail 50 says more.',
    repair: { label: 'Start Loki', action: { kind: 'up', service: 'loki' } },
  },
  {
    subject: 'port 127.0.0.5:3100',
    result: 'skipped',
    detail: 'not checked, since this failed: container macula-loki',
  },
  { subject: 'container macula-tempo', result: 'ok', detail: 'it runs' },
  {
    subject: 'names',
    result: 'failed',
    detail: 'grafana.macula.local leads to 10.1.2.3',
    nextStep: 'Look at what would set it right.',
    repair: { label: 'Set up names…', action: { kind: 'host', change: { kind: 'names', backend: 'hosts' } } },
  },
  { subject: 'firewall', result: 'note', detail: 'ufw is on; it does not filter ports that Docker publishes.' },
];

export const holders: readonly PortHolder[] = [
  {
    address: '0.0.0.0',
    port: 80,
    owner: 'a program of the user root',
    covers: ['127.0.0.3', '127.0.0.4'],
    isPartial: true,
  },
  { address: '127.0.0.9', port: 80, owner: 'container "web"', covers: [], isPartial: false },
];

export function hostScenario(view: HostView = hostView(), change: Partial<HostScenario> = {}): HostScenario {
  return {
    view,
    previews: {
      names: previewOf(),
      'lan-on': previewOf({ title: 'Turn LAN mode on for Grafana' }),
      'lan-off': previewOf({ title: 'Turn LAN mode off', files: [], warnings: [] }),
      undo: previewOf({ title: 'Undo everything on this machine' }),
    },
    outcome: {
      summary: 'Names are set up: every one leads where it should.',
      changed: ['/etc/systemd/resolved.conf.d/60-macula-host.conf'],
      kept: [],
      view: hostView({ names: namesAreUp, isSetUp: true }),
    },
    checks,
    holders,
    holdersAsRoot: [
      {
        address: '0.0.0.0',
        port: 80,
        owner: 'apache2 (process 812, apache2.service)',
        covers: ['127.0.0.3', '127.0.0.4'],
        isPartial: false,
      },
    ],
    ...change,
  };
}
