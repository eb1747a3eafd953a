import type { HostView } from '../../electron/core/host/host-view.ts';
import { texts } from '../texts.ts';
import { exactLines } from './exact-text.ts';
import { HostSection } from './host-section.tsx';

const words = texts.host.machine;

export function MachineSection({ view }: { readonly view: HostView }) {
  const { loopback, firewall, elevation } = view;
  return (
    <HostSection name="machine" title={words.title}>
      <dl className="machine-facts">
        <dt>{words.loopback}</dt>
        <dd>{loopback}</dd>
        {firewall.length > 0 && <dt>{words.firewall}</dt>}
        {firewall.map((line) => (
          <dd key={line}>{exactLines(line)}</dd>
        ))}
        <dt>{words.password}</dt>
        <dd>{words.elevation[elevation.kind]}</dd>
        {elevation.detail !== '' && <dd className="aside">{exactLines(elevation.detail)}</dd>}
      </dl>
    </HostSection>
  );
}
