// npm run images [-- [--stubs] [ids...]]

export interface Options {
  readonly ids: readonly string[];
  readonly stubs: boolean;
  readonly help: boolean;
}

export const usage = `npm run images [-- [--stubs] [ids...]]

Makes container images under the pinned names, for machines that reach no image registry: from distribution packages,
from Go modules, from npm. What cannot be made for real becomes a stub that says so.

  --stubs   a stub for what would take minutes to build, unless the real one is there or in the cache
  ids       only these services (ingress, prometheus, grafana, loki, tempo, excalidraw)`;

export function parseOptions(args: readonly string[]): Options {
  const unknown = args.find((arg) => arg.startsWith('-') && !['--stubs', '--help', '-h'].includes(arg));
  if (unknown) throw new Error(`There is no option ${unknown}.`);
  return {
    ids: args.filter((arg) => !arg.startsWith('-')),
    stubs: args.includes('--stubs'),
    help: args.includes('--help') || args.includes('-h'),
  };
}
