import { memo } from 'react';
import type { StateChange } from '../../electron/core/timeline.ts';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { exactLines } from '../host/exact-text.ts';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { timelineTexts } from '../timeline-texts.ts';
import { clockWords } from '../words/clock.ts';

const words = timelineTexts.changes;

export const ChangeRow = memo(function ChangeRow({ change }: { readonly change: StateChange }) {
  const { at, service, title, from, to, reason } = change;
  return (
    <li className="change-row">
      <time className="change-time" dateTime={new Date(at).toISOString()}>
        {clockWords(at)}
      </time>
      <span className="change-service">{title}</span>
      <span className="change-states">
        <span className="change-from">
          {texts.serviceState[from]}
          <span aria-hidden="true"> →</span>
          <span className="visually-hidden"> {words.fromTo}</span>
        </span>
        <span className="with-icon change-to" data-state={to}>
          <StateIcon state={to} />
          <span>{texts.serviceState[to]}</span>
        </span>
      </span>
      {/* Services and engines write it: text, with a mark for what is invisible. */}
      {reason !== '' && <p className="change-reason">{exactLines(reason)}</p>}
      <Button
        kind="quiet"
        icon="logs"
        about={words.about(title, clockWords(at))}
        onPress={() => navigate('logs', { service, at })}
      >
        {timelineTexts.showLines}
      </Button>
    </li>
  );
});
