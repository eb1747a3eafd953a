// Each process of Chromium wakes every four seconds to give the system back the few pages that its allocator has free.
// Once a minute will do for an app that mostly rests. A version that does not know the word goes on as it was.
import type { App } from 'electron';

const name = 'enable-features';
const feature = 'PartitionAllocMemoryReclaimer:interval/60s';

export function tidySeldom({ commandLine }: Pick<App, 'commandLine'>): void {
  // The starter's own stay in force.
  const given = commandLine.getSwitchValue(name);
  commandLine.appendSwitch(name, given === '' ? feature : `${given},${feature}`);
}
