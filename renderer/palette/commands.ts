// Everything that can be done from the keyboard, as it is now.
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { fit } from './fuzzy.ts';
import type { PaletteCommand } from './palette-command.ts';
import { placeCommands } from './place-commands.ts';
import { serviceCommands } from './service-commands.ts';
import { stackCommands } from './stack-commands.ts';

export function commandsOf(snapshot: Snapshot): readonly PaletteCommand[] {
  const services = serviceCommands(snapshot);
  const isEvidence = ({ id }: PaletteCommand): boolean => id.startsWith('evidence ');
  // What failed is what somebody came for.
  return [
    ...services.filter(isEvidence),
    ...placeCommands.filter(({ group }) => group === 'page'),
    ...stackCommands(snapshot),
    ...placeCommands.filter(({ group }) => group !== 'page'),
    ...services.filter((command) => !isEvidence(command)),
  ];
}

export interface Match {
  readonly command: PaletteCommand;
  readonly places: readonly number[];
}

// Best first. Without a query: those used last, then all others that can be done.
export function matchCommands(
  commands: readonly PaletteCommand[],
  query: string,
  recent: readonly string[],
): readonly Match[] {
  const rank = (id: string): number => {
    const at = recent.indexOf(id);
    return at === -1 ? recent.length : at;
  };
  if (query.trim() === '') {
    return commands
      .filter(({ off }) => off === undefined)
      .map((command) => ({ command, places: [] }))
      .sort((one, other) => rank(one.command.id) - rank(other.command.id));
  }
  return commands
    .flatMap((command) => {
      const found = fit(query, command.title, command.also);
      if (found === undefined) return [];
      const use = recent.includes(command.id) ? 8 - rank(command.id) : 0;
      // Of those that fit alike, what is about all services.
      const bonus = use + (command.group === 'stack' ? 2 : 0);
      // What cannot be done is still found, with why, below all that can.
      return [{ command, places: found.places, score: found.score + bonus - (command.off === undefined ? 0 : 1000) }];
    })
    .sort((one, other) => other.score - one.score);
}
