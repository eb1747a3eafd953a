// From the engine to each page: every hop with what was found and, where it is broken, what to do. Pure.
import type { DesiredService, DesiredStack } from './desired.ts';
import type { HostChange } from './host/host-view.ts';
import type { Observed } from './observed.ts';
import type { ServiceSnapshot, Snapshot } from './snapshot.ts';
import type { ProbeResult } from './status.ts';

export interface DoctorFacts {
  readonly snapshot: Snapshot;
  readonly desired: DesiredStack;
  readonly observed: Observed | undefined;
  // 'address:port' -> '' when something listens there, else why it cannot be reached.
  readonly doors: Readonly<Record<string, string>>;
  // Service id -> what came back through the ingress.
  readonly pages: Readonly<Record<string, ProbeResult>>;
  // Host names that this machine's own resolver does not know.
  readonly unknownNames: readonly string[];
}

export interface DoctorCheck {
  readonly subject: string;
  // 'note' is worth knowing and no fault; 'skipped' depends on something that failed.
  readonly result: 'ok' | 'failed' | 'skipped' | 'note';
  readonly detail: string;
  readonly nextStep?: string;
  // What the app can do about it at the press of a button.
  readonly repair?: DoctorRepair;
}

export interface DoctorRepair {
  // On the button.
  readonly label: string;
  readonly action:
    | { readonly kind: 'up' | 'restart'; readonly service?: string }
    // Shows the preview; nothing is changed by the press alone.
    | { readonly kind: 'host'; readonly change: HostChange };
}

export function doctorChecks(facts: DoctorFacts): readonly DoctorCheck[] {
  const { engine, stack } = facts.snapshot;
  const settings = facts.snapshot.failures
    .filter((shown) => shown.failure.code.startsWith('settings-'))
    .map((shown) => failed('settings', `${shown.text.title}. ${shown.text.detail}`, shown.text.nextStep));
  if (engine.kind !== 'connected') {
    const text = engine.kind === 'unavailable' ? engine.failure.text : undefined;
    return [
      ...settings,
      failed('engine', `${text?.title ?? 'Not connected'}. ${text?.detail ?? ''}`.trim(), text?.nextStep ?? ''),
    ];
  }
  const { product, version, endpoint, foundBy } = engine.description;
  const found = [...settings, ok('engine', `${product} ${version} at ${endpoint} (${foundBy})`)];
  if (stack.state === 'off') return [...found, failed('stack', 'It is off: nothing answers.', 'macula up starts it.')];
  const network = networkCheck(facts);
  const ingress = facts.desired.services.find((service) => service.definition.isIngress);
  const services = facts.desired.services.flatMap((service) => serviceChecks(service, facts));
  const isIngressReady = facts.snapshot.services.some(
    (service) => service.id === ingress?.definition.id && service.state === 'ready',
  );
  const pages = facts.desired.services
    .filter((service) => service.definition.web !== undefined && ingress !== undefined)
    .map((service) => pageCheck(service, isIngressReady, facts));
  return [...found, network, ...services, ...pages, ...nameNotes(facts)];
}

function networkCheck({ observed, desired }: DoctorFacts): DoctorCheck {
  const network = observed?.networks.find((candidate) => candidate.name === desired.network.name);
  const subject = `network ${desired.network.name}`;
  if (network === undefined) return failed(subject, 'It is not there.', 'macula up makes it.');
  const words = network.subnets.join(', ') || 'no subnet';
  if (network.subnets.includes(desired.network.subnet)) return ok(subject, words);
  return failed(subject, `It has ${words}, not ${desired.network.subnet}.`, 'macula up makes it anew.');
}

