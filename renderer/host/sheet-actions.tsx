import type { Elevation } from '../../electron/core/host/host-facts.ts';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { texts } from '../texts.ts';
import { applyPreview, closeSheet, openPreview, type SheetState } from './sheet-store.ts';

const words = texts.host.sheet;

interface SheetActionsProps {
  readonly state: SheetState;
  readonly elevation: Elevation['kind'];
}

export function SheetActions({ state, elevation }: SheetActionsProps) {
  const { phase } = state;
  const hasQuestion = phase === 'looking' || (phase === 'preview' && !state.preview.isEmpty);
  const leave = phase === 'applying' ? words.hide : hasQuestion ? words.cancel : words.close;
  return (
    <div className="sheet-foot">
      {/* Its room is always there while a change is possible: the buttons stay where they are. */}
      <div className="sheet-progress" role="status">
        {phase === 'applying' && (
          <>
            <progress aria-label={words.applying} />
            <p className="hint">
              {asksForPassword(state.preview.needsRoot, elevation) ? words.applyingWithPassword : words.applying}
            </p>
          </>
        )}
      </div>
      <div className="dialog-actions">
        {phase === 'preview' && !state.preview.isEmpty && state.preview.commandLine !== '' && (
          <CopyButton text={state.preview.commandLine} what={texts.host.copyLine} label={words.copyCommand} />
        )}
        <Button onPress={closeSheet}>{leave}</Button>
        {(phase === 'preview' || phase === 'applying') && <ApplyButton state={state} elevation={elevation} />}
        {phase === 'failed' && <AgainButton state={state} />}
      </div>
    </div>
  );
}

interface ApplyButtonProps {
  readonly state: Extract<SheetState, { phase: 'preview' | 'applying' }>;
  readonly elevation: Elevation['kind'];
}

function ApplyButton({ state, elevation }: ApplyButtonProps) {
  const { isEmpty, needsRoot, commandLine } = state.preview;
  // Without a line there is something to be closed before root comes to it, and that is done here.
  const isForRootAlone = needsRoot && commandLine !== '';
  if (isEmpty || (isForRootAlone && (elevation === 'by-hand' || elevation === 'none'))) return null;
  return (
    <Button kind="primary" isEnabled={state.phase === 'preview'} onPress={() => void applyPreview()}>
      {asksForPassword(needsRoot, elevation) ? words.applyWithPassword : words.apply}
    </Button>
  );
}

// What may be tried next: the same once more where only the prompt was dismissed, else with a new look at the machine.
function AgainButton({ state }: { readonly state: Extract<SheetState, { phase: 'failed' }> }) {
  const { problem, preview, change } = state;
  const code = 'failure' in problem ? problem.failure.code : undefined;
  if (code === 'host-unavailable') return null;
  if (code === 'host-dismissed' && preview !== undefined) {
    return <Button onPress={() => void applyPreview()}>{words.tryAgain}</Button>;
  }
  const isRefused = preview !== undefined && code === 'host-refused';
  return (
    <Button kind={isRefused ? 'primary' : 'plain'} onPress={() => void openPreview(change)}>
      {isRefused ? words.newPreview : words.tryAgain}
    </Button>
  );
}

function asksForPassword(needsRoot: boolean, elevation: Elevation['kind']): boolean {
  return needsRoot && elevation !== 'root';
}
