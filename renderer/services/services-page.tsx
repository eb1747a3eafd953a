import type { ServiceGroup } from '../../electron/core/catalog/service.ts';
import type { ServiceSnapshot, Snapshot } from '../../electron/core/snapshot.ts';
import { hasDashboards } from '../components/dashboard-button.tsx';
import { Banners } from '../shell/banners.tsx';
import { texts } from '../texts.ts';
import { listWords } from '../words/lists.ts';
import { EngineCard } from './engine-card.tsx';
import { LanBanner } from './lan-line.tsx';
import { Notes } from './notes.tsx';
import { ServiceRow } from './service-row.tsx';
import { StackHeader } from './stack-header.tsx';
import { useTails } from './use-tails.ts';

// Beyond this, rows that are far away are left out of the layout.
const fewServices = 30;

const groupOrder = Object.keys(texts.groups) as ServiceGroup[];

export function ServicesPage({ snapshot }: { readonly snapshot: Snapshot }) {
  const { services, engine } = snapshot;
  const tails = useTails(snapshot);
  const byId = new Map(services.map((service) => [service.id, service]));
  const isBusy = snapshot.activity !== undefined;
  return (
    <div className="services-page" data-many={services.length > fewServices}>
      <StackHeader snapshot={snapshot} />
      <LanBanner host={snapshot.host} />
      <Banners snapshot={snapshot} />
      {engine.kind === 'unavailable' && <EngineCard engine={engine} />}
      <Notes snapshot={snapshot} />
      {groupOrder.map((group) => {
        const members = services.filter((service) => service.group === group);
        if (members.length === 0) return null;
        return (
          <section key={group} className="group" aria-labelledby={`group-${group}`}>
            <h2 id={`group-${group}`} className="group-title">
              {texts.groups[group]}
            </h2>
            <ul className="group-list">
              {members.map((service) => (
                <ServiceRow
                  key={service.id}
                  service={service}
                  needs={needsWords(service, byId)}
                  tails={tails}
                  isCancellable={isBusy && snapshot.stack.actions.cancel}
                  hasDashboards={hasDashboards(snapshot)}
                />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function needsWords(service: ServiceSnapshot, byId: ReadonlyMap<string, ServiceSnapshot>): string {
  // In a stack that is off, that the others are off too is no news.
  const state = (id: string) =>
    service.state === 'off' && byId.get(id)?.state === 'off' ? undefined : byId.get(id)?.state;
  return listWords(service.needs.map((id) => texts.service.needed(byId.get(id)?.title ?? id, state(id))));
}
