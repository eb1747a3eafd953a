import { Document } from 'yaml';
import { composeFile, unpinnedServices } from '../../core/compose-file.ts';
import { exitDone } from '../exit-codes.ts';
import type { Run } from '../invocation.ts';
import { openRuntime } from '../session.ts';
import { printedJson } from '../snapshot-json.ts';
import { listed } from '../words.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  // Which subnet is free and which images are here is the engine's to say; without one the file is what it would be at first.
  await runtime.connect({ watch: false });
  // Only a plan looks at the host's routes too: without it the file could name a subnet that "up" would not choose.
  await runtime.plan({ kind: 'up' });
  const { engine } = runtime.snapshot();
  if (engine.kind === 'unavailable') output.problem(`Written without an engine: ${engine.failure.text.title}.\n`);
  const desired = runtime.desired();
  const images = runtime.observed()?.images ?? {};
  const file = composeFile(desired, images);
  const unpinned = unpinnedServices(desired, images);
  runtime.close();
  if (invocation.flags.has('json')) {
    output.print(printedJson(file));
    return exitDone;
  }
  const document = new Document(file, { aliasDuplicateObjects: false });
  document.commentBefore = [
    ' The stack of Macula Desktop, printed by macula compose. Compose 2.23.1 or newer reads it:',
    ' docker compose -f this-file up',
    ...(unpinned.length === 0
      ? []
      : [` Named without digests, since this engine has stand-ins or imported images of them: ${listed(unpinned)}.`]),
  ].join('\n');
  output.print(document.toString({ lineWidth: 0 }));
  return exitDone;
};
