// Whether metrics, log lines and traces arrive: a row for each signal, with the sum of its hops. Pure.
import type { Signal } from '../settings.ts';
import { prometheusWay, silenceOf } from '../telemetry/reach.ts';
import { linkNames, type SignalHop, type SignalReport } from '../telemetry/signal-report.ts';
import { type DoctorCheck, type DoctorRepair, failed, note, ok, restartRepair, startRepair } from './check.ts';
import type { DoctorFacts } from './facts.ts';

export function signalChecks(facts: DoctorFacts): readonly DoctorCheck[] {
  return [...pathChecks(facts), ...dropChecks(facts)];
}

function pathChecks(facts: DoctorFacts): readonly DoctorCheck[] {
  const report = facts.signal;
  if (report === undefined) return [];
  return report.paths.map(({ signal, hops }) => signalCheck(signal, [...hops, ...linksOf(signal, report)], facts));
}

function dropChecks(facts: DoctorFacts): readonly DoctorCheck[] {
  const { drops, snapshot, desired } = facts;
  const subject = 'lost on the way';
  if (snapshot.engine.kind !== 'connected') return [];
  if (drops === undefined) {
    // Of a stack that is off, or without Prometheus, nobody expects it.
    const isExpected =
      snapshot.stack.state !== 'off' && desired.services.some(({ definition }) => definition.id === 'prometheus');
    const silence = silenceOf(prometheusWay(facts), false);
    // What to do about it, the check of that service says.
    return isExpected && silence !== undefined ? [note(subject, `not known: ${silence.reason}`)] : [];
  }
  if (drops.length === 0) return [ok(subject, 'nothing')];
  const words = drops.map(({ what, count }) => `${count} ${what}`).join(', ');
  return [note(subject, `${words}, since the services were started`, 'The dashboard "Telemetry pipeline" shows when.')];
}

// A link belongs to the signal that it starts from: what it says leads nowhere.
function linksOf(signal: Signal, { links }: SignalReport): readonly SignalHop[] {
  const isOfLogs = ({ name }: SignalHop): boolean => name === linkNames.logToTrace;
  if (signal === 'logs') return links.filter(isOfLogs);
  return signal === 'traces' ? links.filter((hop) => !isOfLogs(hop)) : [];
}

function signalCheck(signal: Signal, hops: readonly SignalHop[], facts: DoctorFacts): DoctorCheck {
  const subject = `signal ${signal}`;
  const broken = hops.find(({ result }) => result === 'failed');
  if (broken !== undefined) {
    const more = hops.filter(({ result }) => result === 'failed').length - 1;
    const others = more === 0 ? '' : ` ${more} more ${more === 1 ? 'hop' : 'hops'} failed.`;
    const detail = `${broken.name}: ${broken.reason ?? ''}${others}`;
    return failed(subject, detail, broken.nextStep ?? 'macula signal tells more.', repairOf(broken, facts));
  }
  const done = hops.filter(({ result }) => result === 'ok');
  const open = openWords(hops.filter(({ result }) => result === 'not-run'));
  if (done.length === 0) return note(subject, open);
  const slowest = Math.max(...done.map(({ milliseconds }) => milliseconds ?? 0));
  const words = `${done.length} ${done.length === 1 ? 'hop' : 'hops'} in ${(slowest / 1000).toFixed(1)} s`;
  return ok(subject, open === '' ? words : `${words}; ${open}`);
}

// Hops that were not run for the same reason are told together.
function openWords(hops: readonly SignalHop[]): string {
  const reasons = [...new Set(hops.map(({ reason = '' }) => reason))];
  return reasons
    .map((reason) => {
      const names = hops.filter((hop) => (hop.reason ?? '') === reason).map(({ name }) => name);
      return `not run: ${names.join(', ')} (${reason})`;
    })
    .join('; ');
}

function repairOf({ service }: SignalHop, { catalog, snapshot }: DoctorFacts): DoctorRepair | undefined {
  const found = catalog.find(({ id }) => id === service);
  if (found === undefined) return undefined;
  const isOff = snapshot.services.some(({ id, state }) => id === service && state === 'off');
  return isOff ? startRepair(found.title, found.id) : restartRepair(found.title, found.id);
}
