import { expect, test } from 'vitest';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { useMachine } from './support/use-machine.ts';
import { runCommand } from './support/commands.ts';

const images = fileURLToPath(new URL('../../dist/images.js', import.meta.url));
const useIt = useMachine(async ({ machine }) => {
  const t = Date.now();
  await machine.enable('docker');
  const path = `/tmp/scratch-${process.pid}.sock`;
  const server = createServer((s) => {
    const e = connect(`${machine.root}/run/docker.sock`);
    s.pipe(e).pipe(s);
    s.on('error', () => e.destroy());
    e.on('error', () => s.destroy());
  });
  await new Promise<void>((r) => server.listen(path, r));
  const r = await runCommand(['env', `DOCKER_HOST=unix://${path}`, process.execPath, images, '--stubs'], {
    timeoutSeconds: 300,
  });
  server.close();
  console.log('images', Date.now() - t, r.stdout, r.stderr);
});

test('x', async (context) => {
  const { machine } = useIt(context);
  const cli = (line: string, user: 'root' | 'dev' = 'root') =>
    machine.run(['/opt/node/bin/node', '/opt/macula/cli.js', ...line.split(' ')], { user });
  const say = async (line: string, user: 'root' | 'dev' = 'root') => {
    const t = Date.now();
    const { code, stdout, stderr } = await cli(line, user);
    console.log(`$ macula ${line}  (${user}, ${code}, ${Date.now() - t} ms)\n${stdout}${stderr}`);
  };
  await say('up');
  await say('doctor');
  await say('host status', 'dev');
  await say('host plan', 'dev');
  await say('host apply --yes', 'dev');
  await say('host apply', 'dev');
  await say('host apply', 'root');
  await say('host apply --yes', 'root');
  console.log(await machine.run(['curl', '-s', '-i', 'http://grafana.macula.local/']));
  await say('host status', 'dev');
  await say('doctor');
  await say('lan status');
  await say('lan on');
  await say('lan on grafana --yes');
  await say('lan on prometheus --yes');
  await say('lan on prometheus --yes --allow-unprotected');
  await say('lan status');
  await say('doctor');
  await say('port 9090');
  await say('port 9090 --root');
  await say('lan off --yes');
  await say('host undo --yes');
  await say('doctor');
  expect(1).toBe(1);
});
