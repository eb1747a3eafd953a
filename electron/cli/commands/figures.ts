import type { FiguresSample } from '../../core/figures.ts';
import { exitDone, exitFailed } from '../exit-codes.ts';
import { diskJson, diskText, figuresJson, figuresText } from '../figures-text.ts';
import { type Call, printOutcome, tellFailures } from '../host-change.ts';
import { onInterrupt } from '../interrupts.ts';
import type { Run } from '../invocation.ts';
import { needEngine, openRuntime } from '../session.ts';
import { printedLine } from '../snapshot-json.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  const call = { runtime, invocation, output };
  const { flags } = invocation;
  const code = await tellFailures(call, () => {
    if (flags.has('disk')) return disk(call);
    return flags.has('watch') ? watch(call) : look(call);
  });
  runtime.close();
  return code;
};

async function disk(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const view = await (await runtime.figures()).disk({ anew: true });
  if (!invocation.flags.has('json')) output.print(diskText(view, output.paint));
  printOutcome(call, 'done', { disk: diskJson(view) });
  return exitDone;
}

// Twice: there are no rates without something to compare with.
async function look(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  if (!(await needEngine(runtime, invocation, output))) return exitFailed;
  const ended = new AbortController();
  const giveBack = onInterrupt(() => ended.abort());
  let samples = 0;
  const sample = await follow(call, ended, (found) => {
    samples += 1;
    return samples === 2 || Object.keys(found.services).length === 0;
  });
  giveBack();
  if (sample === undefined) return exitFailed;
  const chosen = ofChosen(call, sample);
  if (!invocation.flags.has('json')) output.print(figuresText(chosen, output.paint));
  printOutcome(call, 'done', { figures: figuresJson(chosen) });
  return exitDone;
}

async function watch(call: Call): Promise<number> {
  const { runtime, invocation, output } = call;
  const isJson = invocation.flags.has('json');
  if (!(await needEngine(runtime, invocation, output, { watch: true, linewise: true }))) return exitFailed;
  const ended = new AbortController();
  const giveBack = onInterrupt(() => ended.abort());
  output.closed.addEventListener('abort', () => ended.abort(), { once: true });
  let drawn = 0;
  await follow(call, ended, (sample) => {
    const chosen = ofChosen(call, sample);
    if (isJson) {
      output.print(printedLine(figuresJson(chosen)));
      return false;
    }
    const text = figuresText(chosen, output.paint);
    if (!output.isTerminal) {
      output.print(`${new Date(sample.at).toISOString()}\n${text}\n`);
      return false;
    }
    // Over what was drawn before; what does not fit would be left behind by scrolling.
    const lines = text
      .trimEnd()
      .split('\n')
      .slice(0, Math.max(1, output.rows() - 1));
    output.print(`${upward(drawn)}${lines.map((line) => `${line}\u001b[K\n`).join('')}\u001b[J`);
    drawn = lines.length;
    return false;
  });
  giveBack();
  return exitDone;
}

function upward(lines: number): string {
  return lines === 0 ? '' : `\u001b[${lines}A\r`;
}

// Resolves with the sample that is enough, or with nothing where it was interrupted before.
async function follow(
  { runtime }: Call,
  ended: AbortController,
  isEnough: (sample: FiguresSample) => boolean,
): Promise<FiguresSample | undefined> {
  const figures = await runtime.figures();
  return new Promise((resolve) => {
    ended.signal.addEventListener('abort', () => resolve(undefined));
    if (ended.signal.aborted) resolve(undefined);
    figures.watch((sample) => {
      if (!isEnough(sample)) return;
      resolve(sample);
      ended.abort();
    }, ended.signal);
  });
}

function ofChosen({ invocation: { names } }: Call, sample: FiguresSample): FiguresSample {
  if (names.length === 0) return sample;
  const services = Object.entries(sample.services).filter(([service]) => names.includes(service));
  return { ...sample, services: Object.fromEntries(services) };
}
