// What is to be downloaded and how far it is. Pure.
import type { DownloadSize, ImagesView } from '../../electron/core/images/images-view.ts';
import type { Activity, ServiceSnapshot, Snapshot } from '../../electron/core/snapshot.ts';

// The images that a command brings: those that were missing when it began.
export interface AskedDownload {
  readonly startedAt: number;
  readonly services: readonly string[];
}

export interface DownloadItem {
  readonly service: string;
  readonly title: string;
  readonly state: 'waiting' | 'coming' | 'here';
  readonly bytesDone: number;
  // 0 while it is not known.
  readonly bytesTotal: number;
}

export function neededServices(view: ImagesView): readonly string[] {
  return view.images
    .filter(({ enabled, state }) => enabled && (state === 'missing' || state === 'foreign'))
    .map(({ service }) => service);
}

// What is under way, or was last; undefined where nothing ever was.
export function followDownload(
  before: AskedDownload | undefined,
  needed: readonly string[],
  { activity, services }: Pick<Snapshot, 'activity' | 'services'>,
): AskedDownload | undefined {
  const coming = services.filter(({ pull }) => pull !== undefined).map(({ id }) => id);
  if (activity === undefined || (activity.command !== 'pull' && coming.length === 0)) return before;
  const isSame = before?.startedAt === activity.startedAt;
  const known = isSame ? before.services : [];
  const all = [...new Set([...known, ...needed, ...coming])];
  return isSame && all.length === known.length ? before : { startedAt: activity.startedAt, services: all };
}

export function underWay(asked: AskedDownload | undefined, activity: Activity | undefined): AskedDownload | undefined {
  return activity !== undefined && asked?.startedAt === activity.startedAt ? asked : undefined;
}

export function downloadItems(
  asked: AskedDownload,
  services: readonly ServiceSnapshot[],
  sizes: Readonly<Record<string, DownloadSize>>,
): readonly DownloadItem[] {
  return services
    .filter(({ id }) => asked.services.includes(id))
    .map(({ id, title, pull, image }) => {
      const total = Math.max(sizes[id]?.bytes ?? 0, pull?.bytesTotal ?? 0);
      const isHere = pull === undefined && image.present;
      // What the registry told is compressed, as is what the engine counts: yet nothing is more than whole.
      const done = isHere ? total : Math.min(pull?.bytesDone ?? 0, total === 0 ? Infinity : total);
      const state = isHere ? 'here' : pull === undefined ? 'waiting' : 'coming';
      return { service: id, title, state, bytesDone: done, bytesTotal: total };
    });
}

// 0 as total while one of them is not known.
export function downloadTotal(items: readonly DownloadItem[]): {
  readonly bytesDone: number;
  readonly bytesTotal: number;
} {
  const sum = (of: (item: DownloadItem) => number) => items.reduce((total, item) => total + of(item), 0);
  const isKnown = items.every((item) => item.bytesTotal > 0 || item.state === 'here');
  return { bytesDone: sum((item) => item.bytesDone), bytesTotal: isKnown ? sum((item) => item.bytesTotal) : 0 };
}
