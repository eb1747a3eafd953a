import type { ImagesView } from '../../electron/core/images/images-view.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { cleanText } from '../logs/display-text.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';
import { askSizes, sizesStore } from './images-store.ts';

const words = texts.images.download;

interface DownloadBeforeProps {
  readonly view: ImagesView;
  readonly snapshot: Snapshot;
  readonly needed: readonly string[];
  // A download of them was begun and did not come to its end.
  readonly isStopped: boolean;
}

// What a download would be, and the button for it.
export function DownloadBefore({ view, snapshot, needed, isStopped }: DownloadBeforeProps) {
  const { sizes, isAsking } = useStore(sizesStore);
  const images = view.images.filter(({ service }) => needed.includes(service));
  const unknown = images.filter(({ service }) => sizes[service]?.bytes === undefined);
  const bytes = images.reduce((sum, { service }) => sum + (sizes[service]?.bytes ?? 0), 0);
  const isConnected = snapshot.engine.kind === 'connected';
  const isBusy = snapshot.activity !== undefined;
  const reason = !isConnected ? texts.images.reason.away : isBusy ? texts.images.reason.busy : '';
  return (
    <>
      <div className="download-lead" role="status">
        {isStopped && <p>{words.stopped}</p>}
        <p>{words.missing(images.map(({ title }) => title))}</p>
        <p className="download-total">{isAsking ? words.asking : words.total(bytes, unknown.length, images.length)}</p>
      </div>
      <ul className="download-list">
        {images.map(({ service, title, name }) => (
          <li key={service}>
            <span className="download-title">{title}</span>
            <span className="code">{name}</span>
            <span className="download-bytes">{isAsking ? '' : sizeWords(sizes[service]?.bytes)}</span>
            {!isAsking && sizes[service]?.problem !== undefined && (
              <span className="image-meaning">{cleanText(sizes[service].problem)}</span>
            )}
          </li>
        ))}
      </ul>
      <div className="images-actions">
        <Button kind="primary" icon="end" isEnabled={reason === ''} onPress={() => void run('images:pull', {})}>
          {isStopped ? words.goOn : words.start}
        </Button>
        {!isAsking && unknown.length > 0 && (
          <Button isEnabled={reason === ''} onPress={() => void askSizes(unknown.map(({ service }) => service))}>
            {words.askAgain}
          </Button>
        )}
        <p className="hint">{reason === '' && images.length > 1 ? words.shared : reason}</p>
      </div>
    </>
  );
}

function sizeWords(bytes: number | undefined): string {
  return bytes === undefined ? words.sizeUnknown : bytesWords(bytes);
}
