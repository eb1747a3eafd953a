import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';

/**
 * What a run of the tests came to. A test is skipped only for a reason; anything else that did not run has failed.
 * @typedef {object} Summary
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {string[]} reasons one for each skipped test
 * @property {string[]} problems what went wrong apart from a failing test, which the test runner shows by itself
 */

export const summaryFile = join(root, 'tests/output/summary.json');

/** @returns {Summary} */
export function readSummary() {
  try {
    return JSON.parse(readFileSync(summaryFile, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: 0, reasons: [], problems: ['the test runner ended before its time'] };
  }
}

/**
 * @param {Summary} summary
 * @returns {string} whose last line is the count
 */
export function summaryText({ passed, failed, skipped, reasons, problems }) {
  const counted = [...new Set(reasons)].map(
    (reason) => `skipped ${reasons.filter((each) => each === reason).length}: ${reason}`,
  );
  return [
    ...problems.map((problem) => `failed: ${problem}`),
    ...counted,
    `${passed} passed, ${failed} failed, ${skipped} skipped`,
  ].join('\n');
}
