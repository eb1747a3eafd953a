// Something that is not ours has one of our names, or one of our volumes.
import type { FailureText } from './failure.ts';

export function foreignText(kind: 'container' | 'network' | 'volume', name: string): FailureText {
  return {
    title: `A ${kind} named ${name} is not Macula's`,
    detail: `It has the name that Macula needs, but was made by someone else, so it is left alone. Nothing was created.`,
    nextStep: kind === 'volume' ? volumeStep(name) : remove(kind, name),
    action: { kind: 'retry', label: 'Try again' },
  };
}

export function inUseText(volume: string, containers: readonly string[]): FailureText {
  const names = containers.join(', ');
  return {
    title: `The volume ${volume} is in use by ${names}`,
    detail:
      'A volume cannot be deleted while another container has it, running or not. Nothing was stopped or deleted.',
    nextStep: `Remove what has it, if it is not needed (docker rm -f ${containers.join(' ')}; the volume stays), and try again.`,
    action: { kind: 'retry', label: 'Try again' },
  };
}

function remove(kind: string, name: string): string {
  return `If it is not needed, remove it (docker ${kind} rm ${name}) or rename it, then try again.`;
}

// Every volume is named after its service.
function volumeStep(name: string): string {
  const command = `macula import ${name.replace(/-data$/, '')}`;
  return `If an older set-up left it, take its data over: ${command} says what it will do, and asks. If it is not needed, remove it (docker volume rm ${name}). Then try again.`;
}
