import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { texts } from '../texts.ts';

interface AppLinkProps {
  // Of the snapshot's urls; without one the words are no link: the window may open nothing else.
  readonly id: string | undefined;
  readonly label: string;
  readonly url: string;
}

export function AppLink({ id, label, url }: AppLinkProps) {
  if (id === undefined) return <span className="code">{label}</span>;
  return (
    <button
      type="button"
      className="link code"
      title={texts.service.openAddress(url)}
      onClick={() => void run('link:open', { id })}
    >
      {label}
    </button>
  );
}

// The id under which the app opens what `matches` accepts.
export function linkId(
  snapshot: Snapshot,
  matches: (url: { readonly label: string; readonly url: string }) => boolean,
): string | undefined {
  const links = [...snapshot.services.flatMap((service) => service.urls), ...(snapshot.host?.lanLinks ?? [])];
  return links.find(matches)?.id;
}
