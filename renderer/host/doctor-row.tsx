import type { DoctorCheck, DoctorRepair } from '../../electron/core/doctor.ts';
import type { StackState } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';
import { repair } from './doctor-store.ts';
import { exactLines } from './exact-text.ts';
import { openPreview } from './sheet-store.ts';

const words = texts.host.doctor;

const icons: Readonly<Record<Exclude<DoctorCheck['result'], 'note'>, StackState>> = {
  ok: 'ready',
  failed: 'failed',
  skipped: 'unknown',
};

interface DoctorRowProps {
  readonly check: DoctorCheck;
  readonly isRepairing: boolean;
  readonly isBusy: boolean;
}

export function DoctorRow({ check, isRepairing, isBusy }: DoctorRowProps) {
  const { result, subject, detail, nextStep, repair: offered } = check;
  return (
    <li className="check" data-result={result}>
      {result === 'note' ? <Icon name="info" /> : <StateIcon state={icons[result]} />}
      <div className="check-words">
        <p>
          <span className="check-result">{words.results[result].one}</span>
          <span className="check-subject">{subject}</span>
        </p>
        {/* Details quote what containers and other programs said. */}
        <p className="check-detail">{exactLines(detail)}</p>
        {nextStep !== undefined && nextStep !== '' && (
          <p className="check-next">
            <strong>{words.next}</strong> {nextStep}
          </p>
        )}
        {offered !== undefined && (
          <Button isEnabled={!isBusy} about={subject} onPress={() => act(subject, offered)}>
            {isRepairing ? words.repairing : offered.label}
          </Button>
        )}
      </div>
    </li>
  );
}

function act(subject: string, { action }: DoctorRepair): void {
  if (action.kind === 'host') void openPreview(action.change);
  else void repair(subject);
}
