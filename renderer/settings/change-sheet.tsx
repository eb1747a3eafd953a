// Says what a change restarts, before it does.
import { useEffect, useRef } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { type EffectSentence, effectSentences, needsStart } from './effects.ts';
import { type Question, settingsStore } from './settings-store.ts';

const words = texts.settings.sheet;
const resetWords = texts.settings.reset;

const icons: Readonly<Record<EffectSentence['kind'], IconName>> = {
  replaced: 'restart',
  started: 'start',
  stopped: 'stop',
  reconnects: 'restart',
  names: 'info',
  note: 'info',
};

export function ChangeSheet({ snapshot }: { readonly snapshot: Snapshot }) {
  const { question } = useStore(settingsStore);
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (question === undefined) dialog.current?.close();
    else if (dialog.current?.open === false) {
      dialog.current.showModal();
      title.current?.focus();
    }
  }, [question]);
  // A page that is left takes its question along: nothing was agreed to.
  useEffect(() => () => settingsStore.get().question?.decide('leave'), []);

  return (
    <dialog
      ref={dialog}
      className="dialog change-sheet"
      aria-labelledby="change-title"
      aria-describedby="change-body"
      onClose={() => settingsStore.get().question?.decide('leave')}
    >
      <h2 id="change-title" ref={title} tabIndex={-1}>
        {question === undefined ? '' : question.patch === null ? resetWords.title : words.title(question.what)}
      </h2>
      {question !== undefined && <Body question={question} />}
      {question !== undefined && <Actions question={question} snapshot={snapshot} />}
    </dialog>
  );
}

function Body({ question: { patch, effects, problem, warning } }: { readonly question: Question }) {
  const sentences = effects === undefined ? [] : effectSentences(effects);
  return (
    <div id="change-body" className="change-body">
      {patch === null && <p>{resetWords.body}</p>}
      {warning !== undefined && (
        <p className="with-icon">
          <StateIcon state="degraded" />
          <span>{warning}</span>
        </p>
      )}
      {problem !== undefined && (
        <div className="dialog-warning">
          <p className="banner-title">{words.unknown}</p>
          <p>{problem}</p>
        </div>
      )}
      {sentences.length > 0 && (
        <>
          <p>{words.intro}</p>
          <ul className="change-effects">
            {sentences.map(({ kind, text }) => (
              <li key={text}>
                <Icon name={icons[kind]} />
                <span>{text}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      {effects !== undefined && effects.replaced.length > 0 && <p className="hint">{words.away}</p>}
    </div>
  );
}

function Actions({ question, snapshot }: { readonly question: Question; readonly snapshot: Snapshot }) {
  const { patch, effects, decide } = question;
  const labels = patch === null ? resetWords : words;
  const isBusy = snapshot.activity !== undefined;
  const waitsForStart = effects !== undefined && needsStart(effects);
  return (
    <>
      {waitsForStart && isBusy && <p className="hint">{words.busy}</p>}
      <div className="dialog-actions">
        <Button onPress={() => decide('leave')}>{words.leave}</Button>
        {waitsForStart ? (
          <>
            <Button onPress={() => decide('later')}>{labels.later}</Button>
            <Button kind="primary" isEnabled={!isBusy} onPress={() => decide('now')}>
              {labels.applyNow}
            </Button>
          </>
        ) : (
          <Button kind="primary" onPress={() => decide('later')}>
            {labels.save}
          </Button>
        )}
      </div>
    </>
  );
}
