// Somebody who tries a door all the while: every few milliseconds another connection, by every way there is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { inNetwork } from './commands.ts';
import type { Neighbour } from './neighbour.ts';

export interface Tries {
  readonly tried: number;
  // Each connection that came about, as 'fe80::1%eth0 after 812 ms'.
  readonly connected: readonly string[];
}

export interface DoorWatch {
  // Of all tries until now.
  end(): Promise<Tries>;
}

// Whoever gets through is told at once, in case that the end of it is never heard.
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
process.stdin.resume().on('end', () => {
  clearInterval(knocking);
  setTimeout(() => process.stdout.write(JSON.stringify({ tried, connected }), () => process.exit()), 500);
});
`;

export function watchDoor(neighbour: Neighbour, addresses: readonly string[], port: number): DoorWatch {
  const [command = '', ...enter] = inNetwork(neighbour.namespace);
  const program = [...enter, process.execPath, '--eval', watcher, `${port}`, ...addresses];
  const child = spawn(command, program, { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
  return {
    async end() {
      child.stdin.end();
      const [code] = (await once(child, 'close')) as [number | null];
      if (code !== 0) throw new Error(`The watch ended with ${code}`);
      return JSON.parse(said) as Tries;
    },
  };
}
