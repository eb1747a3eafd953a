// Becoming root through the real sudo and the real polkit, by people who may and people who may not.
import { describe, expect, it } from 'vitest';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { HostRequest } from '../../electron/core/host/host-request.ts';
import { closePrompts } from './support/desktop-prompt.ts';
import type { Machine } from './support/machine.ts';
import { askAsRoot, askOnTerminal, copySources, type How } from './support/our-sources.ts';
import { waitUntil } from './support/processes.ts';
import { onTerminal } from './support/terminal.ts';
import { useMachine } from './support/use-machine.ts';

const policy = fileURLToPath(new URL('../../resources/polkit/local.macula.host.policy', import.meta.url));
const packaged = '/usr/lib/macula-host/macula-host';

// Reads only, and more of it than anybody but root could: who answers on port 53.
const request: HostRequest = { verb: 'port-owner', ports: [53] };
const ofCheckout = { request, bundleFolder: '/opt/macula' };
const ofPackage = { request, bundleFolder: '/opt' };
const onDesktop = { isTerminal: false, isDesktop: true };
const answer = {
  ok: true,
  verb: 'port-owner',
  owners: expect.arrayContaining([expect.objectContaining({ port: 53, unit: 'systemd-resolved.service' })]),
};
const prompt = 'Password of dev';

const useIt = useMachine(async ({ machine }) => {
  copySources(machine);
  // Stands for the executable of a package, which has a Node of its own inside.
  machine.writeFile(packaged, '#!/bin/sh\nexec /opt/node/bin/node /opt/macula/helper.js "$@"\n');
  await machine.must(['chmod', '755', packaged]);
  machine.writeFile('/usr/share/polkit-1/actions/local.macula.host.policy', readFileSync(policy, 'utf8'));
});

// polkit reads its rules at its start; systemd counts its starts.
async function restartPolkit(machine: Machine): Promise<void> {
  await machine.run(['systemctl', 'reset-failed', 'polkit']);
  await machine.must(['systemctl', 'restart', 'polkit']);
}

async function withRule<T>(machine: Machine, result: string, look: () => Promise<T>): Promise<T> {
  const file = '/etc/polkit-1/rules.d/10-test.rules';
  const isOurs = 'action.id == "local.macula.host" && subject.user == "dev"';
  machine.writeFile(
    file,
    `polkit.addRule(function(action, subject) { if (${isOurs}) return polkit.Result.${result}; });\n`,
  );
  await restartPolkit(machine);
  try {
    return await look();
  } finally {
    await machine.must(['rm', file]);
    await restartPolkit(machine);
  }
}

it('root asks nobody', async (context) => {
  const { machine } = useIt(context);
  expect(await askAsRoot(machine, ofCheckout, { user: 'root' })).toEqual({ kind: 'root', answer });
  expect(await askAsRoot(machine, ofPackage, { user: 'root' })).toEqual({ kind: 'root', answer });
});

describe('sudo in a terminal', () => {
  it('takes the password there, while the request comes by standard input', async (context) => {
    const { machine } = useIt(context);
    for (const asked of [ofCheckout, ofPackage]) {
      const outcome = await askOnTerminal(machine, asked, [[prompt, 'dev\\n']]);
      expect(outcome).toMatchObject({ kind: 'sudo', answer });
      expect(outcome.screen).toContain('[Macula] Password of dev, to change this machine: ');
      await machine.must(['sudo', '-K'], { user: 'dev' });
    }
  });

  it('a second attempt is as good as the first', async (context) => {
    const { machine } = useIt(context);
    const typed = [
      [prompt, 'wrong\\n'],
      [prompt, 'dev\\n'],
    ] as const;
    const outcome = await askOnTerminal(machine, ofCheckout, typed);
    expect(outcome).toMatchObject({ kind: 'sudo', answer });
    expect(outcome.screen).toContain('Sorry, try again.');
    await machine.must(['sudo', '-K'], { user: 'dev' });
  });

  it('three wrong passwords, and Ctrl-C, are a prompt that was dismissed', async (context) => {
    const { machine } = useIt(context);
    const thrice = [prompt, prompt, prompt].map((words) => [words, 'wrong\\n'] as const);
    for (const typed of [thrice, [[prompt, '\\003'] as const]]) {
      expect(await askOnTerminal(machine, ofCheckout, typed)).toMatchObject({
        kind: 'sudo',
        failure: { code: 'host-dismissed' },
      });
    }
  });

  it('who may not become root is told so', async (context) => {
    const { machine } = useIt(context);
    const outcome = await askOnTerminal(machine, ofCheckout, [['Password of other', 'other\\n']], { user: 'other' });
    expect(outcome).toMatchObject({
      kind: 'sudo',
      failure: { code: 'host-unavailable', detail: expect.stringContaining('other is not in the sudoers file') },
    });
  });

  it('asks for no password where a rule says so', async (context) => {
    const { machine } = useIt(context);
    const rule = '/etc/sudoers.d/zz-test';
    machine.writeFile(rule, `other ALL=(root:root) NOPASSWD: ${packaged} ""\n`);
    expect(await askOnTerminal(machine, ofPackage, [], { user: 'other' })).toMatchObject({ kind: 'sudo', answer });
    // That rule is for the packaged program, and for nothing else.
    const checkout = await askOnTerminal(machine, ofCheckout, [['Password of other', 'other\\n']], { user: 'other' });
    expect(checkout).toMatchObject({ failure: { code: 'host-unavailable' } });
    await machine.must(['rm', rule]);
  });
});

