// The window's only way to the app. Failures arrive as data and are shown as banners by whoever calls run().
import type { Bridge, CommandInput, CommandName, CommandResult, Events } from '../electron/contract/contract.ts';
import { clearProblems, reportProblem } from './stores/problems.ts';

declare global {
  interface Window {
    readonly macula?: Bridge;
  }
}

export function hasBridge(): boolean {
  return window.macula !== undefined;
}

function bridge(): Bridge {
  if (window.macula === undefined) throw new Error('The page runs outside of the app');
  return window.macula;
}

export async function invoke<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandResult<Name>> {
  try {
    return await bridge().invoke(name, input);
  } catch (error) {
    // The bridge itself never rejects; what does is a broken channel.
    return { ok: false, unexpected: error instanceof Error ? error.message : String(error) };
  }
}

// Like invoke, but what goes wrong becomes a banner, and what went wrong with this command before is forgotten.
export async function run<Name extends CommandName>(
  name: Name,
  input: CommandInput<Name>,
): Promise<CommandResult<Name>> {
  clearProblems(name);
  const result = await invoke(name, input);
  if (!result.ok) {
    const repeat = () => void run(name, input);
    if ('unexpected' in result) reportProblem({ command: name, repeat, unexpected: result.unexpected });
    else reportProblem({ command: name, repeat, shown: { failure: result.failure, text: result.text } });
  }
  return result;
}

export function listen<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): () => void {
  return bridge().on(name, listener);
}
