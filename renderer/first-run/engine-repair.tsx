import { useId, useState } from 'react';
import type { ShownFailure } from '../../electron/core/snapshot.ts';
import { run } from '../bridge.ts';
import { CommandLine } from '../components/command-line.tsx';
import { texts } from '../texts.ts';
import { type RepairLine, repairOf, type System, systems } from './repair-lines.ts';

const words = texts.firstRun.engine;
const here: System = navigator.userAgent.includes('Mac OS X') ? 'macos' : 'debian';

// What to do about an engine that is not there: exact lines to copy, for the system that is chosen.
export function EngineRepair({ shown: { failure, text } }: { readonly shown: ShownFailure }) {
  const id = useId();
  const [system, setSystem] = useState<System>(here);
  const repair = repairOf(failure.code, system);
  if (repair === undefined) {
    return (
      <>
        <p>{text.detail}</p>
        <p>{text.nextStep}</p>
      </>
    );
  }
  const { lines, otherwise, needsLogin } = repair;
  return (
    <>
      <fieldset className="systems">
        <legend>{words.system}</legend>
        {systems.map((name) => (
          <label key={name} className="system">
            <input type="radio" name={id} checked={name === system} onChange={() => setSystem(name)} />
            {words.systems[name]}
          </label>
        ))}
      </fieldset>
      <RepairLines title={words.inTerminal} lines={lines} />
      {needsLogin && <p className="hint">{words.relogin}</p>}
      {otherwise !== undefined && (
        <RepairLines title={otherwise.kind === 'podman' ? words.orPodman : words.orRootless} lines={otherwise.lines} />
      )}
      <p className="help-links">
        {helpOf(failure.code).map((link) => (
          <button key={link} type="button" className="link" onClick={() => void run('link:open', { id: link })}>
            {words.help[link]}
          </button>
        ))}
      </p>
    </>
  );
}

function RepairLines({ title, lines }: { readonly title: string; readonly lines: readonly RepairLine[] }) {
  return (
    <div className="repair">
      <h2>{title}</h2>
      <ol>
        {lines.map(({ line, what }) => (
          <li key={line}>
            <p className="hint">{what}</p>
            <CommandLine line={line} what={`${words.copyLine}: ${what}`} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function helpOf(code: string): readonly (keyof typeof words.help)[] {
  if (code === 'engine-permission-denied') return ['help:rootless-docker'];
  return code === 'engine-not-found' ? ['help:install-docker', 'help:install-podman'] : ['help:install-docker'];
}
