import type { Snapshot } from '../../electron/core/snapshot.ts';
import { chooseLogServices, placeStore } from '../stores/navigation.ts';
import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { LogList } from './log-list.tsx';
import { LogToolbar } from './log-toolbar.tsx';
import { ServicePicker } from './service-picker.tsx';
import { useFollow } from './use-follow.ts';
import { useLogView } from './use-log-view.ts';

// As many as one session may follow.
const mostServices = 200;

export function LogsPage({ snapshot }: { readonly snapshot: Snapshot }) {
  const { logServices } = useStore(placeStore);
  const { services } = snapshot;
  const chosen = logServices ?? services.filter((service) => service.enabled).map((service) => service.id);
  const shown = services.filter((service) => chosen.includes(service.id)).slice(0, mostServices);
  const view = useLogView(
    shown.map((service) => service.id),
    snapshot.engine.kind === 'connected',
  );
  const follow = useFollow(view.ring, view.version);
  return (
    <div className="logs-page">
      <h1 className="visually-hidden">{texts.pages.logs}</h1>
      <ServicePicker services={services} chosen={chosen} onChoose={chooseLogServices} />
      <LogToolbar view={view} follow={follow} />
      {shown.length === 0 ? (
        <p className="logs-empty">{texts.logs.choose}</p>
      ) : (
        <LogList
          view={view}
          follow={follow}
          titles={new Map(shown.map((service) => [service.id, service.title]))}
          emptyWords={shown.some((service) => service.actions.logs) ? texts.logs.waiting : texts.logs.noContainers}
        />
      )}
    </div>
  );
}
