import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { texts } from '../texts.ts';
import { timelineTexts } from '../timeline-texts.ts';
import { ChangesSection } from './changes-section.tsx';
import { StartSection } from './start-section.tsx';
import { loadTimeline } from './timeline-store.ts';
import { useTimeline } from './use-timeline.ts';

export function TimelinePage({ snapshot }: { readonly snapshot: Snapshot }) {
  const { view, problem } = useTimeline(snapshot);
  return (
    <div className="timeline-page">
      <h1>{texts.pages.timeline}</h1>
      {problem !== undefined && (
        <Notice kind="degraded" title={timelineTexts.unread}>
          <p>{problem}</p>
          <Button icon="restart" onPress={() => void loadTimeline()}>
            {timelineTexts.again}
          </Button>
        </Notice>
      )}
      {view === undefined && problem === undefined && (
        <p className="loading" role="status">
          {timelineTexts.loading}
        </p>
      )}
      {view !== undefined && (
        <div className="timeline-sections">
          <StartSection up={view.lastUp} />
          <ChangesSection view={view} />
        </div>
      )}
    </div>
  );
}
