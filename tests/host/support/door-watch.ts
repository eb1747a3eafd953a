// Somebody who tries a door all the while: every few milliseconds another connection, by every way there is.
import { once } from 'node:events';
import { inNetwork } from './commands.ts';
import type { Neighbour } from './neighbour.ts';
import { firstLine, type Started, start } from '../../support/child-process.ts';

export interface Tries {
  readonly tried: number;
  // Each connection that came about, as 'fe80::1%eth0 after 812 ms'.
  readonly connected: readonly string[];
}

export interface DoorWatch {
  // Of all tries until now.
  end(): Promise<Tries>;
}

const watcher = `
const { connect } = require('node:net');
const [port, ...hosts] = process.argv.slice(1);
const begun = Date.now();
const connected = [];
let tried = 0;
const knock = (host) => {
  tried += 1;
  const socket = connect({ host, port: Number(port) });
  const patience = setTimeout(() => socket.destroy(), 400);
  socket.on('connect', () => {
    connected.push(host + ' after ' + (Date.now() - begun) + ' ms');
    socket.destroy();
  });
  socket.on('error', () => undefined);
  socket.on('close', () => clearTimeout(patience));
};
const knocking = setInterval(() => hosts.forEach(knock), 15);
setTimeout(() => process.stdout.write('begun\\n'), 100);
process.stdin.resume().on('end', () => {
  clearInterval(knocking);
  setTimeout(() => process.stdout.write(JSON.stringify({ tried, connected }), () => process.exit()), 500);
});
`;

// It has begun when it is returned.
export async function watchDoor(neighbour: Neighbour, addresses: readonly string[], port: number): Promise<DoorWatch> {
  const [command = '', ...enter] = inNetwork(neighbour.namespace);
  const program = [...enter, process.execPath, '--eval', watcher, `${port}`, ...addresses];
  const watch: Started = start(command, program, { stdio: ['pipe', 'pipe', 'inherit'] });
  const { stdin, stdout } = watch.process;
  if (stdin === null || stdout === null) throw new Error('The watch has no pipes');
  await firstLine(watch, 1, 'the watch');
  let said = '';
  stdout.on('data', (text: string) => (said += text));
  return {
    async end() {
      stdin.end();
      const [code] = (await once(watch.process, 'close')) as [number | null];
      await watch.stop();
      if (code !== 0) throw new Error(`The watch ended with ${code}`);
      return JSON.parse(said) as Tries;
    },
  };
}
