import { memo, useRef } from 'react';
import type { ServiceSnapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { DashboardButton } from '../components/dashboard-button.tsx';
import { ServiceIcon } from '../components/service-icon.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { figuresTexts as words } from '../figures-texts.ts';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { pointsOf } from './figures-history.ts';
import { MetricChart } from './metric-chart.tsx';
import { serviceMetrics } from './metrics.ts';
import { useHistory, useSeen } from './use-figures.ts';

interface ServiceFiguresProps {
  readonly service: ServiceSnapshot;
  readonly hasDashboards: boolean;
}

export const ServiceFigures = memo(function ServiceFigures({ service, hasDashboards }: ServiceFiguresProps) {
  const { id, title, state, dashboard, actions } = service;
  const element = useRef<HTMLLIElement>(null);
  const points = pointsOf(useHistory(useSeen(element)), id);
  const titleId = `figures-${id}`;
  return (
    <li ref={element} className="figures-service" data-service={id}>
      <article aria-labelledby={titleId}>
        <div className="figures-head">
          <ServiceIcon id={id} />
          <div className="figures-name">
            <h3 id={titleId}>{title}</h3>
            <p className="figures-state">
              <StateIcon state={state} />
              {texts.serviceState[state]}
            </p>
          </div>
          <div className="figures-links">
            {dashboard !== undefined && (
              <DashboardButton dashboard={dashboard} about={title} isEnabled={hasDashboards}>
                {words.dashboard}
              </DashboardButton>
            )}
            <Button
              kind="quiet"
              icon="logs"
              about={title}
              title={words.logsTitle(title)}
              isEnabled={actions.logs}
              onPress={() => navigate('logs', { service: id })}
            >
              {words.logs}
            </Button>
          </div>
        </div>
        <dl className="metrics">
          {serviceMetrics.map((metric) => (
            <MetricChart key={metric.name} metric={metric} points={points} title={title} />
          ))}
        </dl>
      </article>
    </li>
  );
});
