// Whether each name leads to its service's address, asked as any program of this machine would ask. Pure.
import type { NamesView, NameView } from '../host/host-view.ts';
import { causeOf, type DoctorCheck, failed, hostRepair, note, ok, skipped } from './check.ts';
import type { DoctorFacts } from './facts.ts';

// A browser that waits so long for a name is taken for one that hangs.
const slowMilliseconds = 2000;

export function nameSubject(host: string): string {
  return `name ${host}`;
}

// `record`: what was found of our own record; where that is broken, it is why the names are.
export function nameChecks(facts: DoctorFacts, record: readonly DoctorCheck[]): readonly DoctorCheck[] {
  return [...setUpChecks(facts, record), ...localhostNotes(facts)];
}

function setUpChecks(facts: DoctorFacts, record: readonly DoctorCheck[]): readonly DoctorCheck[] {
  const { machine } = facts;
  if (machine === undefined) {
    return [note('names', `They were not looked at. ${facts.machineProblem ?? ''}`.trim())];
  }
  const { names } = machine.view;
  if (names.hosts.length === 0) return [];
  if (names.applied === undefined && !names.isByUser) return [notSetUp(names, facts)];
  const broken = record.find(({ result }) => result === 'failed');
  return names.hosts.map((name) => {
    const subject = nameSubject(name.host);
    if (name.state === 'right') return rightCheck(name, facts);
    return broken === undefined ? wrongCheck(name, names, facts) : skipped(subject, causeOf(broken));
  });
}

function notSetUp(names: NamesView, { httpPort }: DoctorFacts): DoctorCheck {
  const elsewhere = names.hosts.filter(({ state }) => state === 'wrong');
  const words = elsewhere.map(({ host, found }) => ` ${host} leads to ${found.join(', ')}.`).join('');
  const backend = names.choices.find((choice) => choice.isRecommended && choice.isUsable)?.backend ?? 'localhost';
  const detail = `Names below ${names.domain} are not set up.${words} Every page is below .localhost at port ${httpPort} without them.`;
  if (backend === 'localhost') return note('names', detail);
  return note(
    'names',
    detail,
    'macula host apply sets them up, after showing what it changes.',
    hostRepair('Set up names…', { kind: 'names', backend }),
  );
}

function rightCheck({ host, address }: NameView, { machine }: DoctorFacts): DoctorCheck {
  const milliseconds = machine?.facts.names.find((lookup) => lookup.host === host)?.milliseconds ?? 0;
  const subject = nameSubject(host);
  if (milliseconds < slowMilliseconds) return ok(subject, `leads to ${address}`);
  const seconds = (milliseconds / 1000).toFixed(1);
  return note(
    subject,
    `It leads to ${address}, but only after ${seconds} s: another resolver is asked first.`,
    'macula host apply --names hosts answers at once.',
    hostRepair('Set up names otherwise…', { kind: 'names', backend: 'hosts' }),
  );
}

function wrongCheck({ host, address, state, found }: NameView, names: NamesView, facts: DoctorFacts): DoctorCheck {
  const subject = nameSubject(host);
  const what =
    state === 'absent'
      ? `This machine's resolver does not know it; it should lead to ${address}.`
      : `It leads to ${found.join(', ')}, not to ${address}.`;
  const line = facts.machine?.facts.resolver.foreignNames.find((foreign) => foreign.host === host);
  if (line !== undefined && line.address !== address) {
    return failed(
      subject,
      `${what} Line ${line.line} of the hosts file says so, and is not Macula's.`,
      `Delete that line (sudoedit /etc/hosts), then macula doctor.`,
    );
  }
  const backend = names.applied?.backend ?? 'hosts';
  return failed(
    subject,
    `${what} ${backend === 'hosts' ? 'It was set up in the hosts file.' : 'It was set up through dnsmasq.'}`,
    'macula host apply sets it up again.',
    hostRepair('Set up names again…', { kind: 'names', backend }),
  );
}

function localhostNotes({ unknownNames, isRemote }: DoctorFacts): readonly DoctorCheck[] {
  if (unknownNames.length === 0 || isRemote) return [];
  const detail = `This machine's resolver does not know ${unknownNames.join(', ')}. Browsers find names below .localhost by themselves; other programs need the address 127.0.0.1.`;
  return [note('names below .localhost', detail)];
}
