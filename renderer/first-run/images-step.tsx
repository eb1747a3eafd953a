import type { Snapshot } from '../../electron/core/snapshot.ts';
import { StateIcon } from '../components/state-icon.tsx';
import { BundleOutcome } from '../images/bundle-outcome.tsx';
import { BundleProgress } from '../images/bundle-progress.tsx';
import { ImportButton } from '../images/bundle-section.tsx';
import { Download } from '../images/download-section.tsx';
import { neededServices } from '../images/download.ts';
import { transferStore } from '../images/transfer-store.ts';
import { useImages } from '../images/use-images.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';

const words = texts.firstRun.images;

export function ImagesStep({ snapshot }: { readonly snapshot: Snapshot }) {
  const { view } = useImages(snapshot);
  const { outcome } = useStore(transferStore);
  const isConnected = snapshot.engine.kind === 'connected';
  const used = view?.images.filter(({ enabled }) => enabled) ?? [];
  const stubs = used.filter(({ substitute }) => substitute === 'stub');
  const others = used.filter(({ substitute }) => substitute !== undefined && substitute !== 'stub');
  const bytes = used.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
  const isComplete = view !== undefined && neededServices(view).length === 0 && snapshot.activity === undefined;
  return (
    <>
      <p className="first-run-what">{words.what}</p>
      {!isConnected && <p>{words.away}</p>}
      {isConnected && view === undefined && <p role="status">{texts.images.loading}</p>}
      {isConnected && view !== undefined && (
        <>
          {isComplete ? (
            <p className="first-run-found" role="status">
              <StateIcon state={stubs.length === 0 ? 'ready' : 'degraded'} />
              <strong>{words.complete(used.length, bytesWords(bytes))}</strong>
            </p>
          ) : (
            <Download view={view} snapshot={snapshot} />
          )}
          {stubs.length > 0 && <p>{words.stubs(stubs.map(({ title }) => title))}</p>}
          {others.length > 0 && <p className="hint">{words.substitutes(others.map(({ title }) => title))}</p>}
          {(!isComplete || stubs.length > 0) && snapshot.activity === undefined && (
            <div className="images-actions">
              <ImportButton snapshot={snapshot} />
              <p className="hint">{words.bundle}</p>
            </div>
          )}
          <BundleProgress />
          {outcome !== undefined && <BundleOutcome outcome={outcome} images={view.images} />}
        </>
      )}
    </>
  );
}
