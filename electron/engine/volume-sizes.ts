// How much of the engine's disk each volume takes.
import { json } from 'node:stream/consumers';
import type Docker from 'dockerode';
import { compareVersions } from './probe.ts';
import { openStream } from './stream.ts';

export interface EngineDiskUse {
  readonly Volumes?:
    | readonly { readonly Name: string; readonly UsageData?: { readonly Size?: number } | null }[]
    | null;
}

export async function volumeSizes(
  docker: Docker,
  apiVersion: string,
  names: readonly string[],
  signal: AbortSignal,
): Promise<Readonly<Record<string, number>>> {
  // Older ones measure images and containers as well, whoever asks.
  const query = compareVersions(apiVersion, '1.42') < 0 ? {} : { type: 'volume' };
  const answer = await openStream(docker, { path: '/system/df', query, signal });
  return toVolumeSizes((await json(answer)) as EngineDiskUse, names);
}

export function toVolumeSizes(found: EngineDiskUse, names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    (found.Volumes ?? []).flatMap(({ Name: name, UsageData: use }) => {
      const size = use?.Size ?? -1;
      // -1 is what the engine says of one that it cannot measure.
      return names.includes(name) && size >= 0 ? [[name, size]] : [];
    }),
  );
}
