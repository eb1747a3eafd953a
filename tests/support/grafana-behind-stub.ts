// The stub of Grafana in the real stack answers for its interface by way of the stand-in: whoever asks, goes over the
// published port and through the container.
import { get } from 'node:http';
import { askEngine } from '../e2e/engine-api.ts';
import { waitUntil } from '../e2e/wait-until.ts';
import { postJson } from './engine-post.ts';
import type { GrafanaStandIn } from './grafana-stand-in.ts';

interface Network {
  readonly IPAM: { readonly Config: readonly { readonly Gateway?: string }[] };
}

interface Processes {
  readonly Titles: readonly string[];
  readonly Processes: readonly (readonly string[])[];
}

// For the container that is there now. The stand-in has to listen on every address.
export async function putBehindStub(grafana: GrafanaStandIn): Promise<void> {
  const network = (await askEngine('GET', '/networks/macula-infra')) as Network;
  const gateway = network.IPAM.Config.flatMap(({ Gateway }) => Gateway ?? [])[0];
  if (gateway === undefined) throw new Error('The network of the stack has no gateway');
  const way = `location /api/ { proxy_pass http://${gateway}:${grafana.port}; }`;
  const conf = '/usr/share/macula-stub/nginx.conf';
  // Busybox or not: no sed that edits in place, for the folder may belong to nobody.
  const script = `text=$(sed 's#listen 3000;#listen 3000; ${way}#' ${conf}) && printf '%s' "$text" > ${conf} && kill -HUP 1`;
  const before = await workers();
  if (before.length === 0) throw new Error('The stub of Grafana has no worker to be seen');
  const made = await postJson('/containers/macula-grafana/exec', { User: '0', Cmd: ['/bin/sh', '-c', script] });
  const { Id } = JSON.parse(made) as { readonly Id: string };
  await postJson(`/exec/${Id}/start`, { Detach: true });
  // The workers of before go on for a moment and take some of what is asked anew.
  await waitUntil(
    'the workers of before have ended',
    async () => (await workers()).every((id) => !before.includes(id)) || undefined,
    30,
  );
  await waitUntil('the stand-in answers', async () => (await statusOfApi()) === 401 || undefined, 20);
  grafana.refusals = 0;
}

async function workers(): Promise<readonly string[]> {
  const { Titles, Processes } = (await askEngine('GET', '/containers/macula-grafana/top')) as Processes;
  const [id, command] = [Titles.indexOf('PID'), Titles.indexOf('CMD')];
  return Processes.filter((each) => each[command]?.includes('worker process')).map((each) => each[id] ?? '');
}

// On a connection of its own.
function statusOfApi(): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = get('http://127.0.0.4:3000/api/org', { agent: false }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    asked.on('error', reject);
  });
}
