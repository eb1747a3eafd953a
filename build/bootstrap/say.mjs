// Everything the bootstrap has to say goes to stderr: stdout belongs to the program that it runs.

/** @param {string} text */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** A failure whose message is the whole story: it is printed without a stack. */
export class SetUpError extends Error {}
