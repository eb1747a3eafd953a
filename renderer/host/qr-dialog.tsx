import { type RefObject, useId, useMemo } from 'react';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { texts } from '../texts.ts';
import { qrDrawing } from './qr-path.ts';

const words = texts.host.lan;

interface QrDialogProps {
  readonly dialog: RefObject<HTMLDialogElement | null>;
  readonly title: string;
  readonly url: string;
}

// One at a time: a camera that sees several codes takes any of them.
export function QrDialog({ dialog, title, url }: QrDialogProps) {
  const id = useId();
  return (
    <dialog ref={dialog} className="dialog qr-dialog" aria-labelledby={id}>
      <h2 id={id}>{words.qrTitle(title)}</h2>
      {url !== '' && <QrCode text={url} />}
      <p className="qr-address">
        <span className="code">{url}</span>
        <CopyButton text={url} what={url} />
      </p>
      <p className="hint">{words.qrHint}</p>
      <div className="dialog-actions">
        <Button onPress={() => dialog.current?.close()}>{texts.host.sheet.close}</Button>
      </div>
    </dialog>
  );
}

// Black on white in every look: scanners need it so.
function QrCode({ text }: { readonly text: string }) {
  const { size, path } = useMemo(() => qrDrawing(text), [text]);
  return (
    <svg className="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={text} shapeRendering="crispEdges">
      <path d={`M0 0h${size}v${size}H0z`} fill="#ffffff" />
      <path d={path} fill="#000000" />
    </svg>
  );
}
