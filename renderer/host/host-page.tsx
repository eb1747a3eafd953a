import { useEffect } from 'react';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { placeStore, sectionShown } from '../stores/navigation.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { DoctorSection } from './doctor-section.tsx';
import { focusSection } from './host-section.tsx';
import { hostStore, loadHost } from './host-store.ts';
import { LanSection } from './lan-section.tsx';
import { MachineSection } from './machine-section.tsx';
import { NamesSection } from './names-section.tsx';
import { PortsSection } from './ports-section.tsx';
import { sheetStore, showSheet } from './sheet-store.ts';

export function HostPage({ snapshot }: { readonly snapshot: Snapshot }) {
  const { view, hasFailed } = useStore(hostStore);
  const { section } = useStore(placeStore);
  const { isOpen, state } = useStore(sheetStore);
  const { host } = snapshot;
  // Equal parts of a snapshot are the same object, so this is: when the page opens, and when something changed.
  useEffect(() => void loadHost(), [host]);
  useEffect(() => {
    const onFocus = () => void loadHost();
    window.addEventListener('focus', onFocus);
    return () => window.removeEventListener('focus', onFocus);
  }, []);
  const isThere = view !== undefined;
  useEffect(() => {
    if (section === undefined || !isThere) return;
    focusSection(section);
    sectionShown();
  }, [section, isThere]);

  return (
    <div className="host-page">
      <header>
        <h1>{texts.pages.host}</h1>
        <p className="host-intro">{texts.host.intro}</p>
      </header>
      {state.phase === 'applying' && !isOpen && (
        <Notice kind="info">
          <p>{texts.host.sheet.underWay}</p>
          <Button onPress={showSheet}>{texts.host.sheet.showAgain}</Button>
        </Notice>
      )}
      {view === undefined && !hasFailed && (
        <p className="loading" role="status">
          {texts.host.loading}
        </p>
      )}
      {view === undefined && hasFailed && (
        <Notice kind="degraded" title={texts.host.unread}>
          <Button icon="restart" onPress={() => void loadHost()}>
            {texts.host.again}
          </Button>
        </Notice>
      )}
      {view !== undefined && (
        <>
          {view.isInterrupted && (
            <Notice kind="degraded">
              <p>{texts.host.interrupted}</p>
            </Notice>
          )}
          {view.edited.length > 0 && (
            <Notice kind="info">
              <p>{texts.host.edited(view.edited)}</p>
            </Notice>
          )}
          <div className="host-sections">
            <NamesSection view={view} snapshot={snapshot} />
            <LanSection view={view} snapshot={snapshot} />
            <DoctorSection />
            <PortsSection elevation={view.elevation} />
            <MachineSection view={view} />
          </div>
        </>
      )}
    </div>
  );
}
