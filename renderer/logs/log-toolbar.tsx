import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { texts } from '../texts.ts';
import { linesAsText, mostCopied } from './copy-text.ts';
import type { Follow } from './use-follow.ts';
import type { LogView } from './use-log-view.ts';

export function LogToolbar({ view, follow }: { readonly view: LogView; readonly follow: Follow }) {
  const { ring, end } = view;
  return (
    <div className="log-toolbar">
      <p className="log-status">
        <span>{follow.isFollowing ? texts.logs.following : texts.logs.paused}</span>
        <span>{texts.logs.count(ring.size)}</span>
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
        <Button
          kind="quiet"
          icon={follow.isFollowing ? 'pause' : 'end'}
          onPress={() => follow.setFollowing(!follow.isFollowing)}
        >
          {follow.isFollowing ? texts.logs.pause : texts.logs.follow}
        </Button>
        <CopyButton
          text={() => linesAsText(ring.lines, 0, ring.size, mostCopied)}
          what={texts.logs.copyWhat}
          label={texts.logs.copy}
        />
        <Button kind="quiet" icon="close" onPress={view.clear}>
          {texts.logs.clear}
        </Button>
      </div>
    </div>
  );
}
