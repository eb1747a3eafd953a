import type { ReactNode } from 'react';
import { Icon } from './icon.tsx';
import { StateIcon } from './state-icon.tsx';

interface NoticeProps {
  // An alarm is read at once; the others wait until they are reached.
  readonly kind: 'alarm' | 'degraded' | 'info';
  readonly title?: string;
  readonly children?: ReactNode;
}

export function Notice({ kind, title, children }: NoticeProps) {
  return (
    <div className="notice" data-kind={kind} role={kind === 'alarm' ? 'alert' : undefined}>
      {kind === 'info' ? <Icon name="info" /> : <StateIcon state={kind === 'alarm' ? 'failed' : 'degraded'} />}
      <div className="notice-words">
        {title !== undefined && <p className="banner-title">{title}</p>}
        {children}
      </div>
    </div>
  );
}
