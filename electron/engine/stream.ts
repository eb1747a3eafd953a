// A request whose answer is read as it comes. The library has no such call for a ping (it hides the headers)
// nor for logs that are not followed (it gathers them whole).
import type { IncomingMessage } from 'node:http';
import type Docker from 'dockerode';

export interface StreamRequest {
  readonly path: string;
  readonly query?: Readonly<Record<string, string | number | boolean>>;
  readonly signal: AbortSignal;
}

export function openStream(docker: Docker, request: StreamRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    docker.modem.dial(
      {
        method: 'GET',
        // The library drops the last character where there is no query.
        path: `${request.path}?`,
        options: { ...request.query },
        abortSignal: request.signal,
        isStream: true,
        statusCodes: { 200: true },
      },
      (error: unknown, answer: unknown) => {
        if (error !== null && error !== undefined) reject(error);
        else resolve(answer as IncomingMessage);
      },
    );
  });
}
