import type { CSSProperties } from 'react';
import type { StackState } from '../../electron/core/snapshot.ts';
import { markDistance, slowest, upLength } from '../../electron/core/timeline-spans.ts';
import type { StepKind, UpTimeline } from '../../electron/core/timeline.ts';
import { StateIcon } from '../components/state-icon.tsx';
import { timelineTexts } from '../timeline-texts.ts';
import { momentWords } from '../words/clock.ts';
import { spanWords } from '../words/duration.ts';
import { formatNumber } from '../words/numbers.ts';
import { StartRow } from './start-row.tsx';
import { useNow } from './use-now.ts';

const words = timelineTexts.start;
const kinds: readonly StepKind[] = ['pull', 'create', 'start', 'ready'];
const mostMarks = 6;

const icons: Readonly<Record<UpTimeline['outcome'], StackState>> = {
  running: 'working',
  done: 'ready',
  failed: 'failed',
  cancelled: 'off',
};

export function StartSection({ up }: { readonly up: UpTimeline | undefined }) {
  return (
    <section className="timeline-section" aria-labelledby="last-start">
      <h2 id="last-start">{words.title}</h2>
      {up === undefined ? <p className="timeline-none">{words.none}</p> : <Start up={up} />}
    </section>
  );
}

function Start({ up }: { readonly up: UpTimeline }) {
  const now = useNow(up.outcome === 'running');
  const length = Math.max(1, upLength(up, now));
  const distance = markDistance(length, mostMarks);
  const all = Array.from({ length: Math.floor(length / distance) + 1 }, (_, index) => index * distance);
  // One at the very end would run out of the page.
  const marks = all.filter((mark) => mark <= length * 0.9);
  // Its words stand before the mark where behind it they could run out of the page.
  const isLate = (mark: number): boolean => mark > length * 0.7;
  const placeOf = (mark: number): CSSProperties =>
    isLate(mark)
      ? { insetInlineEnd: `${(1 - mark / length) * 100}%` }
      : { insetInlineStart: `${(mark / length) * 100}%` };
  const slow = slowest(up);
  return (
    <>
      <div className="start-lead">
        <p className="with-icon start-outcome">
          <StateIcon state={icons[up.outcome]} />
          <span>
            {words.outcome[up.outcome](spanWords((up.endedAt ?? now) - up.startedAt))}
            <span className="aside"> {words.begun(momentWords(up.startedAt, now))}</span>
          </span>
        </p>
        {slow !== undefined && (
          <p>{words.slowest(slow.title, spanWords(slow.length), spanWords(slow.longest.length), slow.longest.kind)}</p>
        )}
      </div>
      <ul className="start-legend" aria-label={words.legend}>
        {kinds.map((kind) => (
          <li key={kind}>
            <span className="step-sample" data-kind={kind} aria-hidden="true" />
            <span>
              <b>{words.stepName[kind]}</b> {words.stepMeaning[kind]}
            </span>
          </li>
        ))}
      </ul>
      <div className="start-chart">
        {/* Every row says its times in words. */}
        <div className="start-axis" aria-hidden="true">
          {marks.map((mark) => (
            <span key={mark} data-late={isLate(mark)} style={placeOf(mark)}>
              {markWords(mark)}
            </span>
          ))}
        </div>
        <ol className="start-rows" aria-label={words.services}>
          {up.services.map((service) => (
            <StartRow
              key={service.service}
              service={service}
              begin={up.startedAt}
              length={length}
              now={up.endedAt ?? now}
              markShare={distance / length}
            />
          ))}
        </ol>
      </div>
    </>
  );
}

// Marks are at round times: '5 s', not '5.0 s'.
function markWords(mark: number): string {
  if (mark === 0) return '0';
  return mark % 1000 === 0 && mark < 60_000 ? `${formatNumber(mark / 1000)} s` : spanWords(mark);
}
