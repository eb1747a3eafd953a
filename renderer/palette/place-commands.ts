// Commands that lead somewhere in the window.
import type { HostSection } from '../../electron/contract/contract.ts';
import { settingsTexts } from '../settings-texts.ts';
import { groupNames } from '../settings/group-list.tsx';
import { groupId } from '../settings/setting-group.tsx';
import { jumpTo } from '../shell/jump.ts';
import { pageNames } from '../shell/page-names.ts';
import { navigate } from '../stores/navigation.ts';
import { texts } from '../texts.ts';
import type { PaletteCommand } from './palette-command.ts';

const words = texts.palette;

const hostSections: Readonly<Record<HostSection, string>> = {
  names: texts.host.names.title,
  lan: texts.host.lan.title,
  doctor: texts.host.doctor.title,
  ports: texts.host.ports.title,
};

const telemetrySections = {
  send: texts.telemetry.send.title,
  check: texts.telemetry.check.title,
  kept: texts.telemetry.kept.title,
  scraped: texts.telemetry.scraped.title,
  shipping: texts.telemetry.shipping.title,
  lost: texts.telemetry.lost.title,
  own: texts.telemetry.own.title,
} as const;

export const placeCommands: readonly PaletteCommand[] = [
  ...pageNames.map(
    (page): PaletteCommand => ({
      id: `page ${page}`,
      title: words.go(texts.pages[page]),
      group: 'page',
      icon: 'page',
      ...(page === 'settings' ? { also: words.also.settings } : {}),
      run: () => navigate(page),
    }),
  ),
  ...(Object.keys(hostSections) as HostSection[]).map(
    (section): PaletteCommand => ({
      id: `host ${section}`,
      title: words.part(texts.pages.host, hostSections[section]),
      group: 'section',
      icon: 'page',
      also: section,
      run: () => navigate('host', { section }),
    }),
  ),
  ...Object.entries(telemetrySections).map(
    ([section, title]): PaletteCommand => ({
      id: `telemetry ${section}`,
      title: words.part(texts.pages.telemetry, title),
      group: 'section',
      icon: 'page',
      also: section,
      run: () => jumpTo('telemetry', `telemetry-${section}`),
    }),
  ),
  ...groupNames.map(
    (group): PaletteCommand => ({
      id: `settings ${group}`,
      title: words.part(texts.pages.settings, settingsTexts.groups[group]),
      group: 'setting',
      icon: 'page',
      also: words.also.settings,
      run: () => jumpTo('settings', groupId(group)),
    }),
  ),
];
