import type { ImagesView } from '../../electron/core/images/images-view.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { BundleOutcome } from './bundle-outcome.tsx';
import { BundleProgress } from './bundle-progress.tsx';
import { ImagesSection } from './images-section.tsx';
import { loadImages } from './images-store.ts';
import { transferBundle, type TransferKind, transferStore } from './transfer-store.ts';

const words = texts.images.bundle;

interface BundleSectionProps {
  readonly view: ImagesView;
  readonly snapshot: Snapshot;
}

export function BundleSection({ view, snapshot }: BundleSectionProps) {
  const { outcome } = useStore(transferStore);
  const reason = useBundleReason(snapshot);
  const hasImages = view.images.some(({ state }) => state !== 'missing' && state !== 'foreign');
  const exportReason = reason === '' && !hasImages ? texts.images.reason.nothing : reason;
  return (
    <ImagesSection name="bundle" title={words.title}>
      <p>{words.what}</p>
      <div className="bundle-ways">
        <div>
          <Button about={words.exportAbout} isEnabled={exportReason === ''} onPress={() => startTransfer('export')}>
            {words.export}
          </Button>
          <p className="hint">{exportReason === '' ? words.exportHint : exportReason}</p>
        </div>
        <div>
          <ImportButton snapshot={snapshot} />
          <p className="hint">{reason === '' ? words.importHint : reason}</p>
        </div>
      </div>
      <BundleProgress />
      {outcome !== undefined && <BundleOutcome outcome={outcome} images={view.images} />}
    </ImagesSection>
  );
}

export function ImportButton({ snapshot }: { readonly snapshot: Snapshot }) {
  const reason = useBundleReason(snapshot);
  return (
    <Button about={words.importAbout} isEnabled={reason === ''} onPress={() => startTransfer('import')}>
      {words.import}
    </Button>
  );
}

// Why no bundle can be written or read now, '' where it can.
function useBundleReason(snapshot: Snapshot): string {
  const { asked, progress } = useStore(transferStore);
  if (snapshot.engine.kind !== 'connected') return texts.images.reason.away;
  if (asked !== undefined || progress !== undefined) return texts.images.reason.transfer;
  return snapshot.activity === undefined ? '' : texts.images.reason.busy;
}

function startTransfer(kind: TransferKind): void {
  void transferBundle(kind).then(loadImages);
}
