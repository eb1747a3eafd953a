// Who on the network reaches what, and whether that is as it was asked for. Pure.
import { findContainer } from '../conflicts.ts';
import type { DesiredService } from '../desired.ts';
import type { HostChange, LanView } from '../host/host-view.ts';
import { isWildcard } from '../publishes.ts';
import type { LanSettings } from '../settings.ts';
import {
  causeOf,
  type DoctorCheck,
  failed,
  firstBroken,
  hostRepair,
  note,
  ok,
  restartRepair,
  skipped,
  startRepair,
} from './check.ts';
import { type DoctorFacts, doorName, doorWords } from './facts.ts';
import { containerSubject, foreignHolder } from './service-checks.ts';

const turnOff = hostRepair('Turn LAN mode off…', { kind: 'lan-off' });
const limitWords = { hour: 'hour', network: 'network', off: 'ever' } as const;

// `before`: the checks of the services themselves.
export function lanChecks(facts: DoctorFacts, before: readonly DoctorCheck[]): readonly DoctorCheck[] {
  const { machine, lan } = facts;
  if (machine === undefined || facts.observed === undefined || facts.isRemote) return [];
  const view = machine.view.lan;
  switch (view.state) {
    case 'on':
      if (lan === null) return [byAnother(view)];
      return [ok('LAN guard', `${view.summary}${timeLeft(view, facts.now)}`), ...openChecks(view, facts, before)];
    case 'unguarded':
      return [unguarded(view, facts)];
    case 'closed':
      return [note('LAN', view.summary, 'macula lan off takes the ports back.', turnOff)];
    case 'off':
      if (lan !== null) return facts.isGuarded ? openChecks(view, facts, before) : [notOpen(lan, facts)];
      if (machine.facts.state.intent.guard === undefined) return [ok('LAN', view.summary)];
      return [
        note(
          'LAN guard',
          'It is set up, but nothing is published to the LAN.',
          'macula lan off takes it away.',
          turnOff,
        ),
      ];
  }
}

function unguarded({ summary }: LanView, facts: DoctorFacts): DoctorCheck {
  const { lan, isGuarded } = facts;
  if (lan === null) {
    return failed('LAN', `LAN mode is off. ${summary}`, 'macula lan off closes what is open.', turnOff);
  }
  // The guard is there, but the network is another one.
  if (isGuarded) return failed('LAN', summary, 'macula lan off closes what is open.', turnOff);
  return failed(
    'LAN guard',
    summary,
    `${onCommand(lan, facts)} sets it up again; macula lan off closes what is open.`,
    hostRepair('Set up the guard again…', onChange(lan)),
  );
}

// Each user has settings of their own; the guard and the containers are the machine's.
function byAnother({ summary }: LanView): DoctorCheck {
  const words = `Another user of this machine turned LAN mode on. ${summary}`;
  return note('LAN guard', words, 'macula lan off closes what is open.', turnOff);
}

function notOpen(lan: LanSettings, facts: DoctorFacts): DoctorCheck {
  return note(
    'LAN',
    `LAN mode was turned on for ${lan.services.join(', ')}, but its guard is not in force, so nothing is published.`,
    `${onCommand(lan, facts)} turns it on again; macula lan off forgets it.`,
    hostRepair('Turn LAN mode on again…', onChange(lan)),
  );
}

// The user's word for services without a password was given when it was turned on.
function onChange({ services, limit }: LanSettings): HostChange {
  return { kind: 'lan-on', services, limit, allowUnprotected: true };
}

function onCommand({ services, limit }: LanSettings, { catalog }: DoctorFacts): string {
  const isUnprotected = catalog.some(({ id, lan }) => services.includes(id) && lan?.protection === 'none');
  return `macula lan on ${services.join(' ')} --for ${limitWords[limit]}${isUnprotected ? ' --allow-unprotected' : ''}`;
}

function openChecks(view: LanView, facts: DoctorFacts, before: readonly DoctorCheck[]): readonly DoctorCheck[] {
  const address = view.network?.address;
  if (address === undefined) return [note('LAN', `It is on, but this machine is on no network. ${view.problem ?? ''}`)];
  const chosen = facts.lan?.services ?? [];
  return facts.desired.services
    .filter(({ definition }) => chosen.includes(definition.id))
    .flatMap((service) =>
      (service.definition.lan?.ports ?? []).map(({ port }) => openCheck(service, address, port, facts, before)),
    );
}

function openCheck(
  service: DesiredService,
  address: string,
  port: number,
  facts: DoctorFacts,
  before: readonly DoctorCheck[],
): DoctorCheck {
  const { id, title, containerName } = service.definition;
  const subject = `LAN ${doorName(address, port)}`;
  const broken = firstBroken(before.filter((check) => check.subject === containerSubject(service)));
  if (broken !== undefined) return skipped(subject, causeOf(broken));
  const container = facts.observed === undefined ? undefined : findContainer(facts.observed, id);
  const isOurs = facts.listeners.some(
    (listener) => listener.port === port && isWildcard(listener.address) && listener.containerId === container?.id,
  );
  if (!isOurs) {
    const holder = foreignHolder('0.0.0.0', port, facts);
    if (holder === undefined) {
      const detail = `${containerName} does not publish it.`;
      return failed(subject, detail, `macula up ${id} publishes it.`, startRepair(title, id));
    }
    return failed(
      subject,
      `It is taken: ${holder.owner} listens on ${doorName(holder.address, port)}, not ${containerName}.`,
      `Stop that program (macula port ${port} --root tells more of it), then macula up ${id}.`,
      startRepair(title, id),
    );
  }
  const door = facts.doors[doorName(address, port)];
  if (door?.state === 'open') return ok(subject, `${containerName} answers`);
  return failed(
    subject,
    `${doorWords(door)}, although ${containerName} publishes it.`,
    `macula restart ${id} publishes it anew.`,
    restartRepair(title, id),
  );
}

function timeLeft({ until }: LanView, now: number): string {
  if (until === undefined) return '';
  const minutes = Math.max(0, Math.ceil((until - now) / 60_000));
  return ` For ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} more.`;
}
