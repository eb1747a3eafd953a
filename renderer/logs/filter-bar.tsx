import { useStore } from '../stores/store.ts';
import { texts } from '../texts.ts';
import { formatNumber } from '../words/numbers.ts';
import { countGroups, type LevelGroup, levelGroups, type LineFilter } from './line-filter.ts';
import { choicesStore, choose } from './log-choices.ts';
import { Toggle } from './toggle.tsx';
import type { LogView } from './use-log-view.ts';

const words = texts.logs.filter;
const streams = Object.keys(words.streams) as LineFilter['stream'][];

export function FilterBar({ view }: { readonly view: LogView }) {
  const { filter, isWrapped, hasFields, hasColours } = useStore(choicesStore);
  const counts = countGroups(view.lines.ring.levels);
  function toggle(group: LevelGroup, isShown: boolean) {
    const hidden = new Set(filter.hidden);
    if (isShown) hidden.delete(group);
    else hidden.add(group);
    choose({ filter: { ...filter, hidden } });
  }
  return (
    <div className="log-filters">
      <div className="log-levels" role="group" aria-label={words.levels}>
        {levelGroups.map((group) => (
          <Toggle key={group} isOn={!filter.hidden.has(group)} onChange={(isShown) => toggle(group, isShown)}>
            <span className="level-dot" data-level={group} aria-hidden="true" />
            {words.level(group)} <span className="log-level-count">{formatNumber(counts[group])}</span>
          </Toggle>
        ))}
      </div>
      <select
        aria-label={words.stream}
        value={filter.stream}
        onChange={(event) => choose({ filter: { ...filter, stream: event.target.value as LineFilter['stream'] } })}
      >
        {streams.map((stream) => (
          <option key={stream} value={stream}>
            {words.streams[stream]}
          </option>
        ))}
      </select>
      <div className="log-looks" role="group" aria-label={words.view}>
        <Toggle isOn={isWrapped} title={words.wrapTitle} onChange={(isOn) => choose({ isWrapped: isOn })}>
          {words.wrap}
        </Toggle>
        <Toggle isOn={hasFields} title={words.fieldsTitle} onChange={(isOn) => choose({ hasFields: isOn })}>
          {words.fields}
        </Toggle>
        <Toggle isOn={hasColours} title={words.coloursTitle} onChange={(isOn) => choose({ hasColours: isOn })}>
          {words.colours}
        </Toggle>
      </div>
    </div>
  );
}
