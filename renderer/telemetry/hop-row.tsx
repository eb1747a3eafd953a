import type { SignalHop } from '../../electron/core/telemetry/signal-report.ts';
import type { StackState } from '../../electron/core/snapshot.ts';
import { StateIcon } from '../components/state-icon.tsx';
import { exactLines } from '../host/exact-text.ts';
import { texts } from '../texts.ts';

const words = texts.telemetry.check;

const icons: Readonly<Record<SignalHop['result'], StackState>> = {
  ok: 'ready',
  failed: 'failed',
  'not-run': 'unknown',
};

interface HopRowProps {
  readonly hop: SignalHop;
  // Its reason and next step are those of the hop after it.
  readonly isSaidBelow: boolean;
}

export function HopRow({ hop, isSaidBelow }: HopRowProps) {
  const { name, result, milliseconds, reason, nextStep } = hop;
  return (
    <li className="check" data-result={result}>
      <StateIcon state={icons[result]} />
      <div className="check-words">
        <p className="hop-line">
          <span>
            <span className="check-result">{words.results[result]}</span>
            <span className="check-subject">{name}</span>
          </span>
          {milliseconds !== undefined && <span className="hop-time">{words.time(milliseconds)}</span>}
        </p>
        {/* Reasons quote what services said. */}
        {reason !== undefined && !isSaidBelow && <p className="check-detail">{exactLines(reason)}</p>}
        {nextStep !== undefined && !isSaidBelow && (
          <p className="check-next">
            <strong>{words.next}</strong> {nextStep}
          </p>
        )}
      </div>
    </li>
  );
}
