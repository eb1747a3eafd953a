// What the root program answers, taken apart with care: it was another process that said so. Pure.
import type { HostAnswer, HostRequest } from '../core/host/host-request.ts';
import { refusalCodes } from '../core/host/host-request.ts';

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isFlag: Check = (value) => typeof value === 'boolean';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const oneOf =
  (...values: readonly unknown[]): Check =>
  (value) =>
    values.includes(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

// More fields may come with a newer one; those that are read must be what they should.
function fields(needed: Readonly<Record<string, Check>>, optional: Readonly<Record<string, Check>> = {}): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    const of = new Map(Object.entries(value));
    return (
      Object.entries(needed).every(([name, check]) => check(of.get(name))) &&
      Object.entries(optional).every(([name, check]) => !of.has(name) || check(of.get(name)))
    );
  };
}

const change = fields(
  { path: isText, action: oneOf('create', 'change', 'restore', 'delete', 'keep') },
  { before: isText, after: isText, note: isText },
);
const names = fields({ method: isText, names: listOf(fields({ host: isText, address: isText })) });
const guard = fields(
  { subnet: isText, ports: listOf(isCount), interface: isText, ranges: listOf(isText) },
  { until: isCount },
);
const intent = fields({}, { names, guard, aliases: listOf(isText) });
const state = fields(
  { intent, interrupted: isFlag, edited: listOf(isText) },
  { since: isCount, guard: fields({ accepted: isCount, refused: isCount }) },
);
const owner = fields({ port: isCount, inode: isText, process: isCount, command: isText }, { unit: isText });
const applied = {
  changed: listOf(isText),
  kept: listOf(fields({ path: isText, why: isText })),
  recovered: isFlag,
};

const isOk = oneOf(true);
const refusal = fields({ ok: oneOf(false), code: oneOf(...refusalCodes), detail: isText });
const answers: Readonly<Record<HostRequest['verb'], Check>> = {
  status: fields({ ok: isOk, verb: oneOf('status'), state }),
  plan: fields({
    ok: isOk,
    verb: oneOf('plan'),
    plan: fields({ changes: listOf(change), commands: listOf(isText), hash: isText }),
  }),
  apply: fields({ ok: isOk, verb: oneOf('apply'), ...applied }),
  undo: fields({ ok: isOk, verb: oneOf('undo'), ...applied }),
  'port-owner': fields({ ok: isOk, verb: oneOf('port-owner'), owners: listOf(owner) }),
};

// One line with one object. Anything else is a fault of ours, and says so.
export function parseAnswer(text: string, verb: HostRequest['verb']): HostAnswer {
  const fault = (what: string) => new Error(`The root program's answer to "${verb}" ${what}: ${text.slice(0, 200)}`);
  if (!text.endsWith('\n') || text.indexOf('\n') !== text.length - 1) throw fault('is not one line');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new Error('The root program did not answer with JSON', { cause: error });
  }
  if (!refusal(value) && !answers[verb](value)) throw fault('is not one that is known');
  return value as HostAnswer;
}

// The bytes of a file, which come as one character each, as people read them.
export function toText(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
