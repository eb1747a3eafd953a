import type { ReactNode } from 'react';
import type { HostSection as SectionName } from '../../electron/contract/contract.ts';

interface HostSectionProps {
  readonly name: SectionName | 'machine';
  readonly title: string;
  readonly children: ReactNode;
}

export function HostSection({ name, title, children }: HostSectionProps) {
  const id = `host-${name}`;
  return (
    <section className="host-section" data-section={name} aria-labelledby={id}>
      {/* The focus comes here from elsewhere: the tray, a failure, a sheet whose button is gone. */}
      <h2 id={id} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}

// Whether it is there.
export function focusSection(name: SectionName): boolean {
  const heading = document.getElementById(`host-${name}`);
  heading?.focus({ preventScroll: true });
  heading?.scrollIntoView({ block: 'start' });
  return heading !== null;
}
