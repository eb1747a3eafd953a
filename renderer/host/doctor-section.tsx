import type { DoctorCheck } from '../../electron/core/doctor.ts';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { clockTime } from '../words/clock.ts';
import { DoctorRow } from './doctor-row.tsx';
import { checkEverything, doctorStore, failedOf } from './doctor-store.ts';
import { doctorText, resultOrder } from './doctor-text.ts';
import { HostSection } from './host-section.tsx';

const words = texts.host.doctor;

export function DoctorSection() {
  const { isRunning, last, repairing } = useStore(doctorStore);
  return (
    <HostSection name="doctor" title={words.title}>
      <p className="host-how">{words.intro}</p>
      <div className="host-actions">
        <Button kind="primary" isEnabled={!isRunning} onPress={() => void checkEverything()}>
          {words.run}
        </Button>
        {last !== undefined && (
          <CopyButton text={() => doctorText(last.checks)} what={words.copyWhat} label={words.copy} />
        )}
        <p className="hint">{last === undefined ? words.never : words.lastRun(clockTime(last.at))}</p>
      </div>
      {/* Its room is always there, so that nothing moves when it begins. */}
      <div className="doctor-progress">{isRunning && <progress aria-label={words.running} />}</div>
      {last !== undefined && <DoctorResults checks={last.checks} repairing={repairing} isBusy={isRunning} />}
    </HostSection>
  );
}

interface DoctorResultsProps {
  readonly checks: readonly DoctorCheck[];
  readonly repairing: string | undefined;
  readonly isBusy: boolean;
}

function DoctorResults({ checks, repairing, isBusy }: DoctorResultsProps) {
  const failed = failedOf(checks);
  return (
    <>
      <p className="host-summary">{words.summary(failed, checks.length)}</p>
      {resultOrder.map((result) => {
        const members = checks.filter((check) => check.result === result);
        if (members.length === 0) return null;
        const title = words.group(words.results[result].group, members.length);
        const list = (
          <ul className="checks">
            {members.map((check, index) => (
              <DoctorRow
                key={`${check.subject} ${index}`}
                check={check}
                isRepairing={repairing !== undefined && repairing === check.subject}
                isBusy={isBusy || repairing !== undefined}
              />
            ))}
          </ul>
        );
        // What is in order is there to be read, but does not push what is not out of sight.
        return result === 'failed' || result === 'note' ? (
          <div key={result} className="check-group">
            <h3>{title}</h3>
            {list}
          </div>
        ) : (
          <details key={result} className="check-group">
            <summary>{title}</summary>
            {list}
          </details>
        );
      })}
    </>
  );
}
