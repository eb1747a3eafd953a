// Whether a service still takes the password that everybody knows. Asked only when somebody wants to open it: Grafana
// counts a refused sign-in as an attempt, and locks the account for minutes after five.
import { createRequire } from 'node:module';
import type { DefaultPassword } from '../core/catalog/service.ts';

// As in probe.ts: importing it as a module costs 25 ms.
const { request } = createRequire(import.meta.url)('node:http') as typeof import('node:http');
const answerMilliseconds = 3000;

export type PasswordFinding = 'default' | 'changed' | 'unknown';

export function findPassword(
  address: string,
  { port, path, user, password }: DefaultPassword,
): Promise<PasswordFinding> {
  return new Promise((resolve) => {
    const options = { agent: false, auth: `${user}:${password}`, timeout: answerMilliseconds } as const;
    const outgoing = request(`http://${address}:${port}${path}`, options, (response) => {
      const { statusCode = 0 } = response.resume();
      resolve(statusCode === 401 || statusCode === 403 ? 'changed' : statusCode === 200 ? 'default' : 'unknown');
    });
    outgoing.on('timeout', () => outgoing.destroy());
    outgoing.on('error', () => resolve('unknown'));
    outgoing.end();
  });
}
