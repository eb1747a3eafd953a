// The root program as the app calls it: by an ordinary user, through pkexec.
import type { HostAnswer, HostIntent, HostRequest } from '../../../electron/host/protocol.ts';
import type { Ended } from '../../host/support/commands.ts';
import type { Machine } from '../../host/support/machine.ts';

export const rootProgram = '/usr/lib/macula-host/macula-host';

export const everything: HostIntent = {
  names: { method: 'hosts', names: [{ host: 'grafana.macula.local', address: '127.0.0.4' }] },
  guard: { subnet: '172.23.0.0/16', ports: [3000], interface: 'lan0', ranges: ['192.168.77.0/24'] },
};

export function ask(machine: Machine, request: HostRequest, how: 'pkexec' | 'plainly'): Promise<Ended> {
  const through = how === 'pkexec' ? ['pkexec'] : [];
  return machine.run([...through, rootProgram], { user: 'dev', input: JSON.stringify(request) });
}

async function planOf(machine: Machine, intent: HostIntent): Promise<string> {
  const { stdout } = await ask(machine, { verb: 'plan', intent }, 'plainly');
  const answer = JSON.parse(stdout) as HostAnswer;
  if (!answer.ok || answer.verb !== 'plan') throw new Error(stdout);
  return answer.plan.hash;
}

export async function setUp(machine: Machine): Promise<Ended> {
  const intent = everything;
  return ask(machine, { verb: 'apply', intent, plan: await planOf(machine, intent) }, 'pkexec');
}

const rules = '/etc/polkit-1/rules.d/10-test.rules';

// What an agent and a password do on a real desktop. Polkit's own JavaScript is of 2009.
export function allowDev(machine: Machine): void {
  machine.writeFile(
    rules,
    `polkit.addRule(function (action, subject) {
       if (action.id === 'local.macula.host' && subject.user === 'dev') return polkit.Result.YES;
     });\n`,
  );
}

export async function forbidDev(machine: Machine): Promise<void> {
  await machine.must(['rm', rules]);
}

// As when another change is being made.
export async function whileBusy<T>(machine: Machine, work: () => Promise<T>): Promise<T> {
  const lock = '/run/macula-host.lock';
  await machine.must(['systemd-run', '--unit=busy', 'flock', lock, 'sleep', '60']);
  const isHeld = 'for _ in $(seq 50); do flock --nonblock "$1" true || exit 0; sleep 0.1; done; exit 1';
  await machine.must(['sh', '-c', isHeld, 'sh', lock]);
  try {
    return await work();
  } finally {
    await machine.must(['systemctl', 'stop', 'busy']);
  }
}
