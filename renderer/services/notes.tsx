import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Icon } from '../components/icon.tsx';
import { texts } from '../texts.ts';

// Worth knowing, and nothing to be done about it now.
export function Notes({ snapshot }: { readonly snapshot: Snapshot }) {
  const notes = snapshot.trayVisible === false ? [...snapshot.notes, texts.banner.noTray] : snapshot.notes;
  if (notes.length === 0) return null;
  return (
    <section className="notes" aria-label={texts.banner.notes}>
      <Icon name="info" />
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </section>
  );
}
