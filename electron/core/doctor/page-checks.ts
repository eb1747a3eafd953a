// Each page as a browser reaches it: under its name below .localhost, and through name, address, ingress and service.
import type { DesiredService } from '../desired.ts';
import { localhostDomain } from '../web-names.ts';
import type { ProbeResult } from '../status.ts';
import {
  causeOf,
  type DoctorCheck,
  failed,
  firstBroken,
  note,
  ok,
  restartRepair,
  skipped,
  startRepair,
} from './check.ts';
import type { DoctorFacts } from './facts.ts';
import { nameSubject } from './name-checks.ts';
import { containerSubject, isOutdated, portSubject, readySubject } from './service-checks.ts';

// `before`: the checks of the hops that a page goes over.
export function pageChecks(facts: DoctorFacts, before: readonly DoctorCheck[]): readonly DoctorCheck[] {
  if (facts.isRemote) return [];
  const { services } = facts.desired;
  const ingress = services.find(({ definition }) => definition.isIngress);
  if (ingress === undefined) return [];
  const pages = services.filter(({ definition }) => definition.web !== undefined);
  return [
    ...pages.map((service) => localhostCheck(service, ingress, facts, before)),
    ...namedChecks(pages, ingress, facts, before),
  ];
}

function localhostCheck(
  service: DesiredService,
  ingress: DesiredService,
  facts: DoctorFacts,
  before: readonly DoctorCheck[],
): DoctorCheck {
  const { id, web, open } = service.definition;
  const host = `${web?.label}.${localhostDomain(facts.snapshot.baseDomain)}`;
  const subject = `page http://${host}:${facts.httpPort}${open?.path ?? '/'}`;
  const hops = [
    containerSubject(ingress),
    portSubject('127.0.0.1', facts.httpPort),
    readySubject(ingress),
    readySubject(service),
  ];
  const broken = brokenHop(hops, before);
  if (broken !== undefined) return skipped(subject, causeOf(broken));
  const answer = facts.pages[id];
  if (answer?.kind === 'ready') return ok(subject, 'answers through the ingress');
  return behindIngress(subject, service, ingress, answer, facts);
}

function namedChecks(
  pages: readonly DesiredService[],
  ingress: DesiredService,
  facts: DoctorFacts,
  before: readonly DoctorCheck[],
): readonly DoctorCheck[] {
  const names = facts.machine?.view.names;
  // Names that nobody set up are said once, where the names are.
  if (names === undefined || (names.applied === undefined && !names.isByUser)) return [];
  const hasPort80 = ingress.container.publishes.some(({ hostPort }) => hostPort === 80);
  if (!hasPort80) {
    const detail = `The ingress does not publish port 80, so http://${names.hosts[0]?.host ?? names.domain}/ does not answer; with the port of the service behind the name it does.`;
    return [note('pages on port 80', detail, 'Switch port 80 on in Settings, then macula up ingress.')];
  }
  return pages.flatMap((service) => {
    const name = names.hosts.find(({ host }) => host === `${service.definition.web?.label}.${names.domain}`);
    return name === undefined ? [] : [namedCheck(service, ingress, name, facts, before)];
  });
}

function namedCheck(
  service: DesiredService,
  ingress: DesiredService,
  { host, address }: { readonly host: string; readonly address: string },
  facts: DoctorFacts,
  before: readonly DoctorCheck[],
): DoctorCheck {
  const subject = `page http://${host}${service.definition.ready.path}`;
  const hops = [
    nameSubject(host),
    containerSubject(ingress),
    portSubject(address, 80),
    readySubject(ingress),
    readySubject(service),
  ];
  const broken = brokenHop(hops, before);
  if (broken !== undefined) return skipped(subject, causeOf(broken));
  const answer = facts.namedPages[host];
  if (answer?.kind === 'ready')
    return ok(subject, `${host}, ${address}, the ingress and ${service.definition.title} answer`);
  const atDoor = facts.ingressAt[address];
  if (answer === undefined || answer.kind === 'unreachable' || atDoor?.kind === 'unreachable') {
    return failed(
      subject,
      `The ingress on port 80 is where it ends: ${answer?.reason ?? 'it was not asked'}.`,
      'macula restart ingress publishes it anew.',
      restartRepair(ingress.definition.title, ingress.definition.id),
    );
  }
  if (atDoor?.kind === 'not-ready') {
    return failed(
      subject,
      `It is not the ingress that answers at ${address}:80: ${answer.reason}.`,
      'macula port 80 --root tells who it is: stop that program, then macula restart ingress.',
    );
  }
  return behindIngress(subject, service, ingress, answer, facts);
}

// The service answers by itself, and so does the ingress: what fails is the way from one to the other.
function behindIngress(
  subject: string,
  { definition: { id } }: DesiredService,
  ingress: DesiredService,
  answer: ProbeResult | undefined,
  facts: DoctorFacts,
): DoctorCheck {
  const reason = answer === undefined || answer.kind === 'ready' ? 'it was not asked' : answer.reason;
  const door = ingress.definition;
  if (isOutdated(door.id, facts)) {
    const detail = `${id} answers, but not through the ingress, which was made with other settings than those of now: ${reason}`;
    return failed(subject, detail, 'macula up ingress makes it anew.', startRepair(door.title, door.id));
  }
  return failed(
    subject,
    `${id} answers, but not through the ingress: ${reason}`,
    `macula restart ingress, then macula logs ingress --tail 50.`,
    restartRepair(door.title, door.id),
  );
}

function brokenHop(hops: readonly string[], before: readonly DoctorCheck[]): DoctorCheck | undefined {
  return firstBroken(hops.flatMap((hop) => before.find(({ subject }) => subject === hop) ?? []));
}
