import { expect } from 'vitest';
import { type Failure, type FailureCode, FailureError } from '../../electron/core/failure.ts';

export async function expectFailure<C extends FailureCode>(
  work: Promise<unknown>,
  code: C,
): Promise<Extract<Failure, { code: C }>> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(FailureError);
  const { failure } = thrown as FailureError;
  expect(failure).toMatchObject({ code });
  return failure as Extract<Failure, { code: C }>;
}
