import { type ReactNode, useState } from 'react';
import type { ServiceFigures } from '../../electron/core/figures.ts';
import type { ServiceSnapshot } from '../../electron/core/snapshot.ts';
import { figuresTexts } from '../figures-texts.ts';
import { bytesWords, rateWords } from '../words/bytes.ts';
import { formatNumber, percentWords } from '../words/numbers.ts';
import { totalOf } from './figures-history.ts';
import { useHistory } from './use-figures.ts';

const words = figuresTexts.table;

interface Column {
  readonly name: 'processor' | 'memory' | 'received' | 'sent' | 'read' | 'written' | 'processes';
  valueOf(figures: ServiceFigures): number | undefined;
  wordsOf(value: number): string;
}

const columns: readonly Column[] = [
  { name: 'processor', valueOf: (figures) => figures.processors, wordsOf: percentWords },
  { name: 'memory', valueOf: (figures) => figures.memoryBytes, wordsOf: bytesWords },
  { name: 'received', valueOf: (figures) => figures.receivedPerSecond, wordsOf: rateWords },
  { name: 'sent', valueOf: (figures) => figures.sentPerSecond, wordsOf: rateWords },
  { name: 'read', valueOf: (figures) => figures.readPerSecond, wordsOf: rateWords },
  { name: 'written', valueOf: (figures) => figures.writtenPerSecond, wordsOf: rateWords },
  { name: 'processes', valueOf: (figures) => figures.processes, wordsOf: (value) => formatNumber(value) },
];

// The largest first; undefined: in the order of the stack.
type Order = Column | undefined;

export function FiguresTable({ services }: { readonly services: readonly ServiceSnapshot[] }) {
  const latest = useHistory(true).at(-1);
  const [order, setOrder] = useState<Order>();
  const rows = services.map(({ id, title }) => ({ id, title, figures: latest?.services[id] }));
  const valueOf = (figures: ServiceFigures | undefined) =>
    (figures === undefined ? undefined : order?.valueOf(figures)) ?? -1;
  const sorted = order === undefined ? rows : rows.toSorted((a, b) => valueOf(b.figures) - valueOf(a.figures));
  return (
    // Wide on purpose: it scrolls by itself where it has no room.
    <div className="figures-scroll" role="group" aria-label={words.caption} tabIndex={0}>
      <table className="host-table figures-table">
        <caption className="visually-hidden">{words.caption}</caption>
        <thead>
          <tr>
            <th scope="col" aria-sort={order === undefined ? 'ascending' : undefined}>
              <HeadButton isChosen={order === undefined} onPress={() => setOrder(undefined)}>
                {words.service}
              </HeadButton>
            </th>
            {columns.map((column) => (
              <th key={column.name} scope="col" aria-sort={order === column ? 'descending' : undefined}>
                <HeadButton isChosen={order === column} onPress={() => setOrder(column)}>
                  {words[column.name]}
                </HeadButton>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {sorted.map(({ id, title, figures }) => (
            <tr key={id}>
              <th scope="row">{title}</th>
              <Cells figures={figures} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">{words.total}</th>
            <Cells figures={latest === undefined ? undefined : totalOf(latest)} />
          </tr>
        </tfoot>
      </table>
    </div>
  );
}

function Cells({ figures }: { readonly figures: ServiceFigures | undefined }) {
  return columns.map(({ name, valueOf, wordsOf }) => {
    const value = figures === undefined ? undefined : valueOf(figures);
    return <td key={name}>{value === undefined ? words.none : wordsOf(value)}</td>;
  });
}

interface HeadButtonProps {
  readonly children: ReactNode;
  readonly isChosen: boolean;
  readonly onPress: () => void;
}

function HeadButton({ children, isChosen, onPress }: HeadButtonProps) {
  return (
    <button type="button" className="figures-order" onClick={onPress}>
      {children}
      <span aria-hidden="true">{isChosen ? ' ▾' : ''}</span>
    </button>
  );
}
