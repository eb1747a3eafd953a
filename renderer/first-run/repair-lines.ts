// What to type in a terminal for an engine that can be used, by system and by what is wrong. Pure.
import type { FailureCode } from '../../electron/core/failure.ts';
import { firstRunTexts } from '../first-run-texts.ts';

export const systems = ['debian', 'fedora', 'arch', 'macos'] as const;
export type System = (typeof systems)[number];

export interface RepairLine {
  readonly line: string;
  readonly what: string;
}

export interface Repair {
  readonly lines: readonly RepairLine[];
  // Another way, which needs no root.
  readonly otherwise?: { readonly kind: 'podman' | 'rootless'; readonly lines: readonly RepairLine[] };
  // The group counts from the next login on.
  readonly needsLogin: boolean;
}

const words = firstRunTexts.engine.lines;
const join: RepairLine = { line: 'sudo usermod -aG docker "$USER"', what: words.join };
const start: RepairLine = { line: 'sudo systemctl enable --now docker', what: words.start };
const startPodman: RepairLine = { line: 'systemctl --user enable --now podman.socket', what: words.startPodman };
const startMachine: RepairLine = { line: 'colima start', what: words.startMachine };
const rootless: RepairLine = { line: 'dockerd-rootless-setuptool.sh install', what: words.rootless };

const install: Readonly<Record<System, string>> = {
  debian: 'sudo apt-get update && sudo apt-get install docker.io',
  fedora: 'sudo dnf install moby-engine',
  arch: 'sudo pacman -S --needed docker',
  macos: 'brew install colima docker',
};

const installPodman: Readonly<Record<Exclude<System, 'macos'>, string>> = {
  debian: 'sudo apt-get update && sudo apt-get install podman',
  fedora: 'sudo dnf install podman',
  arch: 'sudo pacman -S --needed podman',
};

const update: Readonly<Record<System, string>> = {
  debian: 'sudo apt-get update && sudo apt-get install --only-upgrade docker.io',
  fedora: 'sudo dnf upgrade moby-engine',
  arch: 'sudo pacman -Syu docker',
  macos: 'brew upgrade colima docker',
};

// undefined where no line would help.
export function repairOf(code: FailureCode, system: System): Repair | undefined {
  const isMac = system === 'macos';
  switch (code) {
    case 'engine-not-found':
      return {
        lines: [{ line: install[system], what: words.install }, ...(isMac ? [startMachine] : [start, join])],
        ...(isMac ? {} : { otherwise: { kind: 'podman', lines: podmanLines(system) } }),
        needsLogin: !isMac,
      };
    case 'engine-not-running':
    case 'engine-lost':
      return {
        lines: [isMac ? startMachine : start],
        ...(isMac ? {} : { otherwise: { kind: 'podman', lines: [startPodman] } }),
        needsLogin: false,
      };
    case 'engine-permission-denied':
      if (isMac) return { lines: [startMachine], needsLogin: false };
      return { lines: [join], otherwise: { kind: 'rootless', lines: [rootless] }, needsLogin: true };
    case 'engine-too-old':
      return { lines: [{ line: update[system], what: words.update }], needsLogin: false };
    default:
      return undefined;
  }
}

function podmanLines(system: Exclude<System, 'macos'>): readonly RepairLine[] {
  return [{ line: installPodman[system], what: words.installPodman }, startPodman];
}
