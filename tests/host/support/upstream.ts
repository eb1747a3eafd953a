// The resolver of "the Internet": a real dnsmasq that knows a few names and writes down what it is asked.
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inNetwork, must } from './commands.ts';
import { type Started, start } from '../../support/child-process.ts';

export interface Upstream {
  readonly address: string;
  // Every question that reached it, as 'A example.com'.
  questions(): readonly string[];
  // It is there, and says nothing any more.
  hang(): void;
  goOn(): void;
  stop(): Promise<void>;
}

const known = {
  'example.com': '198.51.100.80',
  'debian.org': '198.51.100.81',
  'plain.test': '198.51.100.82',
};

export const upstreamAddress = (name: keyof typeof known): string => known[name];

export async function startUpstream(namespace: string, address: string, folder: string): Promise<Upstream> {
  const file = join(folder, 'upstream.log');
  const log = openSync(file, 'a');
  const records = Object.entries(known).map(([name, target]) => `--host-record=${name},${target}`);
  // Out of the machine's own packages. The folder is its root and belongs to all machines: nothing is written there.
  const program = ['chroot', process.env['MACULA_TEST_MACHINE'] ?? '', '/usr/sbin/dnsmasq'];
  const plain = ['--keep-in-foreground', '--conf-file=/dev/null', '--no-resolv', '--no-hosts', '--pid-file='];
  const log_ = ['--log-queries', '--log-facility=-'];
  const listen = [`--listen-address=${address}`, '--bind-interfaces', '--local=/#/'];
  const [command = '', ...args] = [...inNetwork(namespace), ...program, ...plain, ...log_, ...listen, ...records];
  const server: Started = start(command, args, { stdio: ['ignore', log, log] });
  closeSync(log);
  const signal = (name: NodeJS.Signals) => server.process.kill(name);
  await must(['sh', '-c', 'until grep -q "started, version" "$1"; do sleep 0.05; done', 'sh', file], {
    timeoutSeconds: 10,
  });
  return {
    address,
    questions: () =>
      [...readFileSync(file, 'utf8').matchAll(/query\[(\w+)\] (\S+) from/g)].map(([, type, name]) => `${type} ${name}`),
    hang: () => void signal('SIGSTOP'),
    goOn: () => void signal('SIGCONT'),
    async stop() {
      signal('SIGCONT');
      await server.stop();
    },
  };
}
