// What is known of the telemetry, and the settings that the page changes. Kept while the page is away.
import type { CommandName, CommandResult, SettingsView } from '../../electron/contract/contract.ts';
import type { Settings } from '../../electron/core/settings.ts';
import type { TelemetryView } from '../../electron/core/telemetry/telemetry-view.ts';
import { invoke, run } from '../bridge.ts';
import type { SettingsPatch } from '../settings/settings-store.ts';
import { announce } from '../stores/announcements.ts';
import { shareEqual } from '../stores/share-equal.ts';
import { createStore } from '../stores/store.ts';
import { texts } from '../texts.ts';

export interface Telemetry {
  // Undefined until the app has answered.
  readonly view: TelemetryView | undefined;
  readonly settings: Settings | undefined;
  // Milliseconds since 1970 of the last answer.
  readonly at: number;
  // Why the last look failed, in words; undefined while looks succeed.
  readonly problem: string | undefined;
  // What was saved last, to say so beside it; and what is being saved.
  readonly saved: string | undefined;
  readonly saving: string | undefined;
}

export const telemetryStore = createStore<Telemetry>({
  view: undefined,
  settings: undefined,
  at: 0,
  problem: undefined,
  saved: undefined,
  saving: undefined,
});

// The app itself waits seconds for those that it asks: one that takes this long will not answer.
const longestSeconds = 30;

let lastLook = 0;
let isLooking = false;
let mustLookAgain = false;

function update(change: Partial<Telemetry>): void {
  telemetryStore.set({ ...telemetryStore.get(), ...change });
}

export async function loadTelemetry(): Promise<void> {
  mustLookAgain = isLooking;
  if (isLooking) return;
  isLooking = true;
  lastLook += 1;
  const look = lastLook;
  const late = setTimeout(() => {
    // Its answer is not waited for any more, and of no use when it comes.
    if (look !== lastLook) return;
    lastLook += 1;
    isLooking = false;
    update({ problem: texts.telemetry.late(longestSeconds) });
  }, longestSeconds * 1000);
  const [view, settings] = await Promise.all([invoke('telemetry:get', undefined), invoke('settings:get', undefined)]);
  clearTimeout(late);
  if (look !== lastLook) return;
  isLooking = false;
  if (view.ok && settings.ok) accept(view.value, settings.value);
  else update({ problem: view.ok ? problemWords(settings) : problemWords(view) });
  if (mustLookAgain) await loadTelemetry();
}

function accept(view: TelemetryView, settings: SettingsView): void {
  const before = telemetryStore.get();
  update({
    view: shareEqual(before.view, view),
    // What is being saved is newer than this.
    settings: before.saving === undefined ? shareEqual(before.settings, settings.settings) : before.settings,
    at: Date.now(),
    problem: undefined,
  });
}

function problemWords(result: CommandResult<CommandName>): string {
  if (result.ok) return '';
  if ('unexpected' in result) return `${texts.banner.unexpectedTitle}: ${result.unexpected}`;
  return `${result.text.title}. ${result.text.detail} ${result.text.nextStep}`;
}

let queue: Promise<unknown> = Promise.resolve();

// One after the other, each from what the one before left. `what` is read to who cannot see the page.
export function changeTelemetry(
  patchOf: (settings: Settings) => SettingsPatch,
  what: string,
  key: string,
): Promise<boolean> {
  const done = queue.then(() => save(patchOf, what, key));
  queue = done;
  return done;
}

async function save(patchOf: (settings: Settings) => SettingsPatch, what: string, key: string): Promise<boolean> {
  const { settings } = telemetryStore.get();
  if (settings === undefined) return false;
  update({ saving: key, saved: undefined });
  const result = await run('settings:change', patchOf(settings));
  if (!result.ok) {
    update({ saving: undefined });
    return false;
  }
  update({ settings: result.value.settings, saving: undefined, saved: key });
  announce(texts.announce.saved(what));
  void loadTelemetry();
  return true;
}

// Words about what was saved are of one visit to the page.
export function forgetSaved(): void {
  update({ saved: undefined });
}
