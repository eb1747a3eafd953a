// From the engine to each page, to this machine's names and to the LAN: every hop with what was found and, where it is
// broken, what to do. Pure.
import { type DoctorCheck, failed, ok, startRepair } from './doctor/check.ts';
import type { DoctorFacts } from './doctor/facts.ts';
import { lanChecks } from './doctor/lan-checks.ts';
import { diskChecks, recordChecks } from './doctor/machine-checks.ts';
import { nameChecks } from './doctor/name-checks.ts';
import { pageChecks } from './doctor/page-checks.ts';
import { allServiceChecks, networkCheck } from './doctor/service-checks.ts';
import { signalChecks } from './doctor/signal-checks.ts';
import { storeChecks } from './telemetry/signal-stores.ts';

export type { DoctorCheck, DoctorRepair } from './doctor/check.ts';

export function doctorChecks(facts: DoctorFacts): readonly DoctorCheck[] {
  const record = recordChecks(facts);
  const names = nameChecks(facts, record);
  const stack = stackChecks(facts);
  const pages = isUp(facts) ? pageChecks(facts, [...stack, ...names]) : [];
  return [
    ...settingsChecks(facts),
    engineCheck(facts),
    ...stack,
    ...record,
    ...names,
    ...pages,
    ...signalChecks(facts),
    ...lanChecks(facts, stack),
    ...diskChecks(facts),
    ...storeChecks(facts.stores ?? []),
  ];
}

function settingsChecks({ snapshot }: DoctorFacts): readonly DoctorCheck[] {
  return snapshot.failures
    .filter((shown) => shown.failure.code.startsWith('settings-'))
    .map(({ failure, text }, index) => {
      const subject = index === 0 ? 'settings' : `settings (${failure.code})`;
      return failed(subject, `${text.title}. ${text.detail}`, text.nextStep);
    });
}

function engineCheck({ snapshot: { engine } }: DoctorFacts): DoctorCheck {
  if (engine.kind === 'connected') {
    const { product, version, endpoint, foundBy } = engine.description;
    return ok('engine', `${product} ${version} at ${endpoint} (${foundBy})`);
  }
  const text = engine.kind === 'unavailable' ? engine.failure.text : undefined;
  return failed('engine', `${text?.title ?? 'Not connected'}. ${text?.detail ?? ''}`.trim(), text?.nextStep ?? '');
}

function isUp({ snapshot: { engine, stack } }: DoctorFacts): boolean {
  return engine.kind === 'connected' && stack.state !== 'off';
}

function stackChecks(facts: DoctorFacts): readonly DoctorCheck[] {
  const { engine } = facts.snapshot;
  if (engine.kind !== 'connected') return [];
  if (!isUp(facts)) {
    return [failed('stack', 'It is off: nothing answers.', 'macula up starts it.', startRepair())];
  }
  return [networkCheck(facts), ...allServiceChecks(facts)];
}
