import { figuresTexts } from '../figures-texts.ts';
import { exactText } from '../host/exact-text.ts';
import { bytesWords } from '../words/bytes.ts';

const words = figuresTexts.space;

interface Row {
  readonly name: string;
  // Of the service that has it.
  readonly title: string;
  readonly bytes: number | undefined;
}

interface SpaceTableProps {
  readonly title: string;
  readonly rows: readonly Row[];
  readonly total: number;
  // What is said where there are no rows.
  readonly none: string;
  readonly hint?: string;
}

export function SpaceTable({ title, rows, total, none, hint }: SpaceTableProps) {
  const sorted = rows.toSorted((a, b) => (b.bytes ?? -1) - (a.bytes ?? -1));
  const most = Math.max(1, ...rows.map(({ bytes }) => bytes ?? 0));
  return (
    <div className="space">
      <h3>{title}</h3>
      {rows.length === 0 ? (
        <p className="hint">{none}</p>
      ) : (
        <table className="host-table space-table">
          <caption className="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.size}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map(({ name, title: service, bytes }) => (
              <tr key={`${name} ${service}`}>
                <th scope="row">
                  {/* A volume may be called anything. */}
                  <span className="space-name">{exactText(name).text}</span>
                  <span className="aside">{service}</span>
                </th>
                <td>
                  {bytes === undefined ? <span className="aside">{words.unknown}</span> : bytesWords(bytes)}
                  <span className="space-bar" aria-hidden="true">
                    <span style={{ width: `${((bytes ?? 0) / most) * 100}%` }} />
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{words.total}</th>
              <td>{bytesWords(total)}</td>
            </tr>
          </tfoot>
        </table>
      )}
      {hint !== undefined && rows.length > 0 && <p className="hint">{hint}</p>}
    </div>
  );
}
