import type { Snapshot } from '../../electron/core/snapshot.ts';
import { texts } from '../texts.ts';

export function ImagesPage(_: { readonly snapshot: Snapshot }) {
  return (
    <div className="images-page">
      <h1>{texts.pages.images}</h1>
    </div>
  );
}
