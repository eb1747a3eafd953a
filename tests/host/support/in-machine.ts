// Runs in the test machine, out of copied sources: what the app would see there, and how it would become root. Prints
// one line of JSON.
import { FailureError } from '../../../electron/core/failure.ts';
import type { HostRequest } from '../../../electron/core/host/host-request.ts';
import { namesChoices } from '../../../electron/core/host/names-choice.ts';
import { lookAround, type Surroundings } from '../../../electron/host/elevation.ts';
import { createHelperClient } from '../../../electron/host/helper-client.ts';
import { findHelper } from '../../../electron/host/helper-place.ts';
import { runProgram } from '../../../electron/host/run-program.ts';
import { hostPort } from '../../../electron/host/system-host.ts';

export interface Asked {
  readonly request: HostRequest;
  // 'dist' of a checkout, or a folder without a bundle: then the package's program is taken.
  readonly bundleFolder: string;
  // Instead of what is really around.
  readonly around?: Partial<Surroundings>;
}

const names = [
  { host: 'grafana.macula.local', address: '127.0.0.4' },
  { host: 'loki.macula.local', address: '127.0.0.5' },
];

function clientOf({ bundleFolder, around }: Omit<Asked, 'request'>) {
  const search = { bundleFolder, executable: process.execPath, isElectron: false, searchPath: '' };
  return createHelperClient({
    place: findHelper(search),
    around: () => ({ ...lookAround(), ...around }),
    run: runProgram,
    say: (words) => void process.stderr.write(words),
  });
}

async function see(): Promise<object> {
  const facts = await hostPort(clientOf({ bundleFolder: '/opt/macula' })).observe(names);
  return { facts, choices: namesChoices(facts.resolver) };
}

async function ask({ request, ...place }: Asked): Promise<object> {
  const client = clientOf(place);
  const { kind } = client.elevation();
  try {
    return { kind, answer: await client.askAsRoot(request) };
  } catch (error) {
    if (error instanceof FailureError) return { kind, failure: error.failure };
    throw error;
  }
}

// The command line goes on too, to put things in order.
process.on('SIGINT', () => undefined);
const [, , asked] = process.argv;
const seen = await (asked === undefined ? see() : ask(JSON.parse(asked) as Asked));
// Behind whatever a prompt left on the line.
process.stdout.write(`\n${JSON.stringify(seen)}\n`);
