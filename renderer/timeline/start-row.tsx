import { serviceLength, stepLength } from '../../electron/core/timeline-spans.ts';
import type { ServiceTimeline, TimelineStep } from '../../electron/core/timeline.ts';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { navigate } from '../stores/navigation.ts';
import { timelineTexts } from '../timeline-texts.ts';
import { spanWords } from '../words/duration.ts';

const words = timelineTexts.start;

interface StartRowProps {
  readonly service: ServiceTimeline;
  // Milliseconds since 1970 where the axis begins, and milliseconds to its end.
  readonly begin: number;
  readonly length: number;
  // Where bars end that have no end.
  readonly now: number;
  // From one mark of the axis to the next, of its length.
  readonly markShare: number;
}

export function StartRow({ service, begin, length, now, markShare }: StartRowProps) {
  const { title, steps } = service;
  const failed = steps.find((step) => step.result === 'failed');
  const drawn = steps.filter((step) => step.result !== 'skipped');
  const share = (milliseconds: number): string => `${(milliseconds / length) * 100}%`;
  return (
    <li className="start-row">
      <span className="start-title">{title}</span>
      <div
        className="start-track"
        aria-hidden="true"
        style={{ backgroundSize: `${Math.max(0.1, markShare * 100)}% 100%` }}
      >
        {drawn.map((step) => (
          <span
            key={step.kind}
            className="step-bar"
            data-kind={step.kind}
            data-result={step.result}
            style={{
              insetInlineStart: share(Math.max(0, step.from - begin)),
              inlineSize: share(stepLength(step, now)),
            }}
          >
            {step.result === 'failed' && <StateIcon state="failed" />}
          </span>
        ))}
      </div>
      <span className="start-total">
        <span aria-hidden="true">{spanWords(serviceLength(service, now))}</span>
        <span className="visually-hidden">{words.total(spanWords(serviceLength(service, now)))}</span>
      </span>
      <ul className="start-steps">
        {steps.map((step) => (
          <StepWords key={step.kind} step={step} now={now} />
        ))}
        {failed?.to !== undefined && (
          <li>
            <Button
              kind="soft"
              icon="logs"
              about={words.failedMoment(title)}
              onPress={() => navigate('logs', { service: service.service, at: failed.to })}
            >
              {timelineTexts.showLines}
            </Button>
          </li>
        )}
      </ul>
    </li>
  );
}

function StepWords({ step, now }: { readonly step: TimelineStep; readonly now: number }) {
  const { kind, result } = step;
  return (
    <li className="start-step" data-result={result}>
      {result === 'failed' ? (
        <StateIcon state="failed" />
      ) : (
        <span className="step-sample" data-kind={kind} data-result={result} aria-hidden="true" />
      )}
      <span>{words.step[result](words.stepName[kind], spanWords(stepLength(step, now)))}</span>
    </li>
  );
}
