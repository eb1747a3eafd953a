// Grafana as it stands with its password, where a stub has its place: a small server in its container that answers the
// one question as Grafana does.
import type { TestContext } from 'vitest';
import type { Machine } from './machine.ts';

// Still the first one, another one, or not told.
export type Standing = 'first' | 'changed' | 'silent';

const container = 'macula-grafana';
const configuration = '/usr/share/macula-stub/nginx.conf';
const answers: Readonly<Record<Exclude<Standing, 'silent'>, string>> = {
  first: 'if ($http_authorization = "Basic YWRtaW46YWRtaW4=") { return 200 "{}"; } return 401;',
  changed: 'return 401 "{}";',
};

export async function setGrafanaPassword(machine: Machine, standing: Standing, context: TestContext): Promise<void> {
  const look = ['docker', 'inspect', '--format={{index .Config.Labels "io.macula.substitute"}}', container];
  const isStub = (await machine.must(look)).trim() === 'stub';
  context.skip(!isStub, 'the real Grafana is here, whose password nobody sets to what a test likes');
  const inside = (script: string) =>
    machine.must(['docker', 'exec', '--user=root', container, 'sh', '-e', '-c', script]);
  const original = `${configuration}.original`;
  await inside(`[ -e ${original} ] || cp ${configuration} ${original}`);
  const answer = standing === 'silent' ? '' : `location = /api/org { ${answers[standing]} }`;
  await inside(`sed 's|location / {|${answer}\\n    location / {|' ${original} >${configuration}`);
  await inside(`nginx -e /dev/stderr -c ${configuration} -g 'daemon off;' -s reload`);
  // The old workers answer what they have taken already.
  await new Promise((resolve) => setTimeout(resolve, 500));
}
