import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { texts } from '../texts.ts';
import { openFirstRun } from './first-run-store.ts';

// For the Settings page: the same three steps once more.
export function FirstRunLink() {
  return (
    <div className="first-run-link">
      <Button onPress={openFirstRun}>{texts.firstRun.reopen}</Button>
      <p className="hint">{texts.firstRun.reopenHint}</p>
    </div>
  );
}

// Above the pages, where somebody left the steps for one of them.
export function FirstRunNote({ snapshot }: { readonly snapshot: Snapshot | undefined }) {
  if (snapshot?.firstRun !== true) return null;
  return (
    <div className="first-run-note">
      <Notice kind="info">
        <p>{texts.firstRun.note}</p>
        <Button onPress={openFirstRun}>{texts.firstRun.goOn}</Button>
      </Notice>
    </div>
  );
}
