// The engine itself is restarted, and killed, on a machine of its own: all that was acknowledged is there.
import { expect, test, type TestContext } from 'vitest';
import { json } from '../host/support/command-line.ts';
import type { Machine } from '../host/support/machine.ts';
import { done, useStackMachine } from '../host/support/stack.ts';
import { waitUntil } from '../e2e/wait-until.ts';

const rounds = 2;
let stubs = '';

const useIt = useStackMachine(async ({ machine }) => {
  const format = '--format={{index .Config.Labels "io.macula.substitute"}} {{index .RepoTags 0}}';
  const images = await machine.must(['sh', '-c', `docker image inspect '${format}' $(docker image ls --quiet)`]);
  stubs = images
    .split('\n')
    .filter((line) => /^stub .*(prometheus|loki|tempo)/.test(line))
    .join(', ');
});

function machineOf(context: TestContext): Machine {
  const { machine } = useIt(context);
  context.skip(stubs !== '', `only a stub is here, which proves nothing: ${stubs}`);
  return machine;
}

const curl = (machine: Machine, ...args: readonly string[]) =>
  machine.run(['curl', '--silent', '--show-error', '--fail', '--max-time', '5', ...args]);

async function send(machine: Machine, url: string, body: unknown): Promise<void> {
  const json = ['--header', 'Content-Type: application/json', '--data', JSON.stringify(body)];
  const { code, stderr } = await curl(machine, ...json, url);
  if (code !== 0) throw new Error(`${url} did not acknowledge: ${stderr}`);
}

// One of each signal; its mark is what it is found by.
async function sendAll(machine: Machine, mark: string): Promise<void> {
  const now = `${BigInt(Date.now()) * 1_000_000n}`;
  await send(machine, 'http://127.0.0.5:3100/loki/api/v1/push', {
    streams: [{ stream: { job: 'kept' }, values: [[now, mark]] }],
  });
  const resource = { attributes: [{ key: 'service.name', value: { stringValue: mark } }] };
  const gauge = { dataPoints: [{ timeUnixNano: now, asDouble: 1 }] };
  await send(machine, 'http://127.0.0.3:9090/api/v1/otlp/v1/metrics', {
    resourceMetrics: [{ resource, scopeMetrics: [{ metrics: [{ name: 'kept', gauge }] }] }],
  });
  // By its address on the network: this works with Alloy in front and without.
  const span = { traceId: mark, spanId: mark.slice(16), name: 'kept', startTimeUnixNano: now, endTimeUnixNano: now };
  await send(machine, 'http://172.23.0.23:4318/v1/traces', {
    resourceSpans: [{ resource, scopeSpans: [{ spans: [span] }] }],
  });
}

async function missing(machine: Machine, marks: readonly string[]): Promise<readonly string[]> {
  const logs = await curl(
    machine,
    '--get',
    '--data-urlencode',
    'query={job="kept"}',
    'http://127.0.0.5:3100/loki/api/v1/query_range?limit=5000&since=1h',
  );
  const metrics = await curl(
    machine,
    '--get',
    '--data-urlencode',
    'query=last_over_time(kept[1h])',
    'http://127.0.0.3:9090/api/v1/query',
  );
  const traces = await Promise.all(marks.map((mark) => curl(machine, `http://127.0.0.6:3200/api/traces/${mark}`)));
  return marks.flatMap((mark, index) => [
    ...(logs.stdout.includes(mark) ? [] : [`log ${mark}`]),
    ...(metrics.stdout.includes(mark) ? [] : [`metric ${mark}`]),
    ...(traces[index]?.code === 0 ? [] : [`trace ${mark}`]),
  ]);
}

async function untilConnected(machine: Machine): Promise<void> {
  await waitUntil(
    'every service is ready',
    async () => {
      const { stack } = (await json(machine, 'status')) as { readonly stack?: { readonly state: string } };
      return stack?.state === 'ready' ? true : undefined;
    },
    90,
    async () =>
      (
        await machine.run([
          'sh',
          '-c',
          'systemctl status docker | head -20; docker ps --all; node=/opt/node/bin/node; $node /opt/macula/cli.js status',
        ])
      ).stdout,
  );
  const up = ['--get', '--data-urlencode', 'query=up{job="stack",service=~"prometheus|loki|tempo"} == 1'];
  await waitUntil(
    'the real programs are scraped',
    async () => {
      const { stdout } = await curl(machine, ...up, 'http://127.0.0.3:9090/api/v1/query');
      return stdout.split('"service":').length - 1 === 3 ? true : undefined;
    },
    60,
  );
}

const newMark = () => crypto.randomUUID().replaceAll('-', '').replace(/^0/, '1');

async function cutOff(machine: Machine, command: readonly string[], comeBack: () => Promise<void>): Promise<void> {
  const marks: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const mark = newMark();
    await sendAll(machine, mark);
    marks.push(mark);
    await machine.must(command);
    await comeBack();
    await untilConnected(machine);
  }
  expect(await missing(machine, marks)).toEqual([]);
  expect(await missing(machine, [newMark()])).toHaveLength(3);
}

test('after a restart of the engine all is there, and everything is connected without a click', async (context) => {
  const machine = machineOf(context);
  await cutOff(machine, ['systemctl', 'restart', 'docker'], async () => undefined);
});

// An engine that finds the containers of a killed one stops them, takes that for the user's word, and leaves them so.
test('after the engine was killed and "macula up" was given, all is there and everything is connected', async (context) => {
  const machine = machineOf(context);
  await cutOff(machine, ['systemctl', 'kill', '--signal=KILL', '--kill-whom=main', 'docker'], async () => {
    // So many starts in a minute are more than its systemd lets pass by itself.
    const start = 'systemctl reset-failed docker; systemctl start docker && docker version';
    const answers = async () => ((await machine.run(['sh', '-c', start])).code === 0 ? true : undefined);
    await waitUntil('the engine answers', answers, 60);
    await done(machine, 'up');
  });
});
