import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';

// Beside what was saved and waits for the next Start. Where nothing runs that is the notice above.
export function ApplyNow({ snapshot }: { readonly snapshot: Snapshot }) {
  const { state, actions } = snapshot.stack;
  if (state === 'off' || state === 'unknown') return null;
  return (
    <div className="host-actions">
      <Button
        icon="start"
        about={texts.telemetry.applyAbout}
        isEnabled={actions.start}
        onPress={() => void run('stack:up', {})}
      >
        {texts.telemetry.applyNow}
      </Button>
    </div>
  );
}
