import { type RefObject, useId } from 'react';
import { catalog } from '../../electron/core/catalog/index.ts';
import { signals } from '../../electron/core/settings.ts';
import type { SignalStore } from '../../electron/core/telemetry/telemetry-view.ts';
import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';

const words = texts.telemetry.wipe;

interface WipeDialogProps {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  // Undefined until it was asked for.
  readonly store: SignalStore | undefined;
  // Of the service that keeps it.
  readonly title: string;
  readonly onConfirm: () => void;
}

export function WipeDialog({ dialog, store, title, onConfirm }: WipeDialogProps) {
  const id = useId();
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={`${id}-title`} aria-describedby={`${id}-body`}>
      {store !== undefined && (
        <>
          <h2 id={`${id}-title`}>{words.title(nameOf(store))}</h2>
          <div id={`${id}-body`} className="dialog-warning">
            <p>
              <strong>{words.body(nameOf(store), title)}</strong>
            </p>
            <p>{words.volumes(volumesOf(store), usedWords(store))}</p>
            <p>{words.others(othersOf(store))}</p>
          </div>
          <div className="dialog-actions">
            <Button onPress={() => dialog.current?.close()}>{words.keep}</Button>
            <Button kind="danger" onPress={onConfirm}>
              {words.confirm(nameOf(store))}
            </Button>
          </div>
        </>
      )}
    </dialog>
  );
}

function nameOf({ signal }: SignalStore): string {
  return texts.telemetry.signal[signal];
}

function usedWords({ usedBytes }: SignalStore): string | undefined {
  return usedBytes === undefined ? undefined : bytesWords(usedBytes);
}

function volumesOf({ service }: SignalStore): readonly string[] {
  return catalog.filter(({ id }) => id === service).flatMap(({ volumes }) => volumes.map(({ name }) => name));
}

function othersOf({ signal }: SignalStore): readonly string[] {
  return signals
    .filter((other) => other !== signal)
    .map((other, index) => (index === 0 ? texts.telemetry.signal[other] : texts.telemetry.signal[other].toLowerCase()));
}
