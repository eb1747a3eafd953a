// The lines of a moment arrive from their oldest on: the moment is brought into sight with them, until somebody scrolls.
import { useEffect, useRef } from 'react';
import type { ListPlace } from './list-place.ts';
import type { LogView } from './use-log-view.ts';

export function useMomentInSight(
  { lines, version, draw }: LogView,
  place: ListPlace,
  moment: number | undefined,
): void {
  const shownFor = useRef<number>(undefined);
  useEffect(() => {
    if (moment === undefined) {
      shownFor.current = undefined;
      return;
    }
    if (shownFor.current === moment) return;
    const { shown } = lines;
    const index = shown.placeOfTime(moment);
    // Until then the end is shown, which is what is nearest to it.
    place.follow();
    if (index >= shown.size) return;
    place.showAt(shown.at(index), 1 / 3);
    shownFor.current = moment;
    draw();
  }, [moment, version, lines, place, draw]);
}
