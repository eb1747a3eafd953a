// What each signal takes of the disk, against what it may: figures and words. Pure.
import { type DoctorCheck, note, ok } from '../doctor/check.ts';
import { type Settings, type Signal, signals } from '../settings.ts';
import {
  capBytes,
  type CappedSignal,
  cappedSignals,
  type HoursInForce,
  isHopelesslyFull,
  shortenedHours,
} from './retention.ts';
import { signalServices } from './signal-services.ts';
import type { SignalStore } from './telemetry-view.ts';

export interface StoresInput {
  readonly retention: Settings['retention'];
  // Service id -> bytes of its volumes; what is not known is left out.
  readonly usedBytes: Readonly<Record<string, number>>;
  // Empty where nobody watches: then nothing is shortened either.
  readonly inForce: Partial<Readonly<Record<CappedSignal, HoursInForce>>>;
  // Milliseconds since 1970.
  readonly now: number;
}

// Prometheus deletes whole blocks, and never what it took in last.
const metricsSlack = 1.1;

export function signalStores(input: StoresInput): readonly SignalStore[] {
  return signals.map((signal) => {
    const retention = input.retention[signal];
    const service = signalServices[signal];
    const usedBytes = input.usedBytes[service];
    const inForce = isCapped(signal) ? input.inForce[signal] : undefined;
    const hours = inForce === undefined ? undefined : shortenedHours(inForce);
    return {
      signal,
      service,
      retention,
      ...(usedBytes === undefined ? {} : { usedBytes }),
      ...(hours === undefined ? {} : { shortenedToHours: hours }),
      isOverCap: isOver(signal, usedBytes, input),
    };
  });
}

function isOver(signal: Signal, usedBytes: number | undefined, { retention, inForce, now }: StoresInput): boolean {
  const policy = retention[signal];
  if (!isCapped(signal)) return usedBytes !== undefined && usedBytes > metricsSlack * capBytes(policy);
  const current = inForce[signal];
  return current !== undefined && isHopelesslyFull(signal, policy, usedBytes, current, now);
}

function isCapped(signal: Signal): signal is CappedSignal {
  return (cappedSignals as readonly Signal[]).includes(signal);
}

// What is worth a word: '' where all is as the settings say.
export function storeNote({ signal, retention, usedBytes, shortenedToHours, isOverCap }: SignalStore): string {
  if (isOverCap && signal === 'metrics') {
    return `It takes more than its cap: Prometheus never deletes what it took in last. ${wipeHint(signal)}`;
  }
  if (isOverCap) {
    return `It takes more than its cap, though it reaches back no further than ${hoursWords(shortenedToHours ?? retention.days * 24)}, the least there is. ${wipeHint(signal)}`;
  }
  if (shortenedToHours !== undefined) {
    return `The cap is reached: it reaches back ${hoursWords(shortenedToHours)} only.`;
  }
  if (signal !== 'metrics' && usedBytes !== undefined && usedBytes > capBytes(retention)) {
    return 'It takes more than its cap: what is oldest goes while the app runs.';
  }
  return '';
}

export function storeChecks(stores: readonly SignalStore[]): readonly DoctorCheck[] {
  return stores.flatMap((store) => {
    if (store.usedBytes === undefined) return [];
    const { signal, retention } = store;
    const figures = `${gigabytesWords(store.usedBytes / 1e9)} of ${gigabytesWords(retention.gigabytes)}, for ${retention.days} ${retention.days === 1 ? 'day' : 'days'}.`;
    const subject = `disk of ${signal}`;
    const words = storeNote(store);
    if (words === '') return ok(subject, figures);
    const nextStep = store.isOverCap
      ? `macula retention ${signal} --size gives it more; macula wipe ${signal} deletes it all.`
      : `macula retention ${signal} --size gives it more.`;
    return note(subject, `${figures} ${words}`, nextStep);
  });
}

function wipeHint(signal: Signal): string {
  return `macula wipe ${signal} deletes all of it.`;
}

export function hoursWords(hours: number): string {
  if (hours < 48) return hours === 1 ? '1 hour' : `${hours} hours`;
  const rest = hours % 24;
  return `${Math.floor(hours / 24)} days${rest === 0 ? '' : ` and ${rest} ${rest === 1 ? 'hour' : 'hours'}`}`;
}

export function gigabytesWords(gigabytes: number): string {
  if (gigabytes > 0 && gigabytes < 0.001) return 'less than 1 MB';
  if (gigabytes < 1) return `${Math.round(gigabytes * 1000)} MB`;
  return `${Number(gigabytes.toFixed(1))} GB`;
}
