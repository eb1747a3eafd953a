import type { PullProgress } from '../../electron/core/engine-port.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';

interface PullBarProps {
  readonly pull: PullProgress;
  readonly title: string;
  readonly isCancellable: boolean;
}

export function PullBar({ pull, title, isCancellable }: PullBarProps) {
  const { bytesDone, bytesTotal, layersDone, layersTotal } = pull;
  const total = bytesTotal > 0 ? bytesWords(bytesTotal) : undefined;
  return (
    <div className="pull">
      {/* Without a value it shows that something moves, not how far it is. */}
      <progress
        aria-label={`${texts.service.pull}: ${title}`}
        {...(total === undefined ? {} : { value: bytesDone, max: bytesTotal })}
      />
      <p>
        <span>{texts.service.pullBytes(bytesWords(bytesDone), total)}</span>
        {layersTotal > 0 && <span>{texts.service.pullLayers(layersDone, layersTotal)}</span>}
        {isCancellable && (
          <Button
            kind="quiet"
            icon="close"
            about={texts.stack.whatRuns}
            onPress={() => void run('stack:cancel', undefined)}
          >
            {texts.service.cancelPull}
          </Button>
        )}
      </p>
    </div>
  );
}
