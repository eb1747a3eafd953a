import type { Settings } from '../../electron/core/settings.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import type { TelemetryView } from '../../electron/core/telemetry/telemetry-view.ts';
import { Switch } from '../settings/switch.tsx';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { ApplyNow } from './apply-now.tsx';
import { TargetForm } from './target-form.tsx';
import { TargetTable } from './target-table.tsx';
import { changeTelemetry, telemetryStore } from './telemetry-store.ts';
import { TelemetrySection } from './telemetry-section.tsx';

const words = texts.telemetry.scraped;

interface ScrapedSectionProps {
  readonly view: TelemetryView;
  readonly settings: Settings;
  readonly snapshot: Snapshot;
}

export function ScrapedSection({ view, settings, snapshot }: ScrapedSectionProps) {
  const { saved } = useStore(telemetryStore);
  const { targets, options } = view;
  const up = targets.filter(({ health }) => health === 'up').length;
  const isSaved = (key: string) => (saved === key ? texts.settings.saved : '');
  return (
    <TelemetrySection name="scraped" title={words.title}>
      <p className="host-summary">{targets.length === 0 ? words.none : words.counts(up, targets.length)}</p>
      {targets.length > 0 && <TargetTable targets={targets} own={settings.targets} />}
      <div className="scraped-parts">
        <TargetForm own={settings.targets} />
        <div className="scraped-options">
          <h3>{words.options}</h3>
          <Switch
            label={words.engine}
            hint={`${options.engineMetrics} ${words.engineEffect}`}
            isOn={settings.engineMetrics}
            status={isSaved('engineMetrics')}
            onChange={(isOn) => void changeTelemetry(() => ({ engineMetrics: isOn }), words.engine, 'engineMetrics')}
          />
          {saved === 'engineMetrics' && <ApplyNow snapshot={snapshot} />}
          <Switch
            label={words.kind}
            hint={`${options.kindClusters} ${words.kindEffect}`}
            isOn={settings.kindClusters}
            status={isSaved('kindClusters')}
            onChange={(isOn) => void changeTelemetry(() => ({ kindClusters: isOn }), words.kind, 'kindClusters')}
          />
        </div>
      </div>
    </TelemetrySection>
  );
}
