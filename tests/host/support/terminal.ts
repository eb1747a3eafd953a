// A terminal of its own in the test machine, with somebody who types.
import type { Ended } from './commands.ts';
import type { Machine, MachineRunOptions } from './machine.ts';

// What is typed, as for printf, as soon as the words before it are on the screen for the first time, or once more.
export type Typed = readonly [after: string, keys: string];

const session = `
  place=$(mktemp -d) && cd "$place" && mkfifo keys && touch screen
  (script --quiet --return --flush --command "$1" screen <keys >/dev/null 2>&1; echo $? >code) &
  exec 3>keys
  shift
  count=0
  before=
  while [ $# -gt 0 ]; do
    [ "$1" = "$before" ] || count=0
    before=$1
    count=$((count + 1))
    until [ "$(grep -o -e "$1" screen | wc -l)" -ge "$count" ]; do [ -e code ] && break 2; sleep 0.05; done
    printf "$2" >&3
    shift 2
  done
  until [ -e code ]; do sleep 0.05; done
  cat screen
  exit "$(cat code)"
`;

function quoted(word: string): string {
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

// What its screen showed comes on stdout.
export function onTerminal(
  machine: Machine,
  argv: readonly string[],
  user: NonNullable<MachineRunOptions['user']>,
  typed: readonly Typed[],
): Promise<Ended> {
  return machine.run(['sh', '-c', session, 'sh', argv.map(quoted).join(' '), ...typed.flat()], {
    user,
    timeoutSeconds: 40,
  });
}
