// The root program, run in the machine the way the app runs it: the preview by an ordinary user, the change by root.
import type {
  Applied,
  GuardIntent,
  HostAnswer,
  HostIntent,
  HostPlan,
  HostRequest,
  HostState,
  Refusal,
} from '../../../electron/core/host/host-request.ts';
import { canaryAddress, canaryPort } from '../../../electron/core/host/canary.ts';
import { differences, snapshot, type Tree } from '../../helper/support/tree.ts';
import type { Machine, MachineRunOptions } from './machine.ts';

const program = ['/opt/node/bin/node', '/opt/macula/helper.js'];

export async function ask(machine: Machine, request: HostRequest, user: MachineRunOptions['user'] = 'root') {
  const { stdout, stderr, code } = await machine.run(program, { user, input: JSON.stringify(request) });
  try {
    return JSON.parse(stdout) as HostAnswer;
  } catch {
    throw new Error(`The root program gave no answer (exit ${code}): ${stdout}${stderr}`);
  }
}

export async function planOf(machine: Machine, intent: HostIntent): Promise<HostPlan> {
  const answer = await ask(machine, { verb: 'plan', intent }, 'dev');
  if (!answer.ok || answer.verb !== 'plan') throw new Error(JSON.stringify(answer));
  return answer.plan;
}

export async function tryToApply(machine: Machine, intent: HostIntent): Promise<Applied | Refusal> {
  const { hash } = await planOf(machine, intent);
  return (await ask(machine, { verb: 'apply', intent, plan: hash })) as Applied | Refusal;
}

export async function apply(machine: Machine, intent: HostIntent): Promise<Applied> {
  const answer = await tryToApply(machine, intent);
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail}`);
  return answer;
}

export async function undo(machine: Machine): Promise<Applied> {
  const answer = (await ask(machine, { verb: 'undo' })) as Applied | Refusal;
  if (!answer.ok) throw new Error(`${answer.code}: ${answer.detail}`);
  return answer;
}

export async function statusOf(machine: Machine): Promise<HostState> {
  const answer = await ask(machine, { verb: 'status' });
  if (!answer.ok || answer.verb !== 'status') throw new Error(JSON.stringify(answer));
  return answer.state;
}

// As the app sees it, without being root: the code of the failed connection.
export async function canary(machine: Machine, guard: GuardIntent): Promise<string> {
  const script = `
    const [host, port] = process.argv.slice(1);
    const socket = require('node:net').connect({ host, port: Number(port) });
    socket.on('error', ({ code }) => { process.stdout.write(code); });
    socket.on('connect', () => { process.stdout.write('connected'); socket.destroy(); });
  `;
  const words = ['/opt/node/bin/node', '--eval', script, canaryAddress, `${canaryPort(guard)}`];
  return machine.must(words, { user: 'dev' });
}

// What services keep for themselves while a test runs.
const volatile = /^\/var\/lib\/(docker|containerd|systemd|NetworkManager|private)(\/|$)/;

export function treeOf(machine: Machine): Tree {
  return snapshot({ '/etc': `${machine.root}/etc`, '/var/lib': `${machine.root}/var/lib` });
}

export function changedSince(machine: Machine, before: Tree): readonly string[] {
  return differences(before, treeOf(machine), (path) => !volatile.test(path));
}

export async function rulesOf(machine: Machine): Promise<string> {
  return machine.must(['nft', '--stateless', 'list', 'ruleset']);
}
