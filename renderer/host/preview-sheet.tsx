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
  const { phase } = state;

  useEffect(() => {
    if (isOpen && dialog.current?.open === false) dialog.current.showModal();
    if (!isOpen && dialog.current?.open === true) dialog.current.close();
  }, [isOpen]);
  // What the sheet says now is read from its title on.
  useEffect(() => {
    if (isOpen && phase !== 'applying') title.current?.focus({ preventScroll: true });
  }, [isOpen, phase]);

  function onClose() {
    // The button that opened it may be gone with what it was for: then the focus was left in here.
    const focused = document.activeElement ?? document.body;
    const isLost = focused === document.body || dialog.current?.contains(focused) === true;
    const section = state.phase !== 'none' && state.change.kind.startsWith('lan') ? 'lan' : 'names';
    if (isLost && !focusSection(section)) document.getElementById('main')?.focus();
    if (sheetStore.get().isOpen) closeSheet();
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
