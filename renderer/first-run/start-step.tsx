import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { AppLink } from '../components/app-link.tsx';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';
import { useDuration } from '../words/use-duration.ts';
import { finishFirstRun, rememberFirstRun } from './first-run-store.ts';

const words = texts.firstRun.start;

export function StartStep({ snapshot }: { readonly snapshot: Snapshot }) {
  const { stack, services, activity } = snapshot;
  const isStarting = activity !== undefined && activity.command !== 'pull';
  const isOff = stack.state === 'off' || stack.state === 'unknown' || activity?.command === 'pull';
  return (
    <>
      <p className="first-run-what">{words.what}</p>
      {isOff && <p>{hintOf(snapshot)}</p>}
      {!isOff && (
        <p className="first-run-found" role="status">
          <StateIcon state={stack.state} />
          <strong>{stack.summary}</strong>
        </p>
      )}
      {isStarting && <Starting activity={activity} isCancellable={stack.actions.cancel} />}
      {stack.state === 'ready' && (
        <div>
          <p>{words.ready}</p>
          <ul className="first-run-pages">
            {services
              .filter(({ actions }) => actions.open)
              .map(({ id, title, urls }) => (
                <li key={id}>
                  <strong>{title}</strong>
                  <AppLink id={urls[0]?.id} label={urls[0]?.label ?? ''} url={urls[0]?.url ?? ''} />
                </li>
              ))}
          </ul>
        </div>
      )}
      <div className="images-actions">
        {(isOff || stack.actions.start) && stack.state !== 'ready' && (
          <Button kind="primary" icon="start" isEnabled={stack.actions.start} onPress={start}>
            {words.start}
          </Button>
        )}
        <Button kind={stack.state === 'ready' ? 'primary' : 'plain'} onPress={() => void finishFirstRun()}>
          {isOff ? words.without : words.leave}
        </Button>
      </div>
    </>
  );
}

// What was asked for is under way: the steps have done their part, even if the window is closed now.
function start(): void {
  void run('stack:up', {});
  void rememberFirstRun();
}

function hintOf({ engine, activity, services }: Snapshot): string {
  if (engine.kind !== 'connected') return words.noEngine;
  if (activity?.command === 'pull') return words.downloads;
  const missing = services.filter(({ enabled, image }) => enabled && !image.present).length;
  return missing === 0 ? '' : words.missing(missing);
}

interface StartingProps {
  readonly activity: NonNullable<Snapshot['activity']>;
  readonly isCancellable: boolean;
}

function Starting({ activity: { operationsDone, operationsTotal, startedAt }, isCancellable }: StartingProps) {
  return (
    <div className="download-all">
      <p>
        <span>{words.progress(operationsDone, operationsTotal)}</span>
        <span>{useDuration(startedAt)}</span>
        <Button
          icon="close"
          about={words.cancelAbout}
          isEnabled={isCancellable}
          onPress={() => void run('stack:cancel', undefined)}
        >
          {words.cancel}
        </Button>
      </p>
      <progress aria-label={words.starting} value={operationsDone} max={Math.max(1, operationsTotal)} />
    </div>
  );
}
