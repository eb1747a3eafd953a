// What went wrong, above every page: the failures of the last command that main knows, and those of this window's own.
import { useState } from 'react';
import type { Failure, FailureCode } from '../../electron/core/failure.ts';
import type { ShownFailure, Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { placeStore } from '../stores/navigation.ts';
import { dismissProblem, problemStore } from '../stores/problems.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { FailureBanner, UnexpectedBanner } from './failure-banner.tsx';

function keyOf(failure: Failure): string {
  return JSON.stringify(failure);
}

const ofDownloads: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'image-denied',
  'image-not-found',
  'registry-unreachable',
  'disk-full',
]);

function retry({ code }: Failure, startsNothing: boolean): void {
  if (code.startsWith('engine-')) void run('engine:retry', undefined);
  else if (startsNothing && ofDownloads.has(code)) void run('images:pull', {});
  else void run('stack:up', {});
}

const none: readonly ShownFailure[] = [];

interface BannersProps {
  readonly snapshot: Snapshot | undefined;
  // Trying again is downloading again, not starting.
  readonly isAboutImages?: boolean;
}

export function Banners({ snapshot, isAboutImages = false }: BannersProps) {
  const { page } = useStore(placeStore);
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
          isBrief={page === 'logs'}
          onRetry={() => retry(shown.failure, isAboutImages || page === 'images')}
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
