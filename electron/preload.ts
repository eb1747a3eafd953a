// All that the page gets of the app: the contract's commands and events, by name.
import { contextBridge, ipcRenderer } from 'electron';
import { commands, eventNames, type Bridge } from './contract/contract.ts';

type Listener = (payload: never) => void;

const knownCommands: ReadonlySet<string> = new Set(Object.keys(commands));
const listeners = new Map<string, Set<Listener>>(eventNames.map((name) => [name, new Set()]));
// The newest event of each kind that came before anybody listened: the place that the tray asked for, for one.
const unheard = new Map<string, unknown>();

for (const [name, ofName] of listeners) {
  ipcRenderer.on(name, (_, payload: unknown) => {
    if (ofName.size === 0) unheard.set(name, payload);
    for (const listener of ofName) listener(payload as never);
  });
}

function invoke(name: string, input: unknown): Promise<unknown> {
  return knownCommands.has(name)
    ? ipcRenderer.invoke(name, input)
    : Promise.reject(new Error('There is no such command'));
}

function on(name: string, listener: Listener): () => void {
  const ofName = listeners.get(name);
  if (ofName === undefined) throw new Error('There is no such event');
  ofName.add(listener);
  if (unheard.has(name)) {
    listener(unheard.get(name) as never);
    unheard.delete(name);
  }
  return () => ofName.delete(listener);
}

contextBridge.exposeInMainWorld('macula', { invoke, on } as unknown as Bridge);
