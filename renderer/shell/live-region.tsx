import { announcementStore } from '../stores/announcements.ts';
import { useStore } from '../stores/store.ts';

export function LiveRegion() {
  return (
    <div className="visually-hidden" role="status" aria-live="polite">
      {useStore(announcementStore)}
    </div>
  );
}
