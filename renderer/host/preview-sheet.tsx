import { useEffect, useRef } from 'react';
import { texts } from '../texts.ts';
import { useStore } from '../stores/store.ts';
import { focusSection } from './host-section.tsx';
import { hostStore } from './host-store.ts';
import { OutcomeBody } from './outcome-body.tsx';
import { PreviewBody } from './preview-body.tsx';
import { problemTitle, ProblemWords } from './problem-words.tsx';
import { SheetActions } from './sheet-actions.tsx';
import { closeSheet, sheetStore, type SheetState } from './sheet-store.ts';

const words = texts.host.sheet;

export function PreviewSheet() {
  const { isOpen, state } = useStore(sheetStore);
  const elevation = useStore(hostStore).view?.elevation.kind ?? 'pkexec';
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useRef<HTMLHeadingElement>(null);
  // The section that the last change was of.
  const section = useRef<'lan' | 'names'>('names');
  // 'close' comes later than the closing: by then the sheet may be wanted again, with the outcome.
  const ownClosings = useRef(0);
  const { phase } = state;

  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    if (!isOpen && dialog.current?.open === true) {
      ownClosings.current += 1;
      dialog.current.close();
    }
  }, [isOpen]);
  useEffect(() => {
    if (state.phase !== 'none') section.current = state.change.kind.startsWith('lan') ? 'lan' : 'names';
  }, [state]);
  // What the sheet says now is read from its title on.
  useEffect(() => {
    if (isOpen && phase !== 'applying') title.current?.focus({ preventScroll: true });
  }, [isOpen, phase]);

  function onClose() {
    if (ownClosings.current > 0) ownClosings.current -= 1;
    else closeSheet();
    if (dialog.current?.open === true) return;
    // The button that opened it may be gone with what it was for: then the focus was left in here.
    const focused = document.activeElement ?? document.body;
    const isLost = focused === document.body || dialog.current?.contains(focused) === true;
    if (isLost && !focusSection(section.current)) document.getElementById('main')?.focus();
  }

  return (
    <dialog ref={dialog} className="dialog sheet" aria-labelledby="sheet-title" onClose={onClose}>
      <h2 id="sheet-title" ref={title} tabIndex={-1}>
        {titleOf(state)}
      </h2>
      <div className="sheet-body" role="region" aria-label={words.details} tabIndex={0}>
        {phase === 'looking' && <progress aria-label={words.looking} />}
        {(phase === 'preview' || phase === 'applying') && <PreviewBody preview={state.preview} elevation={elevation} />}
        {phase === 'done' && <OutcomeBody outcome={state.outcome} />}
        {phase === 'failed' && <ProblemWords problem={state.problem} hasTitle />}
      </div>
      <SheetActions state={state} elevation={elevation} />
    </dialog>
  );
}

function titleOf(state: SheetState): string {
  switch (state.phase) {
    case 'none':
      return '';
    case 'looking':
      return words.looking;
    case 'preview':
    case 'applying':
      return state.preview.title;
    case 'done':
      return words.done;
    case 'failed':
      return problemTitle(state.problem);
  }
}
