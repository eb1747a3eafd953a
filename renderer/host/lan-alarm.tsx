import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { Notice } from '../components/notice.tsx';
import { texts } from '../texts.ts';
import { turnLanOffNow } from './sheet-store.ts';

const words = texts.host.lan;

interface LanAlarmProps {
  readonly summary: string;
  readonly children?: ReactNode;
}

// Everybody who reaches this machine reaches the services: one press ends that.
export function LanAlarm({ summary, children }: LanAlarmProps) {
  return (
    <Notice kind="alarm" title={words.states.unguarded}>
      <p>{summary}</p>
      <div className="host-actions">
        <Button kind="danger" onPress={() => void turnLanOffNow()}>
          {words.turnOffNow}
        </Button>
        {children}
      </div>
    </Notice>
  );
}
