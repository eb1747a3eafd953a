import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { type AskedDownload, downloadItems, type DownloadItem, downloadTotal } from './download.ts';
import { sizesStore } from './images-store.ts';

const words = texts.images.download;
const icons = { waiting: 'off', coming: 'pulling', here: 'ready' } as const;

interface DownloadProgressProps {
  readonly asked: AskedDownload;
  readonly snapshot: Snapshot;
}

// One bar for each image, and one for all together.
export function DownloadProgress({ asked, snapshot }: DownloadProgressProps) {
  const { sizes } = useStore(sizesStore);
  const items = downloadItems(asked, snapshot.services, sizes);
  const { bytesDone, bytesTotal } = downloadTotal(items);
  const here = items.filter(({ state }) => state === 'here').length;
  return (
    <>
      <div className="download-all">
        <p>
          <span className="download-title">{words.underWay}</span>
          <span>{words.count(here, items.length)}</span>
          <span className="download-bytes">{words.bytes(bytesDone, bytesTotal)}</span>
        </p>
        <Bar label={words.all} done={bytesDone} total={bytesTotal} />
      </div>
      <ul className="download-list">
        {items.map((item) => (
          <li key={item.service}>
            <span className="image-state download-title">
              <StateIcon state={icons[item.state]} />
              {item.title}
            </span>
            <span className="download-bytes">{itemWords(item)}</span>
            {item.state === 'coming' && <Bar label={item.title} done={item.bytesDone} total={item.bytesTotal} />}
          </li>
        ))}
      </ul>
      <div className="images-actions">
        <Button
          icon="close"
          about={words.cancelAbout}
          isEnabled={snapshot.stack.actions.cancel}
          onPress={() => void run('stack:cancel', undefined)}
        >
          {words.cancel}
        </Button>
        <p className="hint">{words.leave}</p>
      </div>
    </>
  );
}

function itemWords({ state, bytesDone, bytesTotal }: DownloadItem): string {
  return state === 'coming' ? words.bytes(bytesDone, bytesTotal) : words[state];
}

interface BarProps {
  readonly label: string;
  readonly done: number;
  readonly total: number;
}

// Without a total it shows that something moves, not how far it is.
export function Bar({ label, done, total }: BarProps) {
  return <progress aria-label={label} {...(total > 0 ? { value: done, max: total } : {})} />;
}
