import { type RefObject, useId } from 'react';
import type { UnusedImage } from '../../electron/core/images/images-view.ts';
import { Button } from '../components/button.tsx';
import { cleanText } from '../logs/display-text.ts';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';

const words = texts.images.unused.dialog;

interface RemoveImagesDialogProps {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly images: readonly UnusedImage[];
  readonly onConfirm: () => void;
}

export function RemoveImagesDialog({ dialog, images, onConfirm }: RemoveImagesDialogProps) {
  const id = useId();
  function confirm() {
    dialog.current?.close();
    onConfirm();
  }
  return (
    <dialog ref={dialog} className="dialog" aria-labelledby={`${id}-title`} aria-describedby={`${id}-body`}>
      <h2 id={`${id}-title`}>{words.title(images.length)}</h2>
      <p id={`${id}-body`}>{words.body(images.reduce((sum, image) => sum + image.sizeBytes, 0))}</p>
      <ul className="dialog-list">
        {images.map((image) => (
          <li key={image.id}>
            <span className="code">{cleanText(image.name)}</span>{' '}
            <span className="aside">{bytesWords(image.sizeBytes)}</span>
          </li>
        ))}
      </ul>
      <div className="dialog-actions">
        <Button onPress={() => dialog.current?.close()}>{words.keep}</Button>
        <Button kind="danger" onPress={confirm}>
          {words.confirm}
        </Button>
      </div>
    </dialog>
  );
}
