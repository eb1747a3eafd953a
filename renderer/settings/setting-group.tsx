import type { ReactNode } from 'react';
import type { SettingsGroupName } from '../settings-texts.ts';
import { texts } from '../texts.ts';

interface SettingGroupProps {
  readonly name: SettingsGroupName;
  readonly hint?: string;
  readonly children: ReactNode;
}

export function groupId(name: SettingsGroupName): string {
  return `settings-${name}`;
}

export function SettingGroup({ name, hint, children }: SettingGroupProps) {
  const id = groupId(name);
  return (
    <section className="setting-group" data-group={name} aria-labelledby={id}>
      {/* The list of groups and the command palette lead here. */}
      <h2 id={id} tabIndex={-1}>
        {texts.settings.groups[name]}
      </h2>
      {hint !== undefined && <p className="hint">{hint}</p>}
      {children}
    </section>
  );
}
