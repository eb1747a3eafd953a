// What a process and all it has started take, as the kernel counts it.
import { readdirSync, readFileSync } from 'node:fs';

export function processTree(root: number): readonly number[] {
  const parents = new Map<number, number>();
  for (const entry of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = parentOf(Number(entry));
    if (parent !== undefined) parents.set(Number(entry), parent);
  }
  const isBelow = (id: number): boolean => id === root || (parents.has(id) && isBelow(parents.get(id) ?? 0));
  return [...parents.keys()].filter(isBelow);
}

// MiB; pages shared by several processes count in parts.
export interface Memory {
  readonly all: number;
  // Without the pages of program files, which the kernel keeps as long as nobody else needs the room.
  readonly own: number;
}

export function memoryOfTree(root: number): Memory {
  const rollups = processTree(root).map((id) => readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'));
  const sum = (name: string): number =>
    rollups
      .map((rollup) => Number(new RegExp(`^${name}:\\s*(\\d+) kB$`, 'm').exec(rollup)?.[1]) / 1024)
      .reduce((total, value) => total + value, 0);
  return { all: sum('Pss'), own: sum('Pss_Anon') + sum('Pss_Shmem') };
}

export interface Activity {
  // Times that a thread was given a processor because it wanted one.
  readonly wakeUps: number;
  readonly processorSeconds: number;
}

// Since each thread began; one that has ended meanwhile is not counted.
export function activityOfTree(root: number): Activity {
  let wakeUps = 0;
  let processorSeconds = 0;
  for (const id of processTree(root)) {
    for (const thread of readdirSync(`/proc/${id}/task`)) {
      try {
        const status = readFileSync(`/proc/${id}/task/${thread}/status`, 'utf8');
        wakeUps += Number(/^voluntary_ctxt_switches:\s*(\d+)$/m.exec(status)?.[1] ?? 0);
        // Nanoseconds on a processor come first.
        const schedule = readFileSync(`/proc/${id}/task/${thread}/schedstat`, 'utf8');
        processorSeconds += Number(schedule.split(' ')[0]) / 1e9;
      } catch {
        // It has ended meanwhile.
      }
    }
  }
  return { wakeUps, processorSeconds };
}

function parentOf(id: number): number | undefined {
  try {
    return Number(/^PPid:\s*(\d+)$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1]);
  } catch {
    // It has ended meanwhile.
    return undefined;
  }
}
