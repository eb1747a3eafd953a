// What went wrong, above every page: the failures of the last command that main knows, and those of this window's own.
import { useState } from 'react';
import type { Failure } from '../../electron/core/failure.ts';
import type { ShownFailure, Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { dismissProblem, problemStore } from '../stores/problems.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { FailureBanner, UnexpectedBanner } from './failure-banner.tsx';

function keyOf(failure: Failure): string {
  return JSON.stringify(failure);
}

function retry(failure: Failure): void {
  if (failure.code.startsWith('engine-')) void run('engine:retry', undefined);
  else void run('stack:up', {});
}

const none: readonly ShownFailure[] = [];

export function Banners({ snapshot }: { readonly snapshot: Snapshot | undefined }) {
  const problems = useStore(problemStore);
  const failures = snapshot?.failures ?? none;
  // Dismissed ones come back only with a new command: that is a new list.
  const [dismissed, setDismissed] = useState<{ of: readonly ShownFailure[]; keys: readonly string[] }>({
    of: none,
    keys: [],
  });
  const hidden = dismissed.of === failures ? dismissed.keys : [];
  const engineKey = snapshot?.engine.kind === 'unavailable' ? keyOf(snapshot.engine.failure.failure) : '';
  const known = failures.filter(({ failure }) => keyOf(failure) !== engineKey && !hidden.includes(keyOf(failure)));
  const own = problems.filter(({ shown }) => shown === undefined || keyOf(shown.failure) !== engineKey);
  if (known.length + own.length === 0) return null;
  return (
    <section className="banners" aria-label={texts.banner.problems}>
      {known.map((shown) => (
        <FailureBanner
          key={keyOf(shown.failure)}
          shown={shown}
          onRetry={() => retry(shown.failure)}
          onDismiss={() => setDismissed({ of: failures, keys: [...hidden, keyOf(shown.failure)] })}
        />
      ))}
      {own.map((problem) =>
        problem.shown === undefined ? (
          <UnexpectedBanner
            key={problem.id}
            reference={problem.unexpected ?? ''}
            onDismiss={() => dismissProblem(problem.id)}
          />
        ) : (
          <FailureBanner
            key={problem.id}
            shown={problem.shown}
            onRetry={problem.repeat ?? (() => undefined)}
            onDismiss={() => dismissProblem(problem.id)}
          />
        ),
      )}
    </section>
  );
}
