import { Fragment, useEffect, useRef } from 'react';
import { FirstRunNote } from '../first-run/first-run-link.tsx';
import { FiguresPage } from '../figures/figures-page.tsx';
import { HostPage } from '../host/host-page.tsx';
import { PreviewSheet } from '../host/preview-sheet.tsx';
import { ImagesPage } from '../images/images-page.tsx';
import { LogsPage } from '../logs/logs-page.tsx';
import { Palette } from '../palette/palette.tsx';
import { ShortcutsDialog } from '../palette/shortcuts-dialog.tsx';
import { useShortcuts } from '../palette/use-shortcuts.ts';
import { ServicesPage } from '../services/services-page.tsx';
import { SettingsPage } from '../settings/settings-page.tsx';
import { placeStore } from '../stores/navigation.ts';
import { snapshotStore } from '../stores/snapshot-store.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { localeStore } from '../words/locale.ts';
import { Banners } from './banners.tsx';
import { LiveRegion } from './live-region.tsx';
import { RemoveDialog } from './remove-dialog.tsx';
import { TelemetryPage } from '../telemetry/telemetry-page.tsx';
import { TimelinePage } from '../timeline/timeline-page.tsx';
import { TopBar } from './top-bar.tsx';

export function App() {
  const snapshot = useStore(snapshotStore);
  const { page } = useStore(placeStore);
  const locale = useStore(localeStore);
  const main = useRef<HTMLElement>(null);
  const shownPage = useRef(page);

  useEffect(() => {
    document.title = texts.app.title(page);
    // A page that was just opened is read from its beginning; the first one is not forced on anybody.
    // Where a part of it was asked for, the focus is there already.
    const focused = document.activeElement;
    const isInside = focused !== main.current && main.current?.contains(focused) === true;
    if (shownPage.current !== page && !isInside) {
      main.current?.focus({ preventScroll: true });
      window.scrollTo({ top: 0 });
    }
    shownPage.current = page;
  }, [page]);

  useShortcuts();

  return (
    <div className="app" data-page={page}>
      <a className="skip-link" href="#main">
        {texts.app.skipLink}
      </a>
      <TopBar page={page} snapshot={snapshot} />
      <main id="main" ref={main} tabIndex={-1} aria-label={texts.pages[page]}>
        <FirstRunNote snapshot={snapshot} />
        {page !== 'services' && <Banners snapshot={snapshot} />}
        {snapshot === undefined ? (
          <p className="loading" role="status">
            {texts.app.loading}
          </p>
        ) : (
          // Every date and number is written anew in another language; the page where it is chosen does so itself.
          <Fragment key={page === 'settings' ? '' : locale}>
            {page === 'services' && <ServicesPage snapshot={snapshot} />}
            {page === 'logs' && <LogsPage snapshot={snapshot} />}
            {page === 'figures' && <FiguresPage snapshot={snapshot} />}
            {page === 'timeline' && <TimelinePage snapshot={snapshot} />}
            {page === 'images' && <ImagesPage snapshot={snapshot} />}
            {page === 'telemetry' && <TelemetryPage snapshot={snapshot} />}
            {page === 'host' && <HostPage snapshot={snapshot} />}
            {page === 'settings' && <SettingsPage snapshot={snapshot} />}
          </Fragment>
        )}
      </main>
      <PreviewSheet />
      <Palette snapshot={snapshot} />
      <ShortcutsDialog snapshot={snapshot} />
      <RemoveDialog />
      <LiveRegion />
    </div>
  );
}
