import type { ServiceSnapshot, ServiceState } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { DashboardButton } from '../components/dashboard-button.tsx';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';

const up: ReadonlySet<ServiceState> = new Set(['starting', 'ready', 'degraded', 'stopping']);

export function ServiceActions({ service }: { readonly service: ServiceSnapshot }) {
  const { actions, id, title, state } = service;
  // Start and Stop share a place where only one of them makes sense; a failed service may offer both.
  const showsStop = actions.stop || up.has(state);
  const showsStart = actions.start || !showsStop;
  const services = [id];
  return (
    <div className="service-actions">
      {showsStart && (
        <Button icon="start" about={title} isEnabled={actions.start} onPress={() => void run('stack:up', { services })}>
          {texts.service.start}
        </Button>
      )}
      {showsStop && (
        <Button icon="stop" about={title} isEnabled={actions.stop} onPress={() => void run('stack:stop', { services })}>
          {texts.service.stop}
        </Button>
      )}
      <Button
        icon="restart"
        about={title}
        isEnabled={actions.restart}
        onPress={() => void run('stack:restart', { services })}
      >
        {texts.service.restart}
      </Button>
      <Button icon="logs" about={title} isEnabled={actions.logs} onPress={() => navigate('logs', { service: id })}>
        {texts.service.logs}
      </Button>
    </div>
  );
}

interface OpenActionsProps {
  readonly service: ServiceSnapshot;
  readonly hasDashboards: boolean;
}

// They stand apart, so that nothing moves under the pointer when a service becomes ready.
export function OpenActions({ service, hasDashboards }: OpenActionsProps) {
  const { dashboard, title, actions } = service;
  const [best] = service.urls;
  return (
    <div className="service-open">
      {dashboard !== undefined && (
        <DashboardButton dashboard={dashboard} about={title} isEnabled={hasDashboards} isIconOnly>
          {texts.service.dashboard}
        </DashboardButton>
      )}
      {best !== undefined && actions.open && (
        <Button kind="soft" icon="open" about={title} onPress={() => void run('link:open', { id: best.id })}>
          {texts.service.open}
        </Button>
      )}
    </div>
  );
}
