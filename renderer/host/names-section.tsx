import { useState } from 'react';
import type { HostView, NamesBackend, NamesView } from '../../electron/core/host/host-view.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';
import { HostSection } from './host-section.tsx';
import { NamesChoices } from './names-choices.tsx';
import { NamesTable } from './names-table.tsx';
import { openPreview } from './sheet-store.ts';

const words = texts.host.names;

interface NamesSectionProps {
  readonly view: HostView;
  readonly snapshot: Snapshot;
}

export function NamesSection({ view, snapshot }: NamesSectionProps) {
  const { names, isSetUp } = view;
  const [chosen, setChosen] = useState<NamesBackend>();
  const isChosenUsable = names.choices.some((choice) => choice.backend === chosen && choice.isUsable);
  const backend = chosen !== undefined && isChosenUsable ? chosen : usualChoice(names);
  return (
    <HostSection name="names" title={words.title}>
      <div className="host-lead">
        <p className="host-summary">{words.summary(names)}</p>
        <p className="host-how">{words.how(names)}</p>
      </div>
      <NamesTable names={names} snapshot={snapshot} />
      <NamesChoices names={names} chosen={backend} onChoose={setChosen} />
      <div className="host-actions">
        <Button kind="primary" about={words.previewAbout} onPress={() => void openPreview({ kind: 'names', backend })}>
          {words.preview}
        </Button>
        {isSetUp && <Button onPress={() => void openPreview({ kind: 'undo' })}>{words.undo}</Button>}
        {isSetUp && <p className="hint">{words.undoHint}</p>}
      </div>
    </HostSection>
  );
}

export function usualChoice({ applied, choices }: NamesView): NamesBackend {
  const usable = choices.filter((choice) => choice.isUsable);
  const inUse = usable.find((choice) => choice.backend === applied?.backend);
  const best = inUse ?? usable.find((choice) => choice.isRecommended) ?? usable[0];
  return best?.backend ?? 'localhost';
}
