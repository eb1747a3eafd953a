import { useRef, useState } from 'react';
import type { LanServiceView, LanView } from '../../electron/core/host/host-view.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { AppLink, linkId } from '../components/app-link.tsx';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { texts } from '../texts.ts';
import { clockTime } from '../words/clock.ts';
import { useTimeLeft } from '../words/use-duration.ts';
import { QrDialog } from './qr-dialog.tsx';

const words = texts.host.lan;

interface LanOpenProps {
  readonly lan: LanView;
  readonly snapshot: Snapshot;
}

interface ShownCode {
  readonly title: string;
  readonly url: string;
}

export function LanOpen({ lan, snapshot }: LanOpenProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [code, setCode] = useState<ShownCode>();
  function showCode(shown: ShownCode) {
    setCode(shown);
    dialog.current?.showModal();
  }
  return (
    <div className="lan-open">
      <LanTime lan={lan} />
      <h3>{words.addresses}</h3>
      <p className="hint">{words.addressesNote}</p>
      <ul className="lan-addresses">
        {lan.services
          .filter((service) => service.isOpen)
          .map((service) => (
            <OpenService key={service.id} service={service} snapshot={snapshot} onShowCode={showCode} />
          ))}
      </ul>
      <QrDialog dialog={dialog} title={code?.title ?? ''} url={code?.url ?? ''} />
    </div>
  );
}

interface OpenServiceProps {
  readonly service: LanServiceView;
  readonly snapshot: Snapshot;
  readonly onShowCode: (code: ShownCode) => void;
}

function OpenService({ service, snapshot, onShowCode }: OpenServiceProps) {
  const { title, urls } = service;
  return (
    <li>
      <span className="lan-service">{title}</span>
      <div>
        {urls.length === 0 && <span className="aside">{words.noAddress}</span>}
        {urls.map((url) => (
          <span key={url} className="lan-address">
            <AppLink id={linkId(snapshot, (known) => known.url === url)} label={url} url={url} />
            <CopyButton text={url} what={url} />
            <Button
              kind="quiet"
              icon="qr"
              about={words.qrAbout(`${title}: ${url}`)}
              onPress={() => onShowCode({ title, url })}
            >
              {words.qr}
            </Button>
          </span>
        ))}
      </div>
    </li>
  );
}

function LanTime({ lan }: { readonly lan: LanView }) {
  if (lan.until !== undefined) return <TimeLeft until={lan.until} />;
  if (lan.limit === 'network' || lan.limit === 'off') return <p className="lan-time">{words.limitIs[lan.limit]}</p>;
  return null;
}

function TimeLeft({ until }: { readonly until: number }) {
  const left = useTimeLeft(until);
  return (
    <p className="lan-time">
      {words.until(clockTime(until))} <span className="aside">{left === '' ? words.over : left}</span>
    </p>
  );
}
