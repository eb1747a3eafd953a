// Why there is no engine to ask.
import type { Failure } from '../core/failure.ts';
import type { Knowledge } from './knowledge.ts';

export function engineFailure({ engineState }: Pick<Knowledge, 'engineState'>): Failure {
  return engineState.kind === 'unavailable'
    ? engineState.failure.failure
    : { code: 'engine-lost', detail: 'There is no connection to an engine.' };
}
