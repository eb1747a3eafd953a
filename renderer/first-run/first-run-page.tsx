import { useEffect, useRef } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { PreviewSheet } from '../host/preview-sheet.tsx';
import { Banners } from '../shell/banners.tsx';
import { LiveRegion } from '../shell/live-region.tsx';
import { Menu } from '../shell/menu.tsx';
import { Mark } from '../shell/top-bar.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { EngineStep } from './engine-step.tsx';
import { FirstRunActions } from './first-run-actions.tsx';
import { firstRunStore, holdStep, shownStep } from './first-run-store.ts';
import { ImagesStep } from './images-step.tsx';
import { NamesStep } from './names-step.tsx';
import { StartStep } from './start-step.tsx';
import { StepList } from './step-list.tsx';
import { stepNames } from './steps.ts';

const words = texts.firstRun;

export function FirstRunPage({ snapshot }: { readonly snapshot: Snapshot }) {
  const step = shownStep(useStore(firstRunStore), snapshot);
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef(step);
  useEffect(() => {
    document.title = words.windowTitle;
  }, []);
  // At the document, where React has done its part: what is drawn anew between a press and its change takes it back.
  useEffect(() => {
    const hold = () => holdStep(step);
    document.addEventListener('click', hold);
    return () => document.removeEventListener('click', hold);
  }, [step]);
  // Each step is read from its heading on; the first one is not forced on anybody.
  useEffect(() => {
    if (shown.current === step) return;
    shown.current = step;
    heading.current?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }, [step]);

  return (
    <div className="app" data-page="first-run">
      <a className="skip-link" href="#main">
        {texts.app.skipLink}
      </a>
      <header className="top-bar">
        <div className="brand">
          <Mark />
          <span className="brand-name">{texts.app.name}</span>
        </div>
        <p className="top-state">{words.title}</p>
        <Menu snapshot={snapshot} />
      </header>
      <main id="main" tabIndex={-1} aria-label={words.title}>
        <div className="first-run">
          <p className="first-run-what">{words.welcome}</p>
          <StepList step={step} snapshot={snapshot} />
          <Banners snapshot={snapshot} isAboutImages={step === 'images'} />
          <section className="first-run-step" aria-labelledby="first-run-step">
            <p className="first-run-progress">{progressOf(step)}</p>
            <h1 id="first-run-step" ref={heading} tabIndex={-1}>
              {step === 'start' && snapshot.stack.state === 'ready' ? words.start.up : words.steps[step]}
            </h1>
            {step === 'engine' && <EngineStep snapshot={snapshot} />}
            {step === 'images' && <ImagesStep snapshot={snapshot} />}
            {step === 'names' && <NamesStep snapshot={snapshot} />}
            {step === 'start' && <StartStep snapshot={snapshot} />}
          </section>
          <FirstRunActions step={step} snapshot={snapshot} />
        </div>
      </main>
      <PreviewSheet />
      <LiveRegion />
    </div>
  );
}

function progressOf(step: ReturnType<typeof shownStep>): string {
  return step === 'start' ? words.last : words.progress(stepNames.indexOf(step) + 1, stepNames.length);
}
