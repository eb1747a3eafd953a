// Commands about one service.
import type { ServiceSnapshot, Snapshot } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { hasDashboards } from '../components/dashboard-button.tsx';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import type { PaletteCommand } from './palette-command.ts';

const words = texts.palette;

export function serviceCommands(snapshot: Snapshot): readonly PaletteCommand[] {
  return snapshot.services.flatMap((service) => commandsOf(service, snapshot));
}

function commandsOf(service: ServiceSnapshot, snapshot: Snapshot): readonly PaletteCommand[] {
  const { id, title, state, actions, urls, dashboard } = service;
  const notNow =
    snapshot.engine.kind !== 'connected'
      ? words.off.noEngine
      : snapshot.activity === undefined
        ? words.off.isSo(state)
        : words.off.busy;
  const unless = (may: boolean) => (may ? undefined : notNow);
  const services = [id];
  const commands: PaletteCommand[] = [];
  if (state === 'failed' || state === 'degraded') {
    commands.push({
      ...{ id: `evidence ${id}`, title: words.evidence(title), group: 'service', icon: 'info' },
      also: words.also.evidence,
      run: () => navigate('logs', { service: id, at: service.since }),
    });
  }
  commands.push(
    ...urls.map(
      (url): PaletteCommand => ({
        ...{ id: `open ${url.id}`, title: words.openAt(title, url.label), group: 'link', icon: 'open' },
        off: actions.open ? undefined : words.off.isSo(state),
        run: () => void run('link:open', { id: url.id }),
      }),
    ),
  );
  if (dashboard !== undefined) {
    commands.push({
      ...{ id: `dashboard ${id}`, title: words.dashboard(title, dashboard.label), group: 'link', icon: 'dashboard' },
      off: hasDashboards(snapshot) ? undefined : words.off.noGrafana,
      run: () => void run('link:open', { id: dashboard.id }),
    });
  }
  commands.push(
    {
      ...{ id: `logs ${id}`, title: words.logs(title), group: 'service', icon: 'logs' },
      off: actions.logs ? undefined : words.off.noContainer,
      run: () => navigate('logs', { service: id }),
    },
    {
      ...{ id: `start ${id}`, title: words.start(title), group: 'service', icon: 'start' },
      off: unless(actions.start),
      run: () => void run('stack:up', { services }),
    },
    {
      isEnding: true,
      ...{ id: `stop ${id}`, title: words.stop(title), group: 'service', icon: 'stop' },
      off: unless(actions.stop),
      run: () => void run('stack:stop', { services }),
    },
    {
      ...{ id: `restart ${id}`, title: words.restart(title), group: 'service', icon: 'restart' },
      off: unless(actions.restart),
      run: () => void run('stack:restart', { services }),
    },
  );
  return commands;
}
