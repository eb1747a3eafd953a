// What the official images give to a container: user, folders with their owners, entry point. Ours must give the same,
// so that one container specification fits both.
import type { ImageDefaults } from './archive/docker-archive.ts';
import type { Owner, Tree } from './archive/tree.ts';

export interface Outfit {
  readonly defaults: ImageDefaults;
  readonly folders: Readonly<Record<string, Owner>>;
  // A line of passwd and its group, for a user that has a name in the official image.
  readonly account?: { readonly name: string; readonly id: number };
}

const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const plain = { environment: { PATH: path }, volumes: [], workingFolder: '/' } as const;

const nobody = { uid: 65534, gid: 65534 };
const ten = { uid: 10001, gid: 10001 };
const grafana = { uid: 472, gid: 0 };
const alloy = { uid: 473, gid: 473 };

const nginx: Outfit = {
  defaults: { ...plain, ports: [80], entrypoint: [], command: ['nginx', '-g', 'daemon off;'], stopSignal: 'SIGQUIT' },
  folders: {},
};

const outfits: Readonly<Record<string, Outfit>> = {
  ingress: nginx,
  excalidraw: nginx,
  prometheus: {
    defaults: {
      ...plain,
      user: 'nobody',
      ports: [9090],
      entrypoint: ['/bin/prometheus'],
      command: ['--config.file=/etc/prometheus/prometheus.yml', '--storage.tsdb.path=/prometheus'],
      volumes: ['/prometheus'],
      workingFolder: '/prometheus',
    },
    folders: { prometheus: { ...nobody, mode: 0o775 }, 'etc/prometheus': nobody },
  },
  grafana: {
    defaults: {
      ...plain,
      user: '472',
      ports: [3000],
      environment: {
        PATH: `/usr/share/grafana/bin:${path}`,
        GF_PATHS_CONFIG: '/etc/grafana/grafana.ini',
        GF_PATHS_DATA: '/var/lib/grafana',
        GF_PATHS_HOME: '/usr/share/grafana',
        GF_PATHS_LOGS: '/var/log/grafana',
        GF_PATHS_PLUGINS: '/var/lib/grafana/plugins',
        GF_PATHS_PROVISIONING: '/etc/grafana/provisioning',
      },
      entrypoint: ['/run.sh'],
      command: [],
      workingFolder: '/usr/share/grafana',
    },
    folders: {
      'usr/share/grafana': {},
      'etc/grafana': grafana,
      'etc/grafana/provisioning': grafana,
      'etc/grafana/provisioning/access-control': grafana,
      'etc/grafana/provisioning/alerting': grafana,
      'etc/grafana/provisioning/dashboards': grafana,
      'etc/grafana/provisioning/datasources': grafana,
      'etc/grafana/provisioning/plugins': grafana,
      'var/lib/grafana': { ...grafana, mode: 0o777 },
      'var/lib/grafana/plugins': { ...grafana, mode: 0o777 },
      'var/log/grafana': { ...grafana, mode: 0o777 },
    },
    account: { name: 'grafana', id: 472 },
  },
  loki: {
    defaults: {
      ...plain,
      user: '10001',
      ports: [3100],
      entrypoint: ['/usr/bin/loki'],
      command: ['-config.file=/etc/loki/local-config.yaml'],
    },
    folders: { loki: ten, 'loki/rules': ten, 'loki/rules-temp': ten, 'etc/loki': ten },
    account: { name: 'loki', id: 10001 },
  },
  tempo: {
    defaults: { ...plain, user: '10001:10001', ports: [3200, 4317, 4318], entrypoint: ['/tempo'], command: [] },
    folders: { 'var/tempo': { ...ten, mode: 0o700 } },
    account: { name: 'tempo', id: 10001 },
  },
  // It runs as root, with an account of its own beside.
  alloy: {
    defaults: {
      ...plain,
      ports: [],
      environment: { PATH: path, ALLOY_DEPLOY_MODE: 'docker' },
      entrypoint: ['/bin/alloy'],
      command: ['run', '/etc/alloy/config.alloy', '--storage.path=/var/lib/alloy/data'],
    },
    folders: {
      'etc/alloy': {},
      'var/lib/alloy': { ...alloy, mode: 0o770 },
      'var/lib/alloy/data': { ...alloy, mode: 0o770 },
    },
    account: { name: 'alloy', id: 473 },
  },
};

// A service that nobody has described gets what can be known of it: its ports.
export function outfitOf(id: string, ports: readonly number[]): Outfit {
  return outfits[id] ?? { defaults: { ...plain, ports, entrypoint: [], command: [] }, folders: {} };
}

export function addFolders(tree: Tree, outfit: Outfit): void {
  for (const [folder, owner] of Object.entries(outfit.folders)) tree.folder(folder, owner);
  tree.folder('tmp', { mode: 0o1777 });
}

export function addAccounts(tree: Tree, outfit: Outfit): void {
  const { account } = outfit;
  const own = account ? [`${account.name}:x:${account.id}:${account.id}:${account.name}:/:/bin/false`] : [];
  tree.file(
    'etc/passwd',
    `${['root:x:0:0:root:/root:/bin/false', ...own, 'nobody:x:65534:65534:nobody:/:/bin/false'].join('\n')}\n`,
  );
  const group = account ? [`${account.name}:x:${account.id}:`] : [];
  tree.file('etc/group', `${['root:x:0:', ...group, 'nobody:x:65534:'].join('\n')}\n`);
}
