// Asks the root program: as this user where that is enough, as root where it is not.
import { FailureError } from '../core/failure.ts';
import type { Elevation } from '../core/host/host-facts.ts';
import type { HostAnswer, HostRequest, Refusal } from '../core/host/host-request.ts';
import { chooseElevation, elevatedArgv, type Surroundings } from './elevation.ts';
import { parseAnswer } from './helper-answer.ts';
import { type HelperPlace, mismatchWords } from './helper-place.ts';
import type { Ended, RunProgram } from './run-program.ts';

export interface HelperOptions {
  readonly place: HelperPlace;
  readonly around: () => Surroundings;
  readonly run: RunProgram;
  // The app's own word on whether a request is one, before anybody is asked for a password.
  readonly check?: (request: unknown) => boolean | Promise<boolean>;
  // Of the packaged root program that this app was made with, where the build says so.
  readonly sha256?: string;
  // Where sudo's words to the user go.
  readonly say?: (words: string) => void;
}

export type Answer = Exclude<HostAnswer, Refusal>;

export interface HelperClient {
  elevation(): Elevation;
  ask(request: HostRequest): Promise<Answer>;
  askAsRoot(request: HostRequest): Promise<Answer>;
  commandLine(request: HostRequest): string;
}

// A plan reads files and looks a few names up; two texts of a MiB each, escaped, are the most it can show.
const limitMilliseconds = 60_000;
const limitBytes = 1 << 24;

export function createHelperClient({ place, around, run, check, sha256, say }: HelperOptions): HelperClient {
  const unavailable = (detail: string) => new FailureError({ code: 'host-unavailable', detail });

  async function checked(request: HostRequest): Promise<string> {
    if (place.problem !== undefined) throw unavailable(place.problem);
    if (check !== undefined && !(await check(request))) {
      const detail = `Macula itself does not take this for a request: ${JSON.stringify(request).slice(0, 200)}`;
      throw new FailureError({ code: 'host-refused', reason: 'bad-request', detail });
    }
    return JSON.stringify(request);
  }

  function commandLine(request: HostRequest): string {
    const words = JSON.stringify(request);
    // Nothing that may be asked holds one; a shell would end its word there.
    if (words.includes("'")) throw new Error('A request with a quote cannot be written as a command line');
    const root = around().sudo === undefined ? '' : 'sudo ';
    return `printf %s '${words}' | ${root}${place.argv.map(shellWord).join(' ')}`;
  }

  function answerOf({ stdout, stderr, code, isCut }: Ended, request: HostRequest): Answer {
    if (isCut) throw new Error(`The root program was ended: it took too long or said too much (${stderr.slice(-200)})`);
    if (stdout === '') throw new Error(`The root program ended with ${code} and no answer: ${stderr.slice(-500)}`);
    const answer = parseAnswer(stdout, request.verb);
    if (answer.ok) return answer;
    throw new FailureError({ code: 'host-refused', reason: answer.code, detail: answer.detail });
  }

  return {
    elevation: () => chooseElevation(around(), place),
    commandLine,
    async ask(request) {
      const input = await checked(request);
      return answerOf(await run(place.argv, { input, limitMilliseconds, limitBytes }), request);
    },
    async askAsRoot(request) {
      const input = await checked(request);
      const surroundings = around();
      const elevation = chooseElevation(surroundings, place);
      const byHand = () => new FailureError({ code: 'host-by-hand', commandLine: commandLine(request) });
      if (elevation.kind === 'none') throw unavailable(elevation.detail);
      const argv = elevatedArgv(elevation, surroundings, place.argv);
      if (argv === undefined) throw byHand();
      const mismatch =
        sha256 === undefined || !place.isPackaged ? undefined : await mismatchWords(argv0(place), sha256);
      if (mismatch !== undefined) throw unavailable(mismatch);
      const mayTalk = elevation.kind === 'sudo' && say !== undefined;
      const ended = await run(argv, { input, limitBytes, ...(mayTalk ? { onWords: say } : {}) });
      // Whoever asks for the password says nothing on standard output: it came to the root program, then.
      if (ended.stdout !== '' || elevation.kind === 'root') return answerOf(ended, request);
      const refusal = refusalOf(elevation.kind, ended);
      if (refusal === 'by-hand') throw byHand();
      throw refusal === 'dismissed' ? new FailureError({ code: 'host-dismissed' }) : unavailable(refusal);
    },
  };
}

function argv0({ argv }: HelperPlace): string {
  return argv[0] ?? '';
}

// Of sudo: whoever may not, or a sudo that does not work. All else is a password that did not come.
const sudoProblem =
  /not in the sudoers|not allowed to|may not run|I'm afraid I can't|setuid|no new privileges|not found|owned by|unable to/i;
// A remark of sudo's that is no reason.
const sudoRemark = /unable to resolve host/i;
// Ctrl-C in the terminal that the app was started from.
const isInterrupted = /ended by SIG(INT|HUP|TERM)$/;

// What became of a prompt for a password, in a word or in a sentence.
export function refusalOf(kind: Elevation['kind'], { code, stderr }: Ended): string {
  const lines = stderr.trim().split('\n');
  const words = lines.at(-1) ?? '';
  if (kind === 'pkexec') {
    if (code === 126 || isInterrupted.test(words)) return 'dismissed';
    return code === 127 ? 'by-hand' : `pkexec ended with ${code}: ${words}`;
  }
  if (/terminal is required|no tty present/i.test(stderr)) return 'by-hand';
  const problem = lines.find((line) => sudoProblem.test(line) && !sudoRemark.test(line));
  if (problem !== undefined) return problem.trim();
  return code === 1 || isInterrupted.test(words) ? 'dismissed' : `sudo ended with ${code}: ${words}`;
}

function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