describe('without a terminal and a desktop', () => {
  it('there is a line that does the same when it is run by hand', async (context) => {
    const { machine } = useIt(context);
    const { kind, failure } = await askAsRoot(machine, ofPackage);
    expect(kind).toBe('by-hand');
    const line = failure?.code === 'host-by-hand' ? failure.commandLine : '';
    expect(line).toBe(`printf %s '{"verb":"port-owner","ports":[53]}' | sudo ${packaged}`);
    const { stdout } = await onTerminal(machine, ['sh', '-c', line], 'dev', [['password for dev', 'dev\\n']]);
    expect(stdout).toContain('"unit":"systemd-resolved.service"');
    await machine.must(['sudo', '-K'], { user: 'dev' });
  });

  it('a program that may never gain rights does not try', async (context) => {
    const { machine } = useIt(context);
    const how: How = { before: ['setpriv', '--no-new-privs', '--'] };
    const { kind, failure } = await askAsRoot(machine, { ...ofPackage, around: onDesktop }, how);
    expect({ kind, code: failure?.code }).toEqual({ kind: 'none', code: 'host-unavailable' });
  });

  it('a root program that others can change is not run, by nobody', async (context) => {
    const { machine } = useIt(context);
    await machine.must(['chmod', 'o+w', packaged]);
    const unsafe = { kind: 'none', failure: { code: 'host-unavailable', detail: expect.stringContaining(packaged) } };
    for (const user of ['root', 'dev'] as const) expect(await askAsRoot(machine, ofPackage, { user })).toEqual(unsafe);
    await machine.must(['chmod', 'o-w', packaged]);
  });
});

describe('pkexec on a desktop', () => {
  const asked = { ...ofPackage, around: onDesktop };

  it('knows our own action, with its own words', async (context) => {
    const { machine } = useIt(context);
    const details = await machine.must(['pkaction', '--verbose', '--action-id', 'local.macula.host']);
    expect(details).toContain('Macula wants to see or change how this computer finds its services');
    expect(details).toMatch(/implicit any:\s+no\n/);
  });

  it('runs the root program for whom polkit lets, and hands it the request', async (context) => {
    const { machine } = useIt(context);
    const outcome = await withRule(machine, 'YES', () => askAsRoot(machine, asked));
    expect(outcome).toEqual({ kind: 'pkexec', answer });
  });

  it('shows a line to run by hand to whom it does not, and where nobody can ask', async (context) => {
    const { machine } = useIt(context);
    const byHand = { kind: 'pkexec', failure: { code: 'host-by-hand', commandLine: expect.any(String) } };
    expect(await askAsRoot(machine, asked)).toEqual(byHand);
    expect(await withRule(machine, 'NO', () => askAsRoot(machine, asked))).toEqual(byHand);
    expect(await withRule(machine, 'AUTH_ADMIN', () => askAsRoot(machine, asked))).toEqual(byHand);
  });

  // polkit's own prompt, for a text terminal, stands for the one of a desktop.
  const agent = ['sh', '-c', 'pkttyagent --process $$ --notify-fd 9 9>/tmp/agent & sleep 1; exec "$@"', 'sh'];

  it('a password that is right', async (context) => {
    const { machine } = useIt(context);
    const typed = [['Password: ', 'dev\\n']] as const;
    const outcome = await withRule(machine, 'AUTH_ADMIN', () =>
      askOnTerminal(machine, asked, typed, { before: agent }),
    );
    expect(outcome).toMatchObject({ kind: 'pkexec', answer });
    expect(outcome.screen).toContain('Macula wants to see or change how this computer finds its services');
  });

  it('Ctrl-C where the app was started is a prompt that was dismissed', async (context) => {
    const { machine } = useIt(context);
    const typed = [['Password: ', '\\003']] as const;
    const outcome = await withRule(machine, 'AUTH_ADMIN', () =>
      askOnTerminal(machine, asked, typed, { before: agent }),
    );
    expect(outcome).toMatchObject({ kind: 'pkexec', failure: { code: 'host-dismissed' } });
  });

  it('a prompt that somebody closes', async (context) => {
    const { machine } = useIt(context);
    const before = ['sh', '-c', 'echo $$ >/tmp/asks; until [ -e /tmp/go ]; do sleep 0.05; done; exec "$@"', 'sh'];
    const outcome = await withRule(machine, 'AUTH_ADMIN', async () => {
      const asking = askAsRoot(machine, asked, { before });
      const isAbout = () => machine.exists('/tmp/asks') && machine.readFile('/tmp/asks').endsWith('\n');
      await waitUntil(isAbout, 'somebody is about to ask');
      const prompt = await closePrompts(machine, Number(machine.readFile('/tmp/asks')));
      machine.writeFile('/tmp/go', '');
      const said = await asking;
      prompt.close();
      return { ...said, shown: prompt.shown };
    });
    expect(outcome).toEqual({
      kind: 'pkexec',
      failure: { code: 'host-dismissed' },
      shown: [expect.stringContaining('Macula wants to see or change how this computer finds its services')],
    });
  });
});
