import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { figuresTexts as words } from '../figures-texts.ts';
import { texts } from '../texts.ts';
import { servicesIn } from './figures-history.ts';
import { ServicesSection } from './services-section.tsx';
import { SpaceSection } from './space-section.tsx';
import { TotalSection } from './total-section.tsx';
import { useFromHistory, useWatch } from './use-figures.ts';

// Beyond this, rows that are far away are left out of the layout.
const fewServices = 30;

export function FiguresPage({ snapshot }: { readonly snapshot: Snapshot }) {
  useWatch();
  // As one text, so that the page itself is drawn only when it changes.
  const ids = useFromHistory((history) => [...servicesIn(history)].join(' ')).split(' ');
  const known = snapshot.services.filter(({ id }) => ids.includes(id));
  return (
    <div className="host-page figures-page" data-many={known.length > fewServices}>
      <header>
        <h1>{texts.pages.figures}</h1>
        <p className="host-intro">{words.intro}</p>
      </header>
      <StateNotice snapshot={snapshot} hasFigures={known.length > 0} />
      {known.length > 0 && (
        <>
          <TotalSection />
          <ServicesSection snapshot={snapshot} known={known} />
        </>
      )}
      <SpaceSection snapshot={snapshot} />
    </div>
  );
}

interface StateNoticeProps {
  readonly snapshot: Snapshot;
  readonly hasFigures: boolean;
}

// What keeps figures from being known, and the way out.
function StateNotice({ snapshot, hasFigures }: StateNoticeProps) {
  const { engine, stack } = snapshot;
  const problem = useFromHistory((history) => history.at(-1)?.problem ?? '');
  const isFirstLook = useFromHistory((history) => (history.length === 0 ? 'yes' : '')) !== '';
  if (engine.kind === 'unavailable') {
    return (
      <Notice kind="degraded" title={engine.failure.text.title}>
        <p>{engine.failure.text.nextStep}</p>
        <Button icon="restart" onPress={() => void run('engine:retry', undefined)}>
          {words.again}
        </Button>
      </Notice>
    );
  }
  if (engine.kind === 'connecting' || isFirstLook) {
    return (
      <p className="loading" role="status">
        {engine.kind === 'connecting' ? words.connecting : words.loading}
      </p>
    );
  }
  if (problem !== '')
    return (
      <Notice kind="degraded" title={words.incomplete}>
        {problem}
      </Notice>
    );
  if (hasFigures) return null;
  return (
    <Notice kind="info" title={words.off.title}>
      <p>{words.off.body}</p>
      <Button
        kind="primary"
        icon="start"
        about={words.off.about}
        isEnabled={stack.actions.start}
        onPress={() => void run('stack:up', {})}
      >
        {words.off.start}
      </Button>
    </Notice>
  );
}
