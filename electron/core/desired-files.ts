// What goes into a container when it is made. Pure.
import type { ContainerFile, DesiredContainer } from './desired.ts';

export function desiredFiles({ files, liveFiles }: DesiredContainer): readonly ContainerFile[] {
  return [...files, ...liveFiles];
}
