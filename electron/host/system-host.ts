// This machine's names and firewall, for real.
import type { HostPort } from '../core/host/host-port.ts';
import type { FileChange, HostIntent, HostRequest, HostState } from '../core/host/host-request.ts';
import { lookAround } from './elevation.ts';
import { isGuarded } from './guard-check.ts';
import { toText } from './helper-answer.ts';
import { type Answer, createHelperClient, type HelperClient } from './helper-client.ts';
import { findHelper } from './helper-place.ts';
import { lanNetwork } from './lan-network.ts';
import { lookUpNames } from './names-lookup.ts';
import { readRecord } from './record.ts';
import { systemFacts } from './resolver-facts.ts';
import { runProgram } from './run-program.ts';
import { thisSystem } from './system-view.ts';

export interface SystemHostOptions {
  // Whether the app's own schema takes this for a request of the root program.
  readonly check?: (request: unknown) => boolean | Promise<boolean>;
  // Of the packaged root program, where the build says which one this app was made with.
  readonly helperSha256?: string;
}

export function systemHost({ check, helperSha256 }: SystemHostOptions = {}): HostPort {
  const client = createHelperClient({
    place: findHelper({
      bundleFolder: import.meta.dirname,
      executable: process.execPath,
      isElectron: process.versions['electron'] !== undefined,
      searchPath: process.env['PATH'] ?? '',
    }),
    around: lookAround,
    run: runProgram,
    say: (words) => void process.stderr.write(words),
    ...(check === undefined ? {} : { check }),
    ...(helperSha256 === undefined ? {} : { sha256: helperSha256 }),
  });
  return hostPort(client);
}

export function hostPort(client: HelperClient): HostPort {
  return {
    async observe(names) {
      const [{ lan, problem }, state, lookups, { resolver, firewall }] = await Promise.all([
        lanNetwork(),
        stateOf(client),
        lookUpNames(names),
        systemFacts(thisSystem(), names),
      ]);
      const { guard } = state.intent;
      return {
        resolver,
        names: lookups,
        ...(lan === undefined ? {} : { lan }),
        ...(problem === undefined ? {} : { lanProblem: problem }),
        firewall,
        state,
        isGuarded: guard !== undefined && (await isGuarded(guard)),
        elevation: client.elevation(),
      };
    },
    record: readRecord,
    network: lanNetwork,
    isGuarded,
    async plan(intent) {
      const { plan } = expect(await client.ask({ verb: 'plan', intent }), 'plan');
      return { ...plan, changes: plan.changes.map(forPeople) };
    },
    apply: async (intent, hash) => expectApplied(await client.askAsRoot({ verb: 'apply', intent, plan: hash })),
    undo: async (hash) =>
      expectApplied(await client.askAsRoot({ verb: 'undo', ...(hash === undefined ? {} : { plan: hash }) })),
    status: async () => expect(await client.askAsRoot({ verb: 'status' }), 'status').state,
    portOwners: async (ports) => expect(await client.askAsRoot({ verb: 'port-owner', ports }), 'port-owner').owners,
    commandLine: async (intent, hash) => client.commandLine(changeRequest(intent, hash)),
  };
}

// The record says what is set up; which of the files were edited since takes a look at them, by the root program's own
// code. Without it, or with one that fails, the record has to do.
async function stateOf(client: HelperClient): Promise<HostState> {
  try {
    return expect(await client.ask({ verb: 'status' }), 'status').state;
  } catch {
    return readRecord();
  }
}

// An undo is another verb, and works where the set-up would not any more.
function changeRequest(intent: HostIntent, plan: string): HostRequest {
  return Object.keys(intent).length === 0 ? { verb: 'undo', plan } : { verb: 'apply', intent, plan };
}

function forPeople({ before, after, ...change }: FileChange): FileChange {
  return {
    ...change,
    ...(before === undefined ? {} : { before: toText(before) }),
    ...(after === undefined ? {} : { after: toText(after) }),
  };
}

function expect<V extends 'plan' | 'status' | 'port-owner'>(answer: Answer, verb: V): Extract<Answer, { verb: V }> {
  if (answer.verb !== verb) throw new Error(`The root program answered "${answer.verb}" to "${verb}"`);
  return answer as Extract<Answer, { verb: V }>;
}

function expectApplied(answer: Answer): Extract<Answer, { changed: readonly string[] }> {
  if (!('changed' in answer)) throw new Error(`The root program answered "${answer.verb}" to a change`);
  return answer;
}
