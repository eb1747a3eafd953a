import type { PortHolder } from '../../core/host/host-view.ts';
import { exitDone } from '../exit-codes.ts';
import { printOutcome, tellFailures } from '../host-change.ts';
import type { Run } from '../invocation.ts';
import { openRuntime } from '../session.ts';

export const run: Run = async (invocation, output) => {
  const runtime = openRuntime(output);
  // Only an engine knows which of its containers holds a port.
  await runtime.connect({ watch: false });
  const port = Number(invocation.names[0]);
  const asRoot = invocation.flags.has('root');
  const call = { runtime, invocation, output };
  const code = await tellFailures(call, async () => {
    const holders = await runtime.host.portHolders(port, asRoot);
    if (!invocation.flags.has('json')) output.print(holdersText(port, holders, asRoot));
    printOutcome(call, 'done', { port, holders });
    return exitDone;
  });
  runtime.close();
  return code;
};

function holdersText(port: number, holders: readonly PortHolder[], asRoot: boolean): string {
  if (holders.length === 0) return `Nobody listens on port ${port}.\n`;
  const lines = holders.map(({ address, owner, covers }) => {
    const wide = covers.length === 0 ? '' : `, and with it ${covers.join(', ')}`;
    return `${address.includes(':') ? `[${address}]` : address}:${port}${wide}: ${owner}\n`;
  });
  const more = !asRoot && holders.some(({ isPartial }) => isPartial) ? `macula port ${port} --root tells more.\n` : '';
  return `${lines.join('')}${more}`;
}
