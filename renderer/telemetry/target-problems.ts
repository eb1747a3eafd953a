import { isScrapeTarget, type ScrapeTarget } from '../../electron/core/settings.ts';
import { isItself, itselfWords } from '../../electron/core/telemetry/targets.ts';
import { texts } from '../texts.ts';

const words = texts.telemetry.scraped.add;
const good: ScrapeTarget = { name: 'any', address: 'any:1', path: '/', scheme: 'http' };

export interface TargetProblems {
  // '' where nothing is wrong.
  readonly name: string;
  readonly address: string;
  readonly path: string;
}

export function targetProblems(target: ScrapeTarget, own: readonly ScrapeTarget[]): TargetProblems {
  const { name, address, path } = target;
  return {
    name: nameProblem(name, own),
    address: addressProblem(address),
    path: isScrapeTarget({ ...good, path }) ? '' : words.pathInvalid,
  };
}

function nameProblem(name: string, own: readonly ScrapeTarget[]): string {
  if (!isScrapeTarget({ ...good, name })) return words.nameInvalid;
  return own.some((other) => other.name === name) ? words.nameTaken : '';
}

function addressProblem(address: string): string {
  if (!isScrapeTarget({ ...good, address })) return words.addressInvalid;
  return isItself(address) ? words.itself(itselfWords(address)) : '';
}
