import { useRef, useState } from 'react';
import type { UnusedImage } from '../../electron/core/images/images-view.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { cleanText } from '../logs/display-text.ts';
import { announce } from '../stores/announcements.ts';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';
import { timeAgoWords } from '../words/clock.ts';
import { acceptImages } from './images-store.ts';
import { ImagesSection } from './images-section.tsx';
import { RemoveImagesDialog } from './remove-images-dialog.tsx';

const words = texts.images.unused;

interface UnusedSectionProps {
  readonly unused: readonly UnusedImage[];
  readonly snapshot: Snapshot;
}

export function UnusedSection({ unused, snapshot }: UnusedSectionProps) {
  // None is ticked before somebody does it.
  const [ticked, setTicked] = useState<readonly string[]>([]);
  const [outcome, setOutcome] = useState('');
  const [isRemoving, setRemoving] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const [now] = useState(() => Date.now());
  const chosen = unused.filter(({ id }) => ticked.includes(id));
  const bytes = chosen.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const isConnected = snapshot.engine.kind === 'connected';

  function tick(ids: readonly string[], isTicked: boolean) {
    setOutcome('');
    setTicked(isTicked ? [...new Set([...ticked, ...ids])] : ticked.filter((id) => !ids.includes(id)));
  }

  async function remove() {
    const ids = chosen.map(({ id }) => id);
    setRemoving(true);
    const result = await run('images:remove', { ids });
    setRemoving(false);
    if (!result.ok) return;
    const { kept = [], ...view } = result.value;
    const told = [words.removed(ids.length - kept.length), kept.length === 0 ? '' : words.kept(kept)].join(' ').trim();
    acceptImages(view);
    setTicked([]);
    setOutcome(told);
    announce(told);
    // The button may be gone with the last of them.
    heading.current?.focus({ preventScroll: true });
  }

  return (
    <ImagesSection name="unused" title={words.title} heading={heading}>
      <p>{unused.length === 0 ? words.none : words.what}</p>
      {unused.length > 0 && (
        <>
          <ul className="unused-list">
            {unused.length > 1 && (
              <li>
                <label className="choice">
                  <input
                    type="checkbox"
                    checked={chosen.length === unused.length}
                    onChange={(event) =>
                      tick(
                        unused.map(({ id }) => id),
                        event.target.checked,
                      )
                    }
                  />
                  <span>{words.all}</span>
                </label>
              </li>
            )}
            {unused.map(({ id, name, sizeBytes, createdAt }) => (
              <li key={id}>
                <label className="choice">
                  <input
                    type="checkbox"
                    checked={ticked.includes(id)}
                    onChange={(event) => tick([id], event.target.checked)}
                  />
                  <span className="code">{cleanText(name)}</span>
                  <span className="hint">
                    {bytesWords(sizeBytes)}, {words.made(timeAgoWords(createdAt, now))}
                  </span>
                </label>
              </li>
            ))}
          </ul>
          <div className="images-actions">
            <Button
              icon="remove"
              about={words.removeAbout}
              isEnabled={isConnected && chosen.length > 0 && !isRemoving}
              onPress={() => dialog.current?.showModal()}
            >
              {words.remove}
            </Button>
            <p className="hint">{isConnected ? words.chosen(chosen.length, bytes) : texts.images.reason.away}</p>
          </div>
        </>
      )}
      {outcome !== '' && <p className="saved">{outcome}</p>}
      <RemoveImagesDialog dialog={dialog} images={chosen} onConfirm={() => void remove()} />
    </ImagesSection>
  );
}
