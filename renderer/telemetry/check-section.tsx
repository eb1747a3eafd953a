import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { ProblemWords } from '../host/problem-words.tsx';
import type { SignalReport } from '../../electron/core/telemetry/signal-report.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { clockTime } from '../words/clock.ts';
import { useDuration } from '../words/use-duration.ts';
import { HopRow } from './hop-row.tsx';
import { checkSignals, signalStore } from './signal-store.ts';
import { countResults, hopGroups, isSaidBelow, signalText } from './signal-text.ts';
import { TelemetrySection } from './telemetry-section.tsx';

const words = texts.telemetry.check;

export function CheckSection() {
  const { runningSince, last, problem } = useStore(signalStore);
  const isRunning = runningSince !== undefined;
  return (
    <TelemetrySection name="check" title={words.title}>
      <p className="host-how">{words.intro}</p>
      <div className="host-actions">
        <Button kind="primary" isEnabled={!isRunning} onPress={() => void checkSignals()}>
          {words.run}
        </Button>
        {last !== undefined && (
          <CopyButton text={() => signalText(last.report)} what={words.copyWhat} label={words.copy} />
        )}
        <p className="hint">
          {isRunning ? (
            <Running since={runningSince} />
          ) : last === undefined ? (
            words.never
          ) : (
            words.lastRun(clockTime(last.at))
          )}
        </p>
      </div>
      {/* Its room is always there, so that nothing moves when it begins. */}
      <div className="doctor-progress">{isRunning && <progress aria-label={words.running} />}</div>
      {problem !== undefined && <ProblemWords problem={problem} />}
      {last !== undefined && <Report report={last.report} />}
    </TelemetrySection>
  );
}

function Running({ since }: { readonly since: number }) {
  return (
    <>
      {words.running}, {useDuration(since)}. {words.atMost}
    </>
  );
}

function Report({ report }: { readonly report: SignalReport }) {
  return (
    <>
      <div className="host-lead">
        <p className="host-summary">{words.summary(countResults(report))}</p>
        <p className="host-how">
          {words.trace} <span className="code">{report.traceId}</span>
          <CopyButton text={report.traceId} what={words.copyTrace} />
        </p>
      </div>
      <div className="hop-groups">
        {hopGroups(report).map(({ title, hops }) => (
          <div key={title} className="check-group">
            <h3>{title}</h3>
            <ol className="checks hops" aria-label={title}>
              {hops.map((hop, index) => (
                <HopRow key={`${hop.name} ${index}`} hop={hop} isSaidBelow={isSaidBelow(hop, hops[index + 1])} />
              ))}
            </ol>
          </div>
        ))}
      </div>
    </>
  );
}
