// The words of failures around logs and the other signals.
import type { FailureText } from './failure.ts';
import { writeTrouble } from './write-trouble.ts';

export type LogFailure =
  // Nothing is left of what was begun; a file that was there is as it was.
  | { readonly code: 'file-unwritable'; readonly path: string; readonly detail: string }
  | { readonly code: 'grafana-off' }
  | { readonly code: 'telemetry-unavailable'; readonly detail: string };

export function logFailureText(failure: LogFailure): FailureText {
  if (failure.code === 'grafana-off') {
    return {
      title: 'Grafana does not run',
      detail: 'The lines are shown there by Grafana, out of what Loki keeps.',
      nextStep: 'Start Grafana and Loki, then try again.',
    };
  }
  if (failure.code === 'telemetry-unavailable') {
    return {
      title: 'The signals cannot be checked now',
      detail: failure.detail,
      nextStep: 'Start the stack (macula up), then try again.',
    };
  }
  const { words, nextStep } = writeTrouble(failure.detail);
  return {
    title: 'The file could not be written',
    detail: `${failure.path}: ${words}. Nothing of it was left behind.`,
    nextStep: `${nextStep} Or choose another folder.`,
  };
}
