import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { announce } from '../stores/announcements.ts';
import { texts } from '../texts.ts';
import { linesAsText, mostCopied, mostSaved } from './copy-text.ts';
import { exploreRequest } from './explore.ts';
import type { Follow } from './use-follow.ts';
import type { LogCursor } from './use-log-cursor.ts';
import type { LogView } from './use-log-view.ts';

interface LogToolbarProps {
  readonly view: LogView;
  readonly follow: Follow;
  readonly cursor: LogCursor;
  readonly services: readonly string[];
  readonly moment: number | undefined;
}

export function LogToolbar({ view, follow, cursor, services, moment }: LogToolbarProps) {
  const { lines, end } = view;
  const { ring, shown } = lines;
  const { chosen } = cursor;
  const isFiltered = shown.size !== ring.size;
  const live = follow.isFollowing ? texts.logs.following : texts.logs.paused;
  async function save() {
    const { size } = shown;
    const text = `${linesAsText(shown, 0, size, mostSaved)}\n`;
    const result = await run('logs:save', { name: fileName(services, new Date()), text });
    if (result.ok && result.value.path !== undefined) announce(texts.announce.saved(texts.logs.saved(size)));
  }
  return (
    <div className="log-toolbar">
      <p className="log-status">
        <span>{moment === undefined ? live : texts.logs.atMoment}</span>
        <span>{isFiltered ? texts.logs.shownOf(shown.size, ring.size) : texts.logs.count(ring.size)}</span>
        {ring.dropped > 0 && <span>{texts.logs.dropped(ring.dropped)}</span>}
      </p>
      {end !== undefined && (
        <p className="log-end" role="status">
          {end.problem ?? texts.logs.ended}
          <Button kind="quiet" icon="restart" onPress={view.openAgain}>
            {texts.logs.again}
          </Button>
        </p>
      )}
      <div className="log-actions">
        {follow.canFollow && (
          <Button
            kind="quiet"
            icon={follow.isFollowing ? 'pause' : 'end'}
            onPress={() => follow.setFollowing(!follow.isFollowing)}
          >
            {follow.isFollowing ? texts.logs.pause : texts.logs.follow}
          </Button>
        )}
        <CopyButton
          text={() => linesAsText(shown, chosen?.from ?? 0, chosen?.to ?? shown.size, mostCopied)}
          what={texts.logs.copyWhat}
          label={chosen === undefined ? texts.logs.copy : texts.logs.copySome(chosen.to - chosen.from)}
        />
        <Button
          kind="quiet"
          icon="save"
          title={texts.logs.saveTitle}
          isEnabled={shown.size > 0}
          onPress={() => void save()}
        >
          {texts.logs.save}
        </Button>
        <Button
          kind="quiet"
          icon="open"
          title={texts.logs.exploreTitle}
          isEnabled={services.length > 0}
          onPress={() => void run('logs:explore', exploreRequest(lines, services, moment, Date.now()))}
        >
          {texts.logs.explore}
        </Button>
        <Button kind="quiet" icon="close" onPress={view.clear}>
          {texts.logs.clear}
        </Button>
      </div>
    </div>
  );
}

// As a folder sorts them: macula-loki-2026-11-29-054500.log
function fileName(services: readonly string[], now: Date): string {
  const local = new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString();
  const stamp = `${local.slice(0, 10)}-${local.slice(11, 19).replaceAll(':', '')}`;
  const [only] = services;
  return texts.logs.fileName(services.length === 1 && only !== undefined ? only : texts.logs.severalServices, stamp);
}
