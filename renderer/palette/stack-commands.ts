// Commands about all services, the engine and this machine.
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { openFirstRun } from '../first-run/first-run-store.ts';
import { checkEverything } from '../host/doctor-store.ts';
import { turnLanOffNow } from '../host/sheet-store.ts';
import { transferBundle } from '../images/transfer-store.ts';
import { askToRemove } from '../shell/remove-store.ts';
import { jumpTo } from '../shell/jump.ts';
import { announce } from '../stores/announcements.ts';
import { navigate } from '../stores/navigation.ts';
import { checkSignals } from '../telemetry/signal-store.ts';
import { texts } from '../texts.ts';
import type { PaletteCommand } from './palette-command.ts';
import { showShortcuts } from './palette-store.ts';

const words = texts.palette;
const { also, off } = words;

export function stackCommands(snapshot: Snapshot): readonly PaletteCommand[] {
  const { actions } = snapshot.stack;
  const isConnected = snapshot.engine.kind === 'connected';
  const isBusy = snapshot.activity !== undefined;
  const notNow = isConnected ? (isBusy ? off.busy : undefined) : off.noEngine;
  return [
    {
      ...{ id: 'start', title: words.startAll, group: 'stack', icon: 'start', also: also.startAll },
      off: actions.start ? undefined : (notNow ?? off.nothingToStart),
      run: () => void run('stack:up', {}),
    },
    {
      isEnding: true,
      ...{ id: 'stop', title: words.stopAll, group: 'stack', icon: 'stop', also: also.stopAll },
      off: actions.stop ? undefined : (notNow ?? off.nothingToStop),
      run: () => void run('stack:stop', {}),
    },
    {
      ...{ id: 'cancel', title: words.cancel, group: 'stack', icon: 'close' },
      off: actions.cancel ? undefined : off.nothingUnderWay,
      run: () => void run('stack:cancel', undefined),
    },
    {
      isEnding: true,
      ...{ id: 'remove', title: words.remove, group: 'stack', icon: 'remove', also: also.remove },
      off: notNow,
      run: askToRemove,
    },
    {
      ...{ id: 'retry-engine', title: words.retryEngine, group: 'stack', icon: 'restart', also: also.retryEngine },
      off: isConnected ? off.connected : undefined,
      run: () => void run('engine:retry', undefined),
    },
    {
      ...{ id: 'doctor', title: words.doctor, group: 'check', icon: 'check', also: also.doctor },
      run: () => {
        navigate('host', { section: 'doctor' });
        void checkEverything();
      },
    },
    {
      ...{ id: 'signal', title: words.signal, group: 'check', icon: 'check', also: also.signal },
      off: isConnected ? undefined : off.noEngine,
      run: () => {
        jumpTo('telemetry', 'telemetry-check');
        void checkSignals();
      },
    },
    {
      ...{ id: 'copy-otlp', title: words.copyOtlp, group: 'check', icon: 'copy', also: also.copyOtlp },
      run: () => void copyOtlp(),
    },
    {
      ...{ id: 'lan-off', title: words.lanOff, group: 'app', icon: 'lock', also: also.lanOff },
      off: snapshot.host === undefined || snapshot.host.lan === 'off' ? off.lanIsOff : undefined,
      run: () => void turnLanOffNow(),
    },
    {
      ...{ id: 'download', title: words.download, group: 'image', icon: 'end', also: also.download },
      off: notNow,
      run: () => {
        navigate('images');
        void run('images:pull', {});
      },
    },
    {
      ...{ id: 'export', title: words.exportImages, group: 'image', icon: 'page', also: also.exportImages },
      off: isConnected ? undefined : off.noEngine,
      run: () => {
        navigate('images');
        void transferBundle('export');
      },
    },
    {
      ...{ id: 'import', title: words.importImages, group: 'image', icon: 'page', also: also.importImages },
      off: isConnected ? undefined : off.noEngine,
      run: () => {
        navigate('images');
        void transferBundle('import');
      },
    },
    { id: 'first-steps', title: words.firstSteps, group: 'app', icon: 'page', run: openFirstRun },
    {
      ...{ id: 'shortcuts', title: words.shortcuts, group: 'app', icon: 'keyboard', also: also.shortcuts },
      run: showShortcuts,
    },
    {
      isEnding: true,
      ...{ id: 'quit', title: words.quit, group: 'app', icon: 'power', also: also.quit },
      run: () => void run('app:quit', undefined),
    },
  ];
}

async function copyOtlp(): Promise<void> {
  const view = await run('telemetry:get', undefined);
  if (!view.ok) return;
  const address = view.value.otlp.http ?? view.value.otlp.network;
  const copied = await run('clipboard:write', { text: address });
  if (copied.ok) announce(texts.announce.copied(words.copyOtlpWhat));
}
