// What a change of settings does to what runs, told before it is made.

export interface SettingsEffects {
  // Titles of services, in the order of lists: get a new container, and are away for that moment.
  readonly replaced: readonly string[];
  readonly started: readonly string[];
  readonly stopped: readonly string[];
  // The app lets go of its engine and looks for one anew.
  readonly reconnects: boolean;
  // Names of this machine have to be set up again: a password is asked for.
  readonly names: boolean;
  // In words, what else it does or keeps from working.
  readonly notes: readonly string[];
}

// An engine that answers, or why it does not.
export interface FoundEngine {
  readonly endpoint: string;
  // In words: 'the current Docker context "default"'.
  readonly foundBy: string;
  // 'Docker Engine 28.5.1'; undefined when it was rejected.
  readonly product?: string;
  readonly rejected?: string;
  readonly isInUse: boolean;
}

export interface PasswordView {
  // Where the password that the app knows is kept: nowhere means the one that Grafana comes with.
  readonly kept: 'nowhere' | 'keychain' | 'file';
  // What a change would be kept in.
  readonly wouldKeep: 'keychain' | 'file';
  // Whether Grafana takes it. 'off': it does not run.
  readonly grafana: 'accepted' | 'refused' | 'off' | 'unknown';
}

export interface LoginView {
  readonly startsAtLogin: boolean;
  // In words, where this cannot be changed from here.
  readonly unavailable?: string;
}
