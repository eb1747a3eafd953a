import { useRef } from 'react';
import { figuresTexts as words } from '../figures-texts.ts';
import { totalPoints } from './figures-history.ts';
import { MetricChart } from './metric-chart.tsx';
import { totalMetrics } from './metrics.ts';
import { useHistory, useSeen } from './use-figures.ts';

export function TotalSection() {
  const element = useRef<HTMLElement>(null);
  const history = useHistory(useSeen(element));
  const points = totalPoints(history);
  return (
    <section ref={element} className="host-section figures-total" aria-labelledby="figures-total">
      <h2 id="figures-total">{words.total}</h2>
      <dl className="metrics">
        {totalMetrics(history.at(-1)?.machine).map((metric) => (
          <MetricChart key={metric.name} metric={metric} points={points} title={words.total.toLowerCase()} />
        ))}
      </dl>
    </section>
  );
}
