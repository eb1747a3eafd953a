import { memo } from 'react';
import type { ServiceSnapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { ServiceIcon } from '../components/service-icon.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { useDuration } from '../words/use-duration.ts';
import { PullBar } from './pull-bar.tsx';
import { OpenActions, ServiceActions } from './service-actions.tsx';
import { ServiceFacts } from './service-facts.tsx';
import { ServiceLines } from './service-lines.tsx';
import type { TailStore } from './tail-store.ts';

interface ServiceRowProps {
  readonly service: ServiceSnapshot;
  // 'Loki and Tempo (starting)', '' when it needs none.
  readonly needs: string;
  readonly tails: TailStore;
  readonly isCancellable: boolean;
  readonly hasDashboards: boolean;
}

// A service whose part of the snapshot is the same object as before is not drawn again.
export const ServiceRow = memo(function ServiceRow(props: ServiceRowProps) {
  const { service, needs, tails, isCancellable, hasDashboards } = props;
  const titleId = `service-${service.id}`;
  return (
    <li className="service" data-state={service.state} data-service={service.id}>
      <article aria-labelledby={titleId}>
        <div className="service-main">
          <ServiceIcon id={service.id} />
          <div className="service-head">
            <h3 id={titleId}>{service.title}</h3>
            <p className="service-state">
              <StateIcon state={service.state} />
              <strong>{texts.serviceState[service.state]}</strong>
              {service.enabled && <Since since={service.since} />}
            </p>
          </div>
          <OpenActions service={service} hasDashboards={hasDashboards} />
          <div className="service-body">
            {service.reason !== '' && <p className="service-reason">{service.reason}</p>}
            <p className="service-summary">{service.summary}</p>
            {service.pull !== undefined && (
              <PullBar pull={service.pull} title={service.title} isCancellable={isCancellable} />
            )}
            <ServiceActions service={service} />
            <Evidence service={service} />
          </div>
        </div>
        <ServiceFacts service={service} needs={needs} />
        <ServiceLines service={service} tails={tails} />
      </article>
    </li>
  );
});

// What it wrote around the moment at which it went wrong.
function Evidence({ service: { id, title, state, since, actions } }: { readonly service: ServiceSnapshot }) {
  if ((state !== 'failed' && state !== 'degraded') || !actions.logs) return null;
  return (
    <p className="service-evidence">
      <Button kind="soft" icon="logs" about={title} onPress={() => navigate('logs', { service: id, at: since })}>
        {texts.logs.evidence}
      </Button>
    </p>
  );
}

function Since({ since }: { readonly since: number }) {
  return <span className="service-since">{useDuration(since)}</span>;
}