// The hops of one service in order; what lies behind a broken one is not judged.
function serviceChecks(service: DesiredService, facts: DoctorFacts): readonly DoctorCheck[] {
  const { id, containerName } = service.definition;
  const shown = facts.snapshot.services.find((candidate) => candidate.id === id);
  const container = containerCheck(containerName, shown);
  const doors = service.container.publishes.map(({ hostAddress, hostPort }): DoctorCheck => {
    const door = `${hostAddress}:${hostPort}`;
    const subject = `port ${door}`;
    if (container.result === 'failed') return skipped(subject, container.subject);
    const why = facts.doors[door] ?? 'not tried';
    if (why === '') return ok(subject, `${containerName} listens`);
    return failed(
      subject,
      `${why}, although ${containerName} runs.`,
      `macula restart ${id} publishes it anew; if it stays, a firewall or a change of the engine stands between.`,
    );
  });
  const broken = [container, ...doors].find((check) => check.result === 'failed');
  return [container, ...doors, readyCheck(service, shown, broken)];
}

function containerCheck(containerName: string, shown: ServiceSnapshot | undefined): DoctorCheck {
  const subject = `container ${containerName}`;
  if (shown === undefined) return failed(subject, 'It is not known.', 'macula up makes it.');
  if (!shown.image.present && shown.containerId === undefined) {
    return failed(subject, `Its image ${shown.image.name} is not here.`, `macula up ${shown.id} downloads it.`);
  }
  if (shown.containerId === undefined) return failed(subject, 'It is not there.', `macula up ${shown.id} makes it.`);
  if (shown.state === 'off')
    return failed(subject, `It is stopped. ${shown.reason}`.trim(), `macula up ${shown.id} starts it.`);
  if (shown.state === 'failed') return failed(subject, shown.reason, `macula logs ${shown.id} --tail 50 says more.`);
  return ok(
    subject,
    shown.image.substitute === undefined
      ? 'it runs'
      : `it runs (its image is ${shown.image.substitute}, not the pinned one)`,
  );
}

function readyCheck(
  service: DesiredService,
  shown: ServiceSnapshot | undefined,
  broken: DoctorCheck | undefined,
): DoctorCheck {
  const { id } = service.definition;
  const subject = `${id} is ready`;
  if (broken !== undefined) return skipped(subject, broken.subject);
  if (shown?.state === 'ready')
    return ok(subject, service.probe.canAsk ? service.probe.url : 'it runs; it cannot be asked from here');
  return failed(
    subject,
    `${service.probe.url}: ${shown?.reason || (shown?.state ?? 'unknown')}`,
    `macula logs ${id} --tail 50 says more.`,
  );
}

function pageCheck(service: DesiredService, isIngressReady: boolean, facts: DoctorFacts): DoctorCheck {
  const { id } = service.definition;
  const subject = `page ${service.urls[0]?.url ?? id}`;
  if (!isIngressReady) return skipped(subject, 'the ingress');
  const shown = facts.snapshot.services.find((candidate) => candidate.id === id);
  if (shown?.state !== 'ready') return skipped(subject, `${id} is ready`);
  const answer = facts.pages[id];
  if (answer?.kind === 'ready') return ok(subject, 'answers through the ingress');
  return failed(
    subject,
    `${id} answers, but not through the ingress: ${answer?.reason ?? 'it was not asked'}`,
    'macula restart ingress, then macula logs ingress --tail 50.',
  );
}

function nameNotes({ unknownNames }: DoctorFacts): readonly DoctorCheck[] {
  if (unknownNames.length === 0) return [];
  const detail = `This machine's resolver does not know ${unknownNames.join(', ')}. Browsers find names below .localhost by themselves; other programs need the address 127.0.0.1.`;
  return [{ subject: 'names', result: 'note', detail }];
}

function ok(subject: string, detail: string): DoctorCheck {
  return { subject, result: 'ok', detail };
}

function failed(subject: string, detail: string, nextStep: string): DoctorCheck {
  return { subject, result: 'failed', detail, nextStep };
}

function skipped(subject: string, because: string): DoctorCheck {
  return { subject, result: 'skipped', detail: `not checked, since this failed: ${because}` };
}
