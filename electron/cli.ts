#!/usr/bin/env node
// The `macula` command. Everything but the arguments is loaded when the command needs it.
import { runCommandLine } from './cli/command-line.ts';
import { keepCompiledCode } from './cli/compile-cache.ts';

keepCompiledCode(process.env);
await runCommandLine(process.argv.slice(2));
