import type { ReactNode } from 'react';
import type { ServiceUrl } from '../../electron/core/desired.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { texts } from '../texts.ts';
import { Button } from './button.tsx';

interface DashboardButtonProps {
  readonly children: ReactNode;
  readonly dashboard: ServiceUrl;
  readonly about: string;
  readonly isEnabled: boolean;
  readonly isIconOnly?: boolean;
}

export function DashboardButton(props: DashboardButtonProps) {
  const { children, dashboard, about, isEnabled, isIconOnly = false } = props;
  return (
    <Button
      kind="quiet"
      icon="dashboard"
      about={about}
      title={texts.service.dashboardTitle(dashboard.label)}
      isIconOnly={isIconOnly}
      isEnabled={isEnabled}
      onPress={() => void run('link:open', { id: dashboard.id })}
    >
      {children}
    </Button>
  );
}

// Dashboards are pages of Grafana.
export function hasDashboards({ services }: Snapshot): boolean {
  return services.some(({ id, state }) => id === 'grafana' && state === 'ready');
}
