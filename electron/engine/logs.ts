// The log of one container, in batches as it comes. The answer is read only as fast as the batches are taken.
import type Docker from 'dockerode';
import type { LogLine, LogQuery } from '../core/engine-port.ts';
import { isAbort, isEngineLost, statusOf, translate } from './failures.ts';
import { dockerCut, LogFrames, podmanCut } from './frames.ts';
import { openPlainStream } from './plain-stream.ts';
import { openStream } from './stream.ts';

export async function* readLogs(docker: Docker, query: LogQuery, isPodman: boolean): AsyncIterable<readonly LogLine[]> {
  const frames = new LogFrames(query.service, isPodman ? podmanCut : dockerCut);
  const ended = new AbortController();
  try {
    const signal = AbortSignal.any([query.signal, ended.signal]);
    // Podman ends the pieces of a cut line as if they were lines, except in its own version of the call.
    const path = `${isPodman ? '/libpod' : ''}/containers/${query.containerId}/logs`;
    const request = { path, query: toQuery(query, isPodman), signal };
    const answer = (await openPlainStream(docker, request)) ?? (await openStream(docker, request));
    for await (const chunk of answer) {
      const lines = frames.push(chunk as Buffer);
      if (lines.length > 0) yield lines;
    }
    const last = frames.end();
    if (last.length > 0) yield last;
  } catch (error) {
    if (query.signal.aborted || isAbort(error)) return;
    // A container that is gone, or an engine that is, has nothing more to say: what came before stands.
    if (statusOf(error) === 404 || statusOf(error) === 409 || isEngineLost(error)) return;
    throw translate(error, { operation: 'read the log', service: query.service });
  } finally {
    // The consumer may have left before the end.
    ended.abort();
  }
}

function toQuery(query: LogQuery, isPodman: boolean): Readonly<Record<string, string | number | boolean>> {
  return {
    stdout: true,
    stderr: true,
    timestamps: true,
    follow: query.follow,
    tail: query.tail === undefined ? 'all' : query.tail,
    ...(query.since !== undefined && { since: toSince(query.since) }),
    ...(query.until !== undefined && { until: toUntil(query.until, isPodman) }),
  };
}

// A number of this size is exact to a quarter of a microsecond: asked from a little earlier, nothing is missed.
function toSince(seconds: number): string {
  return Math.max(0, seconds - 1e-6).toFixed(9);
}

// The whole millisecond, or where only seconds count the whole second.
function toUntil(seconds: number, isPodman: boolean): string {
  return isPodman ? String(Math.floor(seconds) + 1) : (seconds + 0.001).toFixed(9);
}
