// The promise of the catalog: a service more is its file and its templates, and nothing else is edited.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));

const definition = `import type { ServiceDefinition } from '../service.ts';

export const service: ServiceDefinition = {
  id: 'mailbox',
  title: 'Mailbox',
  group: 'tools',
  order: 70,
  summary: 'Catches what would be sent.',
  containerName: 'macula-mailbox',
  image: { repository: 'example/mailbox', tag: '1.2.3', digest: 'sha256:${'a'.repeat(64)}' },
  hostNumber: 90,
  ports: [],
  web: { label: 'mail', port: 8025 },
  command: [],
  environment: {},
  volumes: [],
  files: [{ template: 'mailbox/mailbox.conf', path: '/etc/mailbox.conf' }],
  needs: ['ingress'],
  ready: { port: 8025, path: '/', timeoutSeconds: 30 },
  stopSeconds: 5,
  open: { path: '/' },
};
`;

let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'macula-added-'));
  for (const path of [
    'electron',
    'resources',
    'build/vite',
    'build/targets.mjs',
    'package.json',
    'tsconfig.base.json',
  ]) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'electron/core/catalog/services/mailbox.ts'), definition);
  mkdirSync(join(folder, 'resources/templates/mailbox'));
  writeFileSync(join(folder, 'resources/templates/mailbox/mailbox.conf'), 'listen 8025\n');
  const build = `
    import { build } from 'vite';
    import { targets } from './build/targets.mjs';
    import { viteConfig } from './build/vite/configs.mjs';
    await build(viteConfig(targets.find((target) => target.name === 'cli')));
  `;
  await run(process.execPath, ['--input-type=module', '--eval', build], { cwd: folder });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function macula(...args: readonly string[]): Promise<Record<string, unknown>> {
  const env = { ...process.env, DOCKER_HOST: 'unix:///nowhere/engine.sock', XDG_CONFIG_HOME: join(folder, 'settings') };
  const { stdout } = await run(process.execPath, [join(folder, 'dist/cli.js'), ...args, '--json'], { env });
  return JSON.parse(stdout) as Record<string, unknown>;
}

test('a service that is added as a file is in the stack, with its configuration and its page', async () => {
  const { services, configs } = (await macula('compose')) as {
    services: Record<string, { image: string; container_name: string }>;
    configs: Record<string, { content: string }>;
  };
  expect(services['mailbox']).toMatchObject({
    image: `example/mailbox:1.2.3@sha256:${'a'.repeat(64)}`,
    container_name: 'macula-mailbox',
  });
  const contents = Object.values(configs).map((config) => config.content);
  expect(contents).toContain('listen 8025\n');
  // The ingress serves it under its name.
  expect(contents.filter((content) => /\bmail\.macula\.local\b/.test(content))).not.toEqual([]);
  expect(await macula('open', 'mailbox', '--print')).toEqual({
    id: 'mailbox',
    url: 'http://mail.macula.localhost:8080/',
  });
});
