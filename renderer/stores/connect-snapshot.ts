// Keeps the mirror of the app's state up to date.
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { invoke, listen } from '../bridge.ts';
import { announce } from './announcements.ts';
import { changeWords } from './change-words.ts';
import { forgetKnownProblems, reportProblem } from './problems.ts';
import { shareEqual } from './share-equal.ts';
import { snapshotStore } from './snapshot-store.ts';

export function acceptSnapshot(next: Snapshot): void {
  const previous = snapshotStore.get();
  // The answer to the first question may be older than an event that overtook it.
  if (previous !== undefined && next.number <= previous.number) return;
  snapshotStore.set(shareEqual(previous, next));
  forgetKnownProblems();
  if (previous === undefined) markFirstRows();
  if (previous !== undefined) announce(changeWords(previous, next));
}

export function connectSnapshot(): void {
  listen('snapshot', acceptSnapshot);
  void invoke('snapshot:get', undefined).then((result) => {
    if (result.ok) acceptSnapshot(result.value);
    else if ('unexpected' in result) reportProblem({ command: 'snapshot:get', unexpected: result.unexpected });
    else reportProblem({ command: 'snapshot:get', shown: { failure: result.failure, text: result.text } });
  });
}

// When rows are on the screen for the first time: what measures the window's start looks for it.
function markFirstRows(): void {
  requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('rows')));
}
