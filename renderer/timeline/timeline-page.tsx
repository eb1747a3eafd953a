import type { Snapshot } from '../../electron/core/snapshot.ts';
import { texts } from '../texts.ts';

export function TimelinePage(_: { readonly snapshot: Snapshot }) {
  return (
    <div className="timeline-page">
      <h1>{texts.pages.timeline}</h1>
    </div>
  );
}
