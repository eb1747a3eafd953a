import type { ReactNode } from 'react';

interface TelemetrySectionProps {
  readonly name: 'send' | 'check' | 'kept' | 'scraped' | 'shipping' | 'lost' | 'own';
  readonly title: string;
  readonly children: ReactNode;
}

export function TelemetrySection({ name, title, children }: TelemetrySectionProps) {
  const id = `telemetry-${name}`;
  return (
    <section className="host-section" data-section={name} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
