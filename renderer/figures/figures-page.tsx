import type { Snapshot } from '../../electron/core/snapshot.ts';
import { texts } from '../texts.ts';

export function FiguresPage(_: { readonly snapshot: Snapshot }) {
  return (
    <div className="figures-page">
      <h1>{texts.pages.figures}</h1>
    </div>
  );
}
