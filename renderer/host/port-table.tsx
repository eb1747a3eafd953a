import type { PortHolder } from '../../electron/core/host/host-view.ts';
import { texts } from '../texts.ts';
import { listWords } from '../words/lists.ts';
import { exactText } from './exact-text.ts';

const words = texts.host.ports;

export function PortTable({ holders }: { readonly holders: readonly PortHolder[] }) {
  return (
    <table className="host-table">
      <thead>
        <tr>
          <th scope="col">{words.address}</th>
          <th scope="col">{words.owner}</th>
          <th scope="col">{words.covers}</th>
        </tr>
      </thead>
      <tbody>
        {holders.map(({ address, port, owner, covers }, index) => (
          <tr key={`${address} ${port} ${index}`}>
            <th scope="row">
              <span className="code">{address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`}</span>
              {(address === '::' || address === '0.0.0.0') && <span className="aside"> {words.every(address)}</span>}
            </th>
            {/* A program may call itself anything. */}
            <td>{exactText(owner).text}</td>
            <td>{covers.length === 0 ? <span className="aside">{words.coversNone}</span> : listWords(covers)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
