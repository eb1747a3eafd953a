import type { ImagesView } from '../../electron/core/images/images-view.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { neededServices, underWay } from './download.ts';
import { DownloadBefore } from './download-before.tsx';
import { DownloadProgress } from './download-progress.tsx';
import { ImagesSection } from './images-section.tsx';
import { downloadStore } from './use-images.ts';

// Only where there is something to download, or just was.
export function DownloadSection({ view, snapshot }: { readonly view: ImagesView; readonly snapshot: Snapshot }) {
  const asked = useStore(downloadStore);
  if (neededServices(view).length === 0 && asked === undefined) return null;
  return (
    <ImagesSection name="download" title={texts.images.download.title}>
      <Download view={view} snapshot={snapshot} />
    </ImagesSection>
  );
}

// The same in the first steps.
export function Download({ view, snapshot }: { readonly view: ImagesView; readonly snapshot: Snapshot }) {
  const asked = useStore(downloadStore);
  const needed = neededServices(view);
  const coming = underWay(asked, snapshot.activity);
  if (coming !== undefined) return <DownloadProgress asked={coming} snapshot={snapshot} />;
  if (needed.length === 0) return <p role="status">{texts.images.download.complete}</p>;
  const isStopped = asked !== undefined && needed.some((service) => asked.services.includes(service));
  return <DownloadBefore view={view} snapshot={snapshot} needed={needed} isStopped={isStopped} />;
}
