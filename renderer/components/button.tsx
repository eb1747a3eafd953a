import type { ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  readonly icon?: IconName;
  readonly kind?: 'primary' | 'soft' | 'plain' | 'quiet' | 'danger';
  // Read after the visible words: which service the button is about.
  readonly about?: string | undefined;
  readonly isEnabled?: boolean;
  readonly isIconOnly?: boolean;
  readonly title?: string;
}

// A button that is off stays in the tab order: focus is not lost when a click makes it so.
export function Button(props: ButtonProps) {
  const { children, onPress, icon, kind = 'plain', about, isEnabled = true, isIconOnly = false, title } = props;
  return (
    <button
      type="button"
      className={`button button-${kind}${isIconOnly ? ' button-icon-only' : ''}`}
      aria-disabled={isEnabled ? undefined : true}
      title={title}
      onClick={() => {
        if (isEnabled) onPress();
      }}
    >
      {icon !== undefined && <Icon name={icon} />}
      <span className={isIconOnly ? 'visually-hidden' : undefined}>{children}</span>
      {about !== undefined && <span className="visually-hidden"> {about}</span>}
    </button>
  );
}
