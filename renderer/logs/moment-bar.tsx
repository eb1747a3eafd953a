import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { chooseLogMoment } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import { momentWords } from '../words/clock.ts';
import { aroundMoment } from './use-log-view.ts';

const words = texts.logs.moment;

interface MomentBarProps {
  readonly moment: number;
  readonly isEnough: boolean;
}

export function MomentBar({ moment, isEnough }: MomentBarProps) {
  const [now] = useState(() => Date.now());
  const from = momentWords(moment - aroundMoment, now);
  const to = momentWords(moment + aroundMoment, now);
  return (
    <div className="moment-bar">
      <p role="status">
        {words.around(from, to)}. {isEnough && words.enough}
      </p>
      <div className="log-actions">
        <Button kind="quiet" icon="up" onPress={() => chooseLogMoment(moment - 2 * aroundMoment)}>
          {words.earlier}
        </Button>
        <Button
          kind="quiet"
          icon="down"
          isEnabled={moment + aroundMoment < now}
          onPress={() => chooseLogMoment(moment + 2 * aroundMoment)}
        >
          {words.later}
        </Button>
        <Button kind="soft" icon="end" onPress={() => chooseLogMoment(undefined)}>
          {words.back}
        </Button>
      </div>
    </div>
  );
}
