// What the programs of the suite are: shell lines in the test image, and their like on the fake engine.
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
      const end = program.exitCode === undefined ? stay : `exit ${program.exitCode}`;
      return [...out, ...error, end].join('; ');
    }
    case 'script':
      return `${program.script}; echo ${endOfScript}; ${stay}`;
    case 'show':
      return `busybox cat ${quoted(program.path)}; ${stay}`;
    case 'count':
      return `busybox seq 1 ${program.to}; ${stay}`;
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
    case 'script':
    case 'serve':
      return {};
  }
}
