// The words of failures around settings and the password.
import type { FailureText } from './failure.ts';

export type SettingFailure =
  // Each value is good by itself, but not beside the others. Nothing was saved.
  { readonly code: 'settings-collide'; readonly detail: string };

export function settingFailureText(failure: SettingFailure): FailureText {
  return {
    title: 'These settings do not go together',
    detail: failure.detail,
    nextStep: 'Choose another port. Nothing was saved.',
    action: { kind: 'open-settings', label: 'Open Settings' },
  };
}
