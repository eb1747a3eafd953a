// Failures for people: what happened, why, what to do next. Pure.
import type { Failure } from '../core/failure.ts';
import { failureText } from '../core/failure-text.ts';
import type { Paint } from './paint.ts';

export function failureLines(failures: readonly Failure[], paint: Paint): string {
  return failures
    .map((failure) => {
      const text = failureText(failure);
      const detail = text.detail === '' ? '' : `  ${text.detail}\n`;
      return `${paint('red', paint('bold', text.title))}\n${detail}  Next: ${text.nextStep}\n`;
    })
    .join('');
}
