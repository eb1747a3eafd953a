import type { Snapshot } from '../../electron/core/snapshot.ts';
import type { TelemetryView } from '../../electron/core/telemetry/telemetry-view.ts';
import { DashboardButton, hasDashboards } from '../components/dashboard-button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { exactLines } from '../host/exact-text.ts';
import { texts } from '../texts.ts';
import { TelemetrySection } from './telemetry-section.tsx';

const words = texts.telemetry.lost;

interface LostSectionProps {
  readonly view: TelemetryView;
  readonly snapshot: Snapshot;
}

export function LostSection({ view, snapshot }: LostSectionProps) {
  const { dropped, targets } = view;
  // Prometheus scrapes at least itself: where it tells of nothing, it does not answer.
  const isKnown = targets.some(({ health }) => health !== 'unknown');
  const dashboard = snapshot.services.find(({ id }) => id === 'alloy')?.dashboard;
  return (
    <TelemetrySection name="lost" title={words.title}>
      {dropped.length > 0 && (
        <div className="host-lead">
          <ul className="lost">
            {dropped.map(({ what, count }) => (
              <li key={what}>
                <StateIcon state="degraded" />
                <span>
                  <strong>{words.count(count)}</strong> {exactLines(what)}
                </span>
              </li>
            ))}
          </ul>
          <p className="hint">{words.since}</p>
        </div>
      )}
      {dropped.length === 0 && isKnown && (
        <p className="with-icon">
          <StateIcon state="ready" />
          <span>{words.none}</span>
        </p>
      )}
      {!isKnown && <p className="host-how">{words.unknown}</p>}
      {dashboard !== undefined && (
        <div className="host-actions">
          <DashboardButton dashboard={dashboard} isEnabled={hasDashboards(snapshot)} about={words.dashboardAbout}>
            {words.dashboard}
          </DashboardButton>
        </div>
      )}
    </TelemetrySection>
  );
}
