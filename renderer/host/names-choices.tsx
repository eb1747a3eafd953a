import { useId } from 'react';
import type { NamesBackend, NamesView } from '../../electron/core/host/host-view.ts';
import { CommandLine } from '../components/command-line.tsx';
import { texts } from '../texts.ts';
import { exactLines } from './exact-text.ts';

const words = texts.host.names;

interface NamesChoicesProps {
  readonly names: NamesView;
  readonly chosen: NamesBackend;
  readonly onChoose: (backend: NamesBackend) => void;
}

export function NamesChoices({ names, chosen, onChoose }: NamesChoicesProps) {
  const id = useId();
  return (
    <fieldset className="cards">
      <legend>{words.choices}</legend>
      {names.choices.map(({ backend, isUsable, isRecommended, reason, remedy }) => {
        const { title, what } = words.backend[backend];
        const isInUse = names.applied?.backend === backend;
        return (
          <div key={backend} className="card" data-chosen={chosen === backend} data-usable={isUsable}>
            <label className="card-label">
              <input
                type="radio"
                name={id}
                checked={chosen === backend}
                disabled={!isUsable}
                aria-describedby={`${id}-${backend}`}
                onChange={() => onChoose(backend)}
              />
              <span className="card-title">{title}</span>
              {isRecommended && <span className="badge">{words.recommended}</span>}
              {isInUse && <span className="badge badge-strong">{words.inUse}</span>}
            </label>
            <div id={`${id}-${backend}`} className="card-words">
              <p>{what}</p>
              <p className="hint">
                {!isUsable && <strong>{words.unusable} </strong>}
                {exactLines(reason)}
              </p>
            </div>
            {remedy !== undefined && (
              <div className="card-remedy">
                <p className="hint">{words.remedy}</p>
                <CommandLine line={remedy} what={texts.host.copyLine} />
              </div>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
