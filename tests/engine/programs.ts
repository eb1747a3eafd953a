// What the programs of the suite are: shell lines in the test image, and their like on the fake engine.
import type { ContainerFile } from '../../electron/core/desired.ts';
import type { ProgramResult } from '../../electron/core/engine-port.ts';
import { endOfScript, type TestProgram } from './engine-under-test.ts';
import type { FakeContainer, FakeProgram } from './fake-world.ts';

export function shellCommand(program: TestProgram): readonly string[] {
  return ['/bin/busybox', 'sh', '-c', shellLines(program)];
}

// The first process of a container ignores what it does not handle.
const stay = "trap 'exit 143' TERM; busybox sleep 1000 & wait";

function shellLines(program: TestProgram): string {
  switch (program.kind) {
    case 'say': {
      const out = program.stdout.map((line) => `echo ${quoted(line)}`);
      const error = (program.stderr ?? []).map((line) => `echo ${quoted(line)} >&2`);
      return [...out, ...error, endOf(program.exitCode)].join('; ');
    }
    case 'script':
      return `${program.script}; echo ${endOfScript}; ${stay}`;
    case 'show':
      return `busybox cat ${quoted(program.path)}; ${endOf(program.exitCode)}`;
    case 'count':
      return `busybox seq 1 ${program.to}; ${endOf(program.exitCode)}`;
    case 'echo':
      return `busybox cat; exit ${program.exitCode}`;
    case 'stubborn':
      return "trap '' TERM; echo deaf; while :; do busybox sleep 1; done";
    case 'serve':
      return [
        'busybox mkdir -p /www',
        `echo ${quoted(program.text)} > /www/index.html`,
        `busybox httpd -p ${program.port} -h /www`,
        stay,
      ].join('; ');
  }
}

function endOf(exitCode: number | undefined): string {
  return exitCode === undefined ? stay : `exit ${exitCode}`;
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

export function fakeCommand(program: TestProgram): readonly string[] {
  return [JSON.stringify(program)];
}

export function fakeProgram(container: FakeContainer): FakeProgram {
  const program = JSON.parse(container.desired.command[0] ?? '{}') as TestProgram;
  switch (program.kind) {
    case 'say': {
      const out = program.stdout.map((text) => ({ stream: 'stdout' as const, text }));
      const error = (program.stderr ?? []).map((text) => ({ stream: 'stderr' as const, text }));
      return { lines: [...out, ...error], ...(program.exitCode === undefined ? {} : { exitCode: program.exitCode }) };
    }
    case 'show': {
      const content = container.files.get(program.path)?.content ?? '';
      return {
        lines: content
          .split('\n')
          .slice(0, -1)
          .map((text) => ({ stream: 'stdout', text })),
      };
    }
    case 'count': {
      const lines = Array.from({ length: program.to }, (_unused, index) => String(index + 1));
      return { lines: lines.map((text) => ({ stream: 'stdout', text })) };
    }
    case 'stubborn':
      return { lines: [{ stream: 'stdout', text: 'deaf' }], ignoresStop: true };
    case 'echo':
    case 'script':
    case 'serve':
      return {};
  }
}

// The same as a program that is run for its answer; one that stays never has any.
export function fakeAnswer(
  command: readonly string[],
  files: ReadonlyMap<string, ContainerFile>,
  input = '',
): ProgramResult | Promise<ProgramResult> {
  const program = JSON.parse(command[0] ?? '{}') as TestProgram;
  switch (program.kind) {
    case 'echo':
      return { exitCode: program.exitCode, output: input };
    case 'say': {
      const output = [...program.stdout, ...(program.stderr ?? [])].map((line) => `${line}\n`).join('');
      return endsWith(program.exitCode, output);
    }
    case 'show':
      return endsWith(program.exitCode, files.get(program.path)?.content ?? '');
    case 'count':
      return endsWith(
        program.exitCode,
        Array.from({ length: program.to }, (_unused, index) => `${index + 1}\n`).join(''),
      );
    case 'stubborn':
    case 'script':
    case 'serve':
      return endsWith(undefined, '');
  }
}

function endsWith(exitCode: number | undefined, output: string): ProgramResult | Promise<ProgramResult> {
  return exitCode === undefined ? new Promise(() => {}) : { exitCode, output };
}
