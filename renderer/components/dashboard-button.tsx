import type { ReactNode } from 'react';
import type { ServiceUrl } from '../../electron/core/desired.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from './button.tsx';

interface DashboardButtonProps {
  readonly children: ReactNode;
  readonly dashboard: ServiceUrl;
  readonly about: string;
  readonly isEnabled: boolean;
}

export function DashboardButton({ children, dashboard, about, isEnabled }: DashboardButtonProps) {
  return (
    <Button
      kind="quiet"
      icon="dashboard"
      about={about}
      title={dashboard.label}
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
