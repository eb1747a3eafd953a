import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';
import type { Summary } from './summary.mjs';

function nameOf(entity: TestModule | TestSuite): string {
  return entity.type === 'module' ? entity.relativeModuleId : entity.fullName;
}

/** A test below a suite that could not be set up: the suite's own error says why it did not run. */
function isBelowBroken(test: TestCase): boolean {
  let above: TestSuite | TestModule = test.parent;
  while (above.errors().length === 0) {
    if (above.type === 'module') return false;
    above = above.parent;
  }
  return true;
}

function brokenParts(module: TestModule): string[] {
  return [module, ...module.children.allSuites()]
    .filter((part) => part.errors().length > 0)
    .map((part) => `${nameOf(part)}: ${part.errors()[0]?.message}`);
}

/** Writes what `npm test` says last, once other programs have said everything. */
export function summaryReporter(file: string): Reporter {
  let isFiltered = false;
  return {
    onInit(vitest) {
      isFiltered = vitest.config.testNamePattern !== undefined;
    },
    onTestRunEnd(modules, unhandled) {
      const counts = { passed: 0, failed: 0, skipped: 0 };
      const reasons: string[] = [];
      const problems = [
        ...modules.flatMap(brokenParts),
        ...unhandled.map((error) => `outside of any test: ${error.message}`),
      ];
      for (const test of modules.flatMap((module) => [...module.children.allTests()])) {
        const result = test.result();
        if (result.state === 'passed' || result.state === 'failed') {
          counts[result.state] += 1;
        } else if (result.state === 'skipped' && result.note) {
          counts.skipped += 1;
          reasons.push(result.note);
        } else if (isBelowBroken(test)) {
          counts.failed += 1;
        } else if (!isFiltered) {
          // Silence would hide that something was not looked at.
          problems.push(`not run, and without a reason: ${test.fullName}`);
        }
      }
      const summary: Summary = { ...counts, failed: counts.failed + problems.length, reasons, problems };
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(summary));
    },
  };
}
