import type { ServiceSnapshot } from '../../electron/core/snapshot.ts';

// More marks than this tell nothing any more.
const mostMarks = 60;

// One mark a service, higher the nearer it is to ready. The summary says the same in words.
export function Gauge({ services }: { readonly services: readonly ServiceSnapshot[] }) {
  const shown = services.filter((service) => service.enabled);
  if (shown.length > mostMarks) return null;
  return (
    <div className="gauge" aria-hidden="true">
      {shown.map((service) => (
        <span key={service.id} className="gauge-mark" data-state={service.state} title={service.title} />
      ))}
    </div>
  );
}
