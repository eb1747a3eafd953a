// The runtime with its real parts, for both composition roots: main.ts and cli.ts.
import { homedir } from 'node:os';
import { connectEngine } from './engine/connect.ts';
import { observeHost } from './host/observe-host.ts';
import type { HostPort } from './core/host/host-port.ts';
import { lazyHost } from './host/lazy-host.ts';
import { createRuntime } from './runtime/runtime.ts';
import type { Runtime } from './runtime/runtime-api.ts';
import type { ConnectedEngine, Keychain, RuntimeParts } from './runtime/runtime-parts.ts';
import { settingsFile } from './runtime/settings-file.ts';
import { secretsFile } from './runtime/secrets-file.ts';
import { systemParts } from './runtime/system-parts.ts';

export interface ComposeOptions {
  readonly settingsDirectory: string;
  readonly log: (line: string) => void;
  // Where passwords are kept; without it, in a file of the user's.
  readonly keychain?: Keychain;
  // How settings are written; without it, the runtime's own atomic writer.
  readonly writeSettings?: (values: Readonly<Record<string, unknown>>) => void;
}

export function composeRuntime(options: ComposeOptions): Runtime {
  return createRuntime({
    ...systemParts(process.platform, options.settingsDirectory),
    connectEngine: connectSystemEngine,
    listEngines: listSystemEngines,
    observeHost,
    host: lazyHost(loadHost),
    secrets: secretsFile({ directory: options.settingsDirectory, keychain: options.keychain }),
    settings: settingsFile({
      directory: options.settingsDirectory,
      ...(options.writeSettings === undefined ? {} : { write: options.writeSettings }),
    }),
    log: options.log,
  });
}

// The root program checks what it is asked by itself; asking it what the app's own schema refuses would be our mistake.
async function loadHost(): Promise<HostPort> {
  const [{ systemHost }, { isHostRequest }] = await Promise.all([
    import('./host/system-host.ts'),
    import('./contract/host-request.ts'),
  ]);
  return systemHost({ check: (request) => isHostRequest(request, process.platform === 'darwin') });
}

export function connectSystemEngine(endpoint: string): Promise<ConnectedEngine> {
  return connectEngine(surroundings(endpoint));
}

// Loaded when somebody wants to choose one.
async function listSystemEngines(endpoint: string): ReturnType<RuntimeParts['listEngines']> {
  const { listEngines } = await import('./engine/list-engines.ts');
  return listEngines(surroundings(endpoint));
}

function surroundings(endpoint: string) {
  return {
    endpoint,
    environment: process.env,
    home: homedir(),
    platform: process.platform,
    userId: process.getuid?.() ?? -1,
  };
}
