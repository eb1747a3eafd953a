import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { BundleSection } from './bundle-section.tsx';
import { DownloadSection } from './download-section.tsx';
import { ImageTable } from './image-table.tsx';
import { loadImages } from './images-store.ts';
import { UnusedSection } from './unused-section.tsx';
import { useImages } from './use-images.ts';

const words = texts.images;

export function ImagesPage({ snapshot }: { readonly snapshot: Snapshot }) {
  const { view, hasFailed } = useImages(snapshot);
  const isAway = snapshot.engine.kind === 'unavailable';
  return (
    <div className="images-page">
      <header>
        <h1>{texts.pages.images}</h1>
        <p className="images-intro">{words.intro}</p>
      </header>
      {isAway && (
        <Notice kind="degraded" title={words.away.title}>
          <p>{view === undefined ? words.away.nothing : words.away.last}</p>
          <Button onPress={() => navigate('services')}>{words.away.open}</Button>
        </Notice>
      )}
      {view === undefined && !hasFailed && !isAway && (
        <p className="loading" role="status">
          {words.loading}
        </p>
      )}
      {view === undefined && hasFailed && !isAway && (
        <Notice kind="degraded" title={words.unread}>
          <Button icon="restart" onPress={() => void loadImages()}>
            {words.again}
          </Button>
        </Notice>
      )}
      {view !== undefined && (
        <div className="images-sections">
          <DownloadSection view={view} snapshot={snapshot} />
          <ImageTable view={view} snapshot={snapshot} />
          <BundleSection view={view} snapshot={snapshot} />
          <UnusedSection unused={view.unused} snapshot={snapshot} />
        </div>
      )}
    </div>
  );
}
