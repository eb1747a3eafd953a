// Runs a command of the runtime with progress, Ctrl-C and a last word. Shared by up, stop, down and restart.
import type { ServiceSnapshot } from '../core/snapshot.ts';
import { signalServices } from '../core/telemetry/signal-services.ts';
import type { Command, Outcome, Runtime } from '../runtime/runtime-api.ts';
import { exitDone, exitFailed, exitInterrupted } from './exit-codes.ts';
import { failureLines } from './failure-lines.ts';
import { onInterrupt } from './interrupts.ts';
import type { Output } from './output.ts';
import { showProgress } from './progress.ts';
import { serviceTable } from './service-table.ts';
import { failureJson, outcomeJson, printedJson } from './snapshot-json.ts';
import { listed } from './words.ts';

export interface CarryOutOptions {
  // What is under way: 'Starting'.
  readonly title: string;
  readonly asJson: boolean;
  // What Ctrl-C does: end the command in order (the rule), or leave it to the engine and go.
  readonly onInterrupt?: 'cancel' | 'leave';
  // Whether a cancelled command says what it left behind (the rule): not where the caller goes on to clean up.
  readonly saysWhatIsLeft?: boolean;
}

export async function carryOut(
  runtime: Runtime,
  command: Command,
  options: CarryOutOptions,
  output: Output,
): Promise<number> {
  const isAbout = concern(runtime, command);
  const endProgress = options.asJson
    ? () => undefined
    : showProgress(runtime, output, { title: options.title, isAbout });
  const giveBack = onInterrupt(() => {
    if (options.onInterrupt === 'leave') process.exit(exitInterrupted);
    runtime.cancel();
  });
  let outcome: Outcome;
  try {
    outcome = await runtime.run(command);
  } finally {
    giveBack();
    endProgress();
  }
  if (options.asJson) {
    const failures = outcome.kind === 'failed' ? outcome.failures.map(failureJson) : [];
    output.print(printedJson(outcomeJson(command.kind, outcome.kind, runtime.snapshot(), failures)));
  } else if (outcome.kind !== 'cancelled' || options.saysWhatIsLeft !== false) {
    tellOutcome(runtime, command, outcome, output);
  }
  return { done: exitDone, failed: exitFailed, cancelled: exitInterrupted }[outcome.kind];
}

// Which services a command is about.
export function concern(runtime: Runtime, command: Command): (service: ServiceSnapshot) => boolean {
  const names = namesIn(command);
  if (names.length === 0) return (service) => service.enabled || service.containerId !== undefined;
  const { services } = runtime.snapshot();
  const wanted = new Set(names);
  // A set grows while it is walked: needs of needs are met too.
  if (command.kind === 'up') {
    for (const id of wanted) services.find((service) => service.id === id)?.needs.forEach((need) => wanted.add(need));
  }
  return (service) => wanted.has(service.id);
}

function namesIn(command: Command): readonly string[] {
  if (command.kind === 'wipe') return [signalServices[command.signal]];
  return 'services' in command ? (command.services ?? []) : [];
}

function tellOutcome(runtime: Runtime, command: Command, outcome: Outcome, output: Output): void {
  const snapshot = runtime.snapshot();
  if (outcome.kind === 'cancelled' && command.kind === 'pull') {
    output.problem('Interrupted. What came whole stays: macula pull goes on from there.\n');
    return;
  }
  if (outcome.kind === 'cancelled') {
    output.problem(`Interrupted. ${leftBehind(snapshot.services)}\n`);
    return;
  }
  if (command.kind === 'down' && outcome.kind === 'done') {
    output.print(command.removeVolumes ? 'The stack and its data are gone.\n' : 'The stack is gone; its data stays.\n');
    return;
  }
  if (command.kind === 'wipe' && outcome.kind === 'done') {
    output.print(`All ${command.signal} that were kept are gone; the other signals stay.\n`);
    return;
  }
  if (command.kind === 'pull' && outcome.kind === 'done') {
    output.print('Every image that was asked for is here. Nothing was started.\n');
    return;
  }
  const notes = snapshot.notes.map((note) => `Note: ${note}\n`).join('');
  const table = serviceTable(snapshot, Date.now(), output.paint);
  output.print(`${output.paint('bold', snapshot.stack.summary)}\n\n${table}\n${notes === '' ? '' : `\n${notes}`}`);
  if (outcome.kind === 'failed') output.problem(`\n${failureLines(outcome.failures, output.problemPaint)}`);
}

function leftBehind(services: readonly ServiceSnapshot[]): string {
  const up = services.filter((service) => service.state !== 'off').map((service) => `${service.id} (${service.state})`);
  if (up.length === 0) return 'Nothing runs.';
  return `Left as it is: ${listed(up)}. macula up goes on from there; macula stop stops what runs.`;
}
