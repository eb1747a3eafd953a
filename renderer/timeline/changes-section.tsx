import { useId, useState } from 'react';
import { mostChanges } from '../../electron/core/timeline-changes.ts';
import type { TimelineView } from '../../electron/core/timeline.ts';
import { Button } from '../components/button.tsx';
import { timelineTexts } from '../timeline-texts.ts';
import { clockTime, dateWords, isSameDay } from '../words/clock.ts';
import { formatNumber } from '../words/numbers.ts';
import { type ChangeFilter, filterChanges, groupByHour } from './change-groups.ts';
import { ChangeRow } from './change-row.tsx';

const words = timelineTexts.changes;
// So many rows at a time: thousands would make the page slow.
const atOnce = 200;
const hourMilliseconds = 60 * 60 * 1000;

export function ChangesSection({ view }: { readonly view: TimelineView }) {
  const { changes, isCut } = view;
  const [filter, setFilter] = useState<ChangeFilter>({ service: '', onlyTrouble: false });
  const [most, setMost] = useState(atOnce);
  const fitting = filterChanges(changes, filter);
  const shown = fitting.slice(0, most);
  const left = fitting.length - shown.length;
  function choose(change: Partial<ChangeFilter>) {
    setFilter({ ...filter, ...change });
    setMost(atOnce);
  }
  return (
    <section className="timeline-section" aria-labelledby="changes">
      <h2 id="changes">{words.title}</h2>
      {changes.length === 0 ? (
        <p className="timeline-none">{words.none}</p>
      ) : (
        <>
          <Filter view={view} filter={filter} choose={choose} fitting={fitting.length} />
          {fitting.length === 0 && <p className="timeline-none">{words.noMatch}</p>}
          {groupByHour(shown).map((group) => (
            <section key={group.hour} className="change-group" aria-labelledby={`hour-${group.hour}`}>
              <h3 id={`hour-${group.hour}`}>{hourWords(group.hour)}</h3>
              <ol>
                {group.changes.map((change) => (
                  <ChangeRow key={`${change.at} ${change.service} ${change.to}`} change={change} />
                ))}
              </ol>
            </section>
          ))}
          {left > 0 && (
            <div>
              <Button icon="end" onPress={() => setMost(most + atOnce)}>
                {words.more(Math.min(left, atOnce))}
              </Button>
            </div>
          )}
          {isCut && left === 0 && <p className="timeline-none">{words.cut(formatNumber(mostChanges))}</p>}
        </>
      )}
    </section>
  );
}

interface FilterProps {
  readonly view: TimelineView;
  readonly filter: ChangeFilter;
  readonly choose: (change: Partial<ChangeFilter>) => void;
  readonly fitting: number;
}

function Filter({ view, filter, choose, fitting }: FilterProps) {
  const id = useId();
  const titles = new Map(view.changes.map(({ service, title }) => [service, title]));
  // What was chosen stays a choice, also once its last change is a day old.
  if (filter.service !== '' && !titles.has(filter.service)) titles.set(filter.service, filter.service);
  const services = [...titles].sort(([, one], [, other]) => one.localeCompare(other));
  return (
    <div className="change-filter">
      <label htmlFor={`${id}-service`}>{words.service}</label>
      <select
        id={`${id}-service`}
        value={filter.service}
        onChange={(event) => choose({ service: event.currentTarget.value })}
      >
        <option value="">{words.allServices}</option>
        {services.map(([service, title]) => (
          <option key={service} value={service}>
            {title}
          </option>
        ))}
      </select>
      <label className="change-only">
        <input
          type="checkbox"
          checked={filter.onlyTrouble}
          onChange={(event) => choose({ onlyTrouble: event.currentTarget.checked })}
        />
        <span>{words.onlyTrouble}</span>
      </label>
      <p className="aside" role="status">
        {words.count(fitting, view.changes.length)}
      </p>
    </div>
  );
}

function hourWords(hour: number): string {
  const span = words.hour(clockTime(hour), clockTime(hour + hourMilliseconds));
  return isSameDay(hour, Date.now()) ? span : `${dateWords(hour)}, ${span}`;
}
