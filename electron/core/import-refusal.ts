// Why older data of a service is not imported, and what to do then. Nothing was changed in any of these cases.
export type ImportRefusal =
  | { readonly kind: 'keeps-nothing' }
  | { readonly kind: 'no-candidate'; readonly volume: string }
  | { readonly kind: 'several'; readonly volumes: readonly string[] }
  | { readonly kind: 'no-such-volume'; readonly volume: string }
  | { readonly kind: 'own-volume'; readonly volume: string }
  // Another one is named, but ours cannot be made.
  | { readonly kind: 'name-in-the-way'; readonly volume: string }
  | { readonly kind: 'kept-name-taken'; readonly volume: string }
  // mustGo: a container that does not run is in the way too.
  | {
      readonly kind: 'in-use';
      readonly volume: string;
      readonly containers: readonly string[];
      readonly mustGo: boolean;
    }
  | { readonly kind: 'empty'; readonly volume: string }
  | { readonly kind: 'older-store'; readonly volume: string; readonly why: string }
  | { readonly kind: 'has-data'; readonly volume: string; readonly bytes: number }
  | { readonly kind: 'no-space'; readonly neededBytes: number; readonly freeBytes: number }
  | { readonly kind: 'kept-differs'; readonly volume: string; readonly kept: string }
  | { readonly kind: 'changed' }
  | { readonly kind: 'copy-differs'; readonly volume: string }
  | { readonly kind: 'ended-from-outside' };

interface Words {
  readonly title: string;
  readonly detail: string;
  readonly nextStep: string;
}

export function importRefusalText(service: string, refusal: ImportRefusal): Words {
  const command = `macula import ${service}`;
  switch (refusal.kind) {
    case 'keeps-nothing':
      return words(`${capital(service)} keeps nothing`, 'It has no volume.', 'Name a service that has one.');
    case 'no-candidate':
      return words(
        `No older data of ${capital(service)} was found`,
        `There is no volume whose name ends with _${refusal.volume} or -${refusal.volume}.`,
        `If it has another name (docker volume ls), say which: ${command} --from <volume>.`,
      );
    case 'several':
      return words(
        `Several volumes may hold older data of ${capital(service)}`,
        `There are ${refusal.volumes.join(', ')}.`,
        `Say which: ${command} --from ${refusal.volumes[0] ?? '<volume>'}.`,
      );
    case 'no-such-volume':
      return words(
        `There is no volume ${refusal.volume}`,
        'The engine does not have it.',
        'Look at its name (docker volume ls), and try again.',
      );
    case 'own-volume':
      return words(
        `${refusal.volume} is Macula's own volume`,
        'Only what an older set-up left is imported.',
        'Name another volume.',
      );
    case 'name-in-the-way':
      return words(
        `A volume named ${refusal.volume} is not Macula's`,
        `${capital(service)}'s own volume has that name, so it cannot be made.`,
        `Import that one (${command} --from ${refusal.volume}), or remove it if it is not needed (docker volume rm ${refusal.volume}).`,
      );
    case 'kept-name-taken':
      return words(
        `A volume named ${refusal.volume} is there already`,
        'What is in the old volume would be put aside under this name.',
        `Rename or remove it (docker volume rm ${refusal.volume}), and try again.`,
      );
    case 'in-use':
      return words(
        `${refusal.volume} is in use`,
        `${refusal.mustGo ? 'It belongs to' : 'It is being written by'} ${refusal.containers.join(', ')}.`,
        refusal.mustGo
          ? `Remove the older set-up's containers (docker rm -f ${refusal.containers.join(' ')}; the data stays), and try again.`
          : `Stop the older set-up (docker stop ${refusal.containers.join(' ')}), and try again.`,
      );
    case 'empty':
      return words(
        `${refusal.volume} is empty`,
        'There is nothing to import.',
        `Remove it if it is not needed (docker volume rm ${refusal.volume}).`,
      );
    case 'older-store':
      return words(
        `What is in ${refusal.volume} cannot be read by Macula's ${capital(service)}`,
        refusal.why,
        'Keep the volume, and read it with the program that wrote it. Macula starts with an empty one.',
      );
    case 'has-data':
      return words(
        `${refusal.volume} holds data already`,
        `${capital(service)} has written ${size(refusal.bytes)} of its own there.`,
        'To lose that and have the older data instead, say --replace.',
      );
    case 'no-space':
      return words(
        'There is not enough room on the disk',
        `${size(refusal.neededBytes)} would be copied, and ${size(refusal.freeBytes)} are free.`,
        "Free some space on the engine's disk (docker system df shows what it uses) and try again.",
      );
    case 'kept-differs':
      return words(
        `${refusal.kept} holds something else than ${refusal.volume}`,
        `An earlier import put a whole copy aside; ${refusal.volume} was changed since then.`,
        `If ${refusal.volume} is what you want, remove the copy (docker volume rm ${refusal.kept}); if the copy is, remove ${refusal.volume}. Then try again.`,
      );
    case 'changed':
      return words(
        'Something has changed since it was shown',
        'Volumes or containers are not as they were when the question was asked.',
        'Try again, and look at what will be done.',
      );
    case 'copy-differs':
      return words(
        `The copy of ${refusal.volume} is not the same as what was copied`,
        'Something writes to the old volume, or the disk is faulty. The copy was thrown away.',
        'Stop what uses the old volume, and try again.',
      );
    case 'ended-from-outside':
      return words(
        'The copy was ended by somebody else',
        'Another import took its place, or the engine was stopped.',
        'Try again: what is there is finished or made anew.',
      );
  }
}

function words(title: string, detail: string, nextStep: string): Words {
  return { title, detail, nextStep };
}

function capital(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1);
}

// For people: '1.2 MB', '3.4 GB'.
export function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
