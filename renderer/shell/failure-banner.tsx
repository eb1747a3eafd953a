import type { ReactNode } from 'react';
import type { HostSection } from '../../electron/contract/contract.ts';
import type { Failure } from '../../electron/core/failure.ts';
import type { ShownFailure } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { displayText } from '../logs/display-text.ts';
import { navigate } from '../stores/navigation.ts';
import { snapshotStore } from '../stores/snapshot-store.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { detailWithoutLines } from './failure-detail.ts';

interface FailureBannerProps {
  readonly shown: ShownFailure;
  // One line, where the room is needed for what it leads to.
  readonly isBrief?: boolean;
  readonly onRetry: () => void;
  readonly onDismiss: () => void;
}

export function FailureBanner({ shown, isBrief = false, onRetry, onDismiss }: FailureBannerProps) {
  const { failure, text } = shown;
  if (isBrief) {
    return (
      <Banner title={text.title} isBrief onDismiss={onDismiss}>
        <Evidence failure={failure} />
      </Banner>
    );
  }
  return (
    <Banner title={text.title} onDismiss={onDismiss}>
      <p>{'lastLines' in failure ? detailWithoutLines(text.detail, failure.lastLines) : text.detail}</p>
      <p>{text.nextStep}</p>
      {'lastLines' in failure && failure.lastLines.length > 0 && (
        <figure className="evidence">
          <figcaption>{texts.banner.lastLines(failure.service)}</figcaption>
          <pre tabIndex={0} role="region" aria-label={texts.banner.lastLines(failure.service)}>
            {failure.lastLines.map((line) => displayText(line).text).join('\n')}
          </pre>
        </figure>
      )}
      <div className="banner-actions">
        {text.action !== undefined && <Button onPress={() => act(shown, onRetry)}>{text.action.label}</Button>}
        <Evidence failure={failure} />
      </div>
    </Banner>
  );
}

// What the service wrote around the moment at which it went wrong, where that is known.
function Evidence({ failure }: { readonly failure: Failure }) {
  const snapshot = useStore(snapshotStore);
  const id = 'needed' in failure ? failure.needed : 'service' in failure ? failure.service : undefined;
  const service = snapshot?.services.find((each) => each.id === id);
  if (service === undefined || !service.actions.logs) return null;
  if (service.state !== 'failed' && service.state !== 'degraded') return null;
  return (
    <Button
      kind="soft"
      icon="logs"
      about={service.title}
      onPress={() => navigate('logs', { service: service.id, at: service.since })}
    >
      {texts.logs.evidence}
    </Button>
  );
}

function act({ failure, text: { action } }: ShownFailure, onRetry: () => void): void {
  if (action?.kind === 'retry') onRetry();
  if (action?.kind === 'open-settings') navigate('settings');
  if (action?.kind === 'open-host') navigate('host', { section: sectionOf(failure) });
  if (action?.kind === 'show-logs') navigate('logs', { service: action.service });
}

function sectionOf({ code }: Failure): HostSection | undefined {
  if (code === 'names-unusable') return 'names';
  return code.startsWith('lan-') ? 'lan' : undefined;
}

export function UnexpectedBanner({
  reference,
  onDismiss,
}: {
  readonly reference: string;
  readonly onDismiss: () => void;
}) {
  return (
    <Banner title={texts.banner.unexpectedTitle} onDismiss={onDismiss}>
      <p>{texts.banner.unexpectedDetail}</p>
      <p>
        {texts.banner.unexpectedNext} <code>{reference}</code>
        <CopyButton text={reference} what={texts.banner.copyReference} />
      </p>
    </Banner>
  );
}

interface BannerProps {
  readonly title: string;
  readonly isBrief?: boolean;
  readonly children: ReactNode;
  readonly onDismiss: () => void;
}

function Banner({ title, isBrief = false, children, onDismiss }: BannerProps) {
  return (
    <div className="banner" data-brief={isBrief} role="alert">
      <StateIcon state="failed" />
      <div className="banner-words">
        <p className="banner-title">{title}</p>
        {children}
      </div>
      <Button kind="quiet" icon="close" isIconOnly onPress={onDismiss}>
        {texts.banner.dismiss}
        {texts.banner.dismissWhat(title)}
      </Button>
    </div>
  );
}
