#!/usr/bin/env node
// Every npm script starts here, on a machine that may have nothing but Node 20 and npm. It sets up what the verb needs
// (bootstrap/*.mjs, Node's own modules only) and then becomes that verb.

import { mergeRepeatedInterrupts } from './bootstrap/interrupts.mjs';
import { SetUpError, say } from './bootstrap/say.mjs';

const usage = 'node build/bootstrap.mjs start|test|images|macula|bench|build|package|check|engine [arguments]';

/**
 * @param {string | undefined} verb
 * @param {string[]} args
 */
async function run(verb, args) {
  switch (verb) {
    case 'macula':
    case 'images': {
      const { runProgram } = await import('./bootstrap/program.mjs');
      return runProgram(verb === 'macula' ? 'cli' : 'images', args);
    }
    case 'start':
    case 'test':
    case 'bench':
    case 'build':
    case 'package':
    case 'check':
    case 'engine': {
      const { prepareTools } = await import('./bootstrap/tools.mjs');
      if (!(await prepareTools())) return;
      const tool = await import(`./${verb}.mjs`);
      return tool.run(args);
    }
    default:
      throw new SetUpError(`Usage: ${usage}`);
  }
}

mergeRepeatedInterrupts();
try {
  await run(process.argv[2], process.argv.slice(3));
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
