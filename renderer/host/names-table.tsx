import type { NamesView, NameView } from '../../electron/core/host/host-view.ts';
import type { ServiceState, Snapshot } from '../../electron/core/snapshot.ts';
import { AppLink, linkId } from '../components/app-link.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { texts } from '../texts.ts';
import { exactLines } from './exact-text.ts';

const words = texts.host.names;

interface NamesTableProps {
  readonly names: NamesView;
  readonly snapshot: Snapshot;
}

export function NamesTable({ names, snapshot }: NamesTableProps) {
  if (names.hosts.length === 0) return null;
  return (
    <table className="host-table names-table">
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.address}</th>
          <th scope="col">{words.state}</th>
        </tr>
      </thead>
      <tbody>
        {names.hosts.map((name) => (
          <tr key={name.host}>
            <th scope="row">
              <AppLink
                id={name.state === 'right' ? linkId(snapshot, (url) => url.label === name.host) : undefined}
                label={name.host}
                url={`http://${name.host}/`}
              />
            </th>
            <td className="code">{name.address}</td>
            <td>
              <span className="with-icon">
                <StateIcon state={iconOf(name, names.applied !== undefined)} />
                <span>
                  {words.states[name.state]}
                  {name.state !== 'right' && <span className="aside"> {foundWords(name)}</span>}
                </span>
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// Where nothing was set up, an absent name is no fault.
function iconOf({ state }: NameView, isSetUp: boolean): ServiceState {
  if (state === 'right') return 'ready';
  if (state === 'absent' && !isSetUp) return 'off';
  return isSetUp ? 'failed' : 'degraded';
}

function foundWords({ state, found }: NameView): string {
  return state === 'absent' || found.length === 0 ? words.nowhere : words.found(found.map(exactLines));
}
