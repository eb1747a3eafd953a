import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { exactLines } from '../host/exact-text.ts';
import { texts } from '../texts.ts';
import { clockTime } from '../words/clock.ts';
import { CheckSection } from './check-section.tsx';
import { KeptSection } from './kept-section.tsx';
import { LostSection } from './lost-section.tsx';
import { OwnSection } from './own-section.tsx';
import { ScrapedSection } from './scraped-section.tsx';
import { SendSection } from './send-section.tsx';
import { ShippingSection } from './shipping-section.tsx';
import { loadTelemetry } from './telemetry-store.ts';
import { useTelemetry } from './use-telemetry.ts';

const words = texts.telemetry;

export function TelemetryPage({ snapshot }: { readonly snapshot: Snapshot }) {
  const telemetry = useTelemetry(snapshot);
  const { view, settings, problem } = telemetry;
  return (
    <div className="host-page telemetry-page">
      <header>
        <h1>{texts.pages.telemetry}</h1>
        <p className="host-intro">{words.intro}</p>
      </header>
      {problem !== undefined && (
        <Notice kind="degraded" title={view === undefined ? words.unread : words.stale(clockTime(telemetry.at))}>
          <p>{problem}</p>
          <Button icon="restart" onPress={() => void loadTelemetry()}>
            {words.again}
          </Button>
        </Notice>
      )}
      <StackNotice snapshot={snapshot} />
      {view === undefined && problem === undefined && (
        <p className="loading" role="status">
          {words.loading}
        </p>
      )}
      {view !== undefined && settings !== undefined && (
        <>
          {view.notes.length > 0 && (
            <Notice kind="degraded" title={words.notes}>
              <ul className="plain-list">
                {view.notes.map((note) => (
                  <li key={note}>{exactLines(note)}</li>
                ))}
              </ul>
            </Notice>
          )}
          <div className="host-sections telemetry-sections">
            <SendSection view={view} snapshot={snapshot} />
            <CheckSection />
            <KeptSection stores={view.stores} settings={settings} snapshot={snapshot} />
            <ScrapedSection view={view} settings={settings} snapshot={snapshot} />
            <ShippingSection logs={view.logs} settings={settings} snapshot={snapshot} />
            <div className="telemetry-side">
              <LostSection view={view} snapshot={snapshot} />
              <OwnSection view={view} />
            </div>
          </div>
        </>
      )}
    </div>
  );
}

// What keeps the rest of the page from being known, and the way out.
function StackNotice({ snapshot }: { readonly snapshot: Snapshot }) {
  const { engine, stack } = snapshot;
  if (engine.kind === 'unavailable') {
    return (
      <Notice kind="degraded" title={engine.failure.text.title}>
        <p>{engine.failure.text.nextStep}</p>
        <Button icon="restart" onPress={() => void run('engine:retry', undefined)}>
          {texts.engine.retry}
        </Button>
      </Notice>
    );
  }
  if (stack.state !== 'off') return null;
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
