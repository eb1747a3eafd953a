import type { Activity, Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';
import { useDuration } from '../words/use-duration.ts';
import { Gauge } from './gauge.tsx';
import { LanLine } from './lan-line.tsx';

export function StackHeader({ snapshot }: { readonly snapshot: Snapshot }) {
  const { stack, activity, engine } = snapshot;
  const { start, stop, cancel } = stack.actions;
  return (
    <header className="stack" data-state={stack.state}>
      <StateIcon state={stack.state} />
      <div className="stack-words">
        <h1>{headingOf(snapshot)}</h1>
        <p className="stack-summary">{summaryOf(snapshot)}</p>
        <p className="stack-engine">
          <EngineWords engine={engine} />
        </p>
        <LanLine host={snapshot.host} />
      </div>
      <div className="stack-side">
        <div className="stack-actions">
          <Button
            kind="primary"
            icon="start"
            about={texts.stack.all}
            isEnabled={start}
            onPress={() => void run('stack:up', {})}
          >
            {texts.stack.start}
          </Button>
          <Button icon="stop" about={texts.stack.all} isEnabled={stop} onPress={() => void run('stack:stop', {})}>
            {texts.stack.stop}
          </Button>
          {cancel && (
            <Button icon="close" about={texts.stack.whatRuns} onPress={() => void run('stack:cancel', undefined)}>
              {texts.stack.cancel}
            </Button>
          )}
        </div>
        <Gauge services={snapshot.services} />
      </div>
      {activity !== undefined && <ActivityProgress activity={activity} />}
    </header>
  );
}

function headingOf({ stack, activity, engine }: Snapshot): string {
  if (engine.kind === 'connecting') return texts.stack.connecting;
  if (stack.state === 'working' && activity !== undefined) return texts.activity(activity.command);
  return texts.stack.headings[stack.state];
}

// Main's summary, but where it would only say the heading or the engine card once more.
function summaryOf({ stack, engine, services }: Snapshot): string {
  if (engine.kind !== 'connected') return '';
  if (stack.state !== 'off') return stack.summary;
  return texts.stack.offSummary(services.filter((service) => service.enabled).map((service) => service.title));
}

function EngineWords({ engine }: { readonly engine: Snapshot['engine'] }) {
  if (engine.kind !== 'connected') return null;
  const { product, version, rootless, endpoint, foundBy } = engine.description;
  return (
    <>
      <span>
        {texts.stack.engine(product, version)}
        {rootless && `, ${texts.stack.rootless}`}
      </span>
      <span className="stack-endpoint">{endpoint}</span>
      <span>{texts.stack.foundBy(foundBy)}</span>
    </>
  );
}

function ActivityProgress({ activity }: { readonly activity: Activity }) {
  const { command, operationsDone, operationsTotal, startedAt } = activity;
  return (
    <div className="activity">
      <progress aria-label={texts.activity(command)} value={operationsDone} max={Math.max(1, operationsTotal)} />
      <p>
        {operationsTotal > 0 && <span>{texts.stack.progress(operationsDone, operationsTotal)}</span>}
        <span>{useDuration(startedAt)}</span>
      </p>
    </div>
  );
}
