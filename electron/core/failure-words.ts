// Pieces of the sentences about failures. Pure.
import type { EngineAttempt } from './failure.ts';

export function wideWords(keys: readonly string[]): string {
  const isWidened = keys.some((key) => key.startsWith('retention'));
  return isWidened ? ', of retention the widest limits so that nothing is deleted' : '';
}

// Ids are titles in small letters.
export function capital(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1);
}

export function listed(services: readonly string[]): string {
  return services.map(capital).join(', ');
}

export function attempts(tried: readonly EngineAttempt[]): string {
  return tried.map((attempt) => `${attempt.endpoint} (${attempt.foundBy}): ${attempt.rejected}.`).join(' ');
}

export function quoted(lines: readonly string[]): string {
  return lines.length === 0 ? '' : `Its last words: ${lines.join(' / ')}`;
}
