// The words of failures around settings and the password.
import type { FailureText } from './failure.ts';

export type SettingFailure =
  // Each value is good by itself, but not beside the others. Nothing was saved.
  | { readonly code: 'settings-collide'; readonly detail: string }
  // 'off': Grafana does not run. 'wrong': it does not take the current one. 'closed': the keychain does not open.
  // 'unusable': it does not take the new one.
  | {
      readonly code: 'password-not-changed';
      readonly reason: 'off' | 'wrong' | 'closed' | 'unusable';
      readonly detail: string;
    }
  // Starting with the desktop cannot be changed from here.
  | { readonly code: 'login-unavailable'; readonly detail: string }
  // Grafana has it, but the app could not keep it.
  | { readonly code: 'password-not-kept'; readonly detail: string };

const openSettings = { kind: 'open-settings', label: 'Open Settings' } as const;

const nextSteps = {
  off: 'Start Grafana, then try again.',
  wrong: 'Give the current password: the one that you sign in to Grafana with.',
  closed: 'Give the current password too, or change it in the app.',
  unusable: 'Choose another password, then try again.',
} as const;

export function settingFailureText(failure: SettingFailure): FailureText {
  switch (failure.code) {
    case 'settings-collide':
      return {
        title: 'These settings do not go together',
        detail: failure.detail,
        nextStep: 'Choose another port. Nothing was saved.',
        action: openSettings,
      };
    case 'password-not-changed':
      return {
        title: "Grafana's password was not changed",
        detail: failure.detail,
        nextStep: nextSteps[failure.reason],
        action: openSettings,
      };
    case 'login-unavailable':
      return {
        title: 'Starting with the desktop was not changed',
        detail: failure.detail,
        nextStep: "Use the desktop's own list of programs that start with it.",
      };
    case 'password-not-kept':
      return {
        title: "Grafana's new password could not be kept",
        detail: failure.detail,
        nextStep:
          'It is in force: note it down. Change it once more, from the new one to itself, once the file can be written.',
        action: openSettings,
      };
  }
}
