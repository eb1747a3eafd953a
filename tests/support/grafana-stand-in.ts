// A stand-in for Grafana's sign-in and for its change of a password, as its documentation has them: Grafana itself
// cannot be had here. It counts refusals and locks the account after five, as Grafana does.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface GrafanaStandIn {
  readonly port: number;
  password: string;
  refusals: number;
  // 'GET /api/org admin:…', with the password that was sent.
  readonly asked: string[];
  // Set: it answers nothing else.
  trouble: { readonly status: number; readonly body: string } | undefined;
  close(): Promise<void>;
}

export async function startGrafanaStandIn(address = '127.0.0.1'): Promise<GrafanaStandIn> {
  const server = createServer((request, response) => {
    const say = (status: number, body: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    };
    void (async () => {
      const [user, sent] = signInOf(request);
      const body = await text(request);
      grafana.asked.push(`${request.method} ${request.url} ${user}:${sent}`);
      if (grafana.trouble !== undefined) return response.writeHead(grafana.trouble.status).end(grafana.trouble.body);
      if (user !== 'admin' || sent !== grafana.password || grafana.refusals >= 5) {
        grafana.refusals += 1;
        return say(401, { message: 'Invalid username or password' });
      }
      if (request.method === 'GET' && request.url === '/api/org') return say(200, { id: 1, name: 'Main Org.' });
      if (request.method === 'PUT' && request.url === '/api/user/password') {
        const { oldPassword, newPassword, confirmNew } = JSON.parse(body) as Record<string, string>;
        if (oldPassword !== grafana.password) return say(401, { message: 'invalid old password' });
        if (newPassword === undefined || newPassword !== confirmNew) return say(400, { message: 'Bad request data' });
        if (newPassword.length < 4) return say(400, { message: 'New password is too short' });
        grafana.password = newPassword;
        return say(200, { message: 'User password changed' });
      }
      return say(404, { message: 'Not found' });
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, address, resolve));
  const grafana: GrafanaStandIn = {
    port: (server.address() as AddressInfo).port,
    password: 'admin',
    refusals: 0,
    asked: [],
    trouble: undefined,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  return grafana;
}

function signInOf({ headers }: IncomingMessage): readonly [string, string] {
  const basic = /^Basic (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
  const words = Buffer.from(basic, 'base64').toString('utf8');
  const colon = words.indexOf(':');
  return [words.slice(0, colon), words.slice(colon + 1)];
}
