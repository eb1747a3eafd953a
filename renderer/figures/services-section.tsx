import { useState } from 'react';
import type { ServiceSnapshot, Snapshot } from '../../electron/core/snapshot.ts';
import { hasDashboards } from '../components/dashboard-button.tsx';
import { figuresTexts as words } from '../figures-texts.ts';
import { Switch } from '../settings/switch.tsx';
import { FiguresTable } from './figures-table.tsx';
import { ServiceFigures } from './service-figures.tsx';

interface ServicesSectionProps {
  readonly snapshot: Snapshot;
  // Those with figures within these minutes.
  readonly known: readonly ServiceSnapshot[];
}

// Kept while the window lives.
let showsTable = false;

export function ServicesSection({ snapshot, known }: ServicesSectionProps) {
  const [isTable, setIsTable] = useState(showsTable);
  const others = snapshot.services.filter((service) => service.enabled && !known.includes(service));
  return (
    <section className="figures-services" aria-labelledby="figures-services">
      <div className="figures-bar">
        <h2 id="figures-services">{words.services}</h2>
        <Switch
          label={words.asTable}
          isOn={isTable}
          status=""
          onChange={(isOn) => {
            showsTable = isOn;
            setIsTable(isOn);
          }}
        />
      </div>
      {isTable ? (
        <FiguresTable services={known} />
      ) : (
        <ul className="figures-list">
          {known.map((service) => (
            <ServiceFigures key={service.id} service={service} hasDashboards={hasDashboards(snapshot)} />
          ))}
        </ul>
      )}
      {others.length > 0 && <p className="hint">{words.notRunning(others.map(({ title }) => title))}</p>}
    </section>
  );
}
