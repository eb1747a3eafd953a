import { Button } from '../components/button.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { Bar } from './download-progress.tsx';
import { cancelTransfer, transferStore } from './transfer-store.ts';

const words = texts.images.bundle;

export function BundleProgress() {
  const { asked, progress } = useStore(transferStore);
  const kind = progress?.kind ?? asked;
  if (kind === undefined) return null;
  if (progress === undefined) {
    return (
      <p className="hint" role="status">
        {words.asking}
      </p>
    );
  }
  return (
    <div className="download-all">
      <p>
        <span className="download-title">{words.underWay[kind]}</span>
        <span className="code">{progress.image}</span>
        <span className="download-bytes">{words.bytes(progress.bytesDone, progress.bytesTotal)}</span>
      </p>
      <Bar label={words.underWay[kind]} done={progress.bytesDone} total={progress.bytesTotal} />
      <div className="images-actions">
        <Button icon="close" about={words.cancelAbout[kind]} onPress={() => void cancelTransfer()}>
          {words.cancel}
        </Button>
      </div>
    </div>
  );
}
