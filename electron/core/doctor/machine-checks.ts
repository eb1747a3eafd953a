// The disks that everything is written to, and the record of what was set up on this machine. Pure.
import type { HostChange } from '../host/host-view.ts';
import { type DoctorCheck, failed, hostRepair, note, ok } from './check.ts';
import type { DiskFacts, DoctorFacts } from './facts.ts';

const gibibyte = 2 ** 30;
const mebibyte = 2 ** 20;

export function diskChecks({ disks }: DoctorFacts): readonly DoctorCheck[] {
  return disks.map(diskCheck);
}

function diskCheck({ path, holds, freeBytes, totalBytes }: DiskFacts): DoctorCheck {
  const isImages = holds === 'images';
  const subject = isImages ? "the engine's disk" : "the settings' disk";
  const share = totalBytes === 0 ? 0 : Math.round((100 * freeBytes) / totalBytes);
  const words = `${sizeWords(freeBytes)} free at ${path}, ${share} % of ${sizeWords(totalBytes)}`;
  const nextStep = isImages
    ? 'Free some: docker system df shows what the engine uses, docker image prune removes images that nothing uses.'
    : `Free some: du -xh --max-depth=1 ${path} shows what is large there.`;
  if (isScarce(freeBytes, totalBytes, isImages)) {
    return failed(subject, `Only ${words}. ${isImages ? 'Databases stop when it is full.' : ''}`.trim(), nextStep);
  }
  if (freeBytes < (isImages ? 5 * gibibyte : 100 * mebibyte)) return note(subject, `${words}.`, nextStep);
  return ok(subject, words);
}

// Images and databases are written in gibibytes, settings in kilobytes. Three in a hundred is little of a small disk
// only: of a large one it is plenty.
function isScarce(freeBytes: number, totalBytes: number, isImages: boolean): boolean {
  if (!isImages) return freeBytes < 10 * mebibyte;
  return freeBytes < gibibyte || (freeBytes < 5 * gibibyte && freeBytes < 0.03 * totalBytes);
}

function sizeWords(size: number): string {
  return size < gibibyte ? `${Math.floor(size / mebibyte)} MiB` : `${(size / gibibyte).toFixed(1)} GiB`;
}

export function recordChecks({ machine }: DoctorFacts): readonly DoctorCheck[] {
  if (machine === undefined) return [];
  const { isInterrupted, edited, names } = machine.view;
  const again: HostChange =
    names.applied === undefined ? { kind: 'undo' } : { kind: 'names', backend: names.applied.backend };
  if (isInterrupted) {
    return [
      failed(
        'changes of this machine',
        'One was cut off before it was done.',
        again.kind === 'undo'
          ? 'macula host undo puts that right.'
          : 'macula host apply puts that right, or macula host undo takes all of it back.',
        hostRepair('Put it right…', again),
      ),
    ];
  }
  return edited.map((path) => {
    const subject = `file ${path}`;
    // Other lines of the hosts file are the user's own; whether ours still work is what the names say.
    if (path.endsWith('/hosts')) {
      return note(subject, "It was edited since Macula's lines came in. An undo takes those away, and nothing else.");
    }
    return failed(
      subject,
      'Macula wrote it, and it was edited or deleted since.',
      `macula host undo takes everything else back and leaves it; or move it away (sudo mv ${path} ${path}.edited), then macula host apply.`,
      hostRepair(again.kind === 'undo' ? 'Undo…' : 'Set up names again…', again),
    );
  });
}
