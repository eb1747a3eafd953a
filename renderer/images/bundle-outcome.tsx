import type { BundleReport, ServiceImage } from '../../electron/core/images/images-view.ts';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { Notice } from '../components/notice.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { cleanText } from '../logs/display-text.ts';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';
import { bundleBytes, dismissOutcome, type Transfer, type TransferKind } from './transfer-store.ts';

const words = texts.images.bundle;

interface BundleOutcomeProps {
  readonly outcome: NonNullable<Transfer['outcome']>;
  readonly images: readonly ServiceImage[];
}

export function BundleOutcome({ outcome, images }: BundleOutcomeProps) {
  if ('cancelled' in outcome) return <p role="status">{words.cancelled[outcome.cancelled]}</p>;
  return <Report kind={outcome.kind} report={outcome.report} images={images} />;
}

interface ReportProps {
  readonly kind: TransferKind;
  readonly report: BundleReport;
  readonly images: readonly ServiceImage[];
}

function Report({ kind, report, images }: ReportProps) {
  const titleOf = (service: string) => images.find((image) => image.service === service)?.title ?? service;
  return (
    <div className="bundle-report">
      <Notice kind="info" title={words.done[kind](report.images.length, bundleBytes(report))}>
        <p>
          {words.path[kind]} <span className="code">{report.path}</span>
          <CopyButton text={report.path} what={words.copyPath} />
        </p>
        <ul className="bundle-list">
          {report.images.map(({ service, name, verified, sizeBytes }) => (
            <li key={service}>
              <StateIcon state={verified === 'pinned-digest' ? 'ready' : 'degraded'} />
              <span>
                <span className="download-title">{titleOf(service)}</span> <span className="code">{name}</span>
                <span className="image-meaning">{words.check[kind][verified]}</span>
              </span>
              <span className="download-bytes">{bytesWords(sizeBytes)}</span>
            </li>
          ))}
        </ul>
        {report.leftOut.length > 0 && (
          <>
            <h3>{words.leftOut}</h3>
            <ul className="bundle-list">
              {report.leftOut.map(({ service, reason }) => (
                <li key={service}>
                  <StateIcon state="off" />
                  <span>
                    <span className="download-title">{titleOf(service)}</span>
                    <span className="image-meaning">{cleanText(reason)}</span>
                  </span>
                </li>
              ))}
            </ul>
          </>
        )}
        <div className="images-actions">
          <Button about={words.dismissAbout} onPress={dismissOutcome}>
            {words.dismiss}
          </Button>
        </div>
      </Notice>
    </div>
  );
}
