import { type FormEvent, useId, useState } from 'react';
import type { Elevation } from '../../electron/core/host/host-facts.ts';
import type { PortHolder } from '../../electron/core/host/host-view.ts';
import { invoke } from '../bridge.ts';
import { Button } from '../components/button.tsx';
import { texts } from '../texts.ts';
import { HostSection } from './host-section.tsx';
import { PortTable } from './port-table.tsx';
import { ProblemWords } from './problem-words.tsx';
import type { HostProblem } from './sheet-store.ts';

const words = texts.host.ports;
// What the design is about: the ingress.
const usualPort = '80';
const asks: ReadonlySet<Elevation['kind']> = new Set(['pkexec', 'sudo']);

interface Answer {
  readonly port: number;
  readonly holders: readonly PortHolder[];
}

export function PortsSection({ elevation }: { readonly elevation: Elevation }) {
  const id = useId();
  const [draft, setDraft] = useState(usualPort);
  const [isRefused, setRefused] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const [answer, setAnswer] = useState<Answer>();
  const [problem, setProblem] = useState<HostProblem>();

  async function ask(port: number, asRoot: boolean) {
    if (isAsking) return;
    setAsking(true);
    setProblem(undefined);
    if (!asRoot) setAnswer(undefined);
    const result = await invoke('host:port-owner', { port, asRoot });
    setAsking(false);
    if (result.ok) setAnswer({ port, holders: result.value });
    else setProblem(result);
  }

  function onSubmit(event: FormEvent) {
    event.preventDefault();
    const port = portOf(draft);
    setRefused(port === undefined);
    if (port !== undefined) void ask(port, false);
  }

  const isDismissed = problem !== undefined && 'failure' in problem && problem.failure.code === 'host-dismissed';
  return (
    <HostSection name="ports" title={words.title}>
      <form className="port-form" onSubmit={onSubmit} noValidate>
        <label htmlFor={id}>{words.label}</label>
        <input
          id={id}
          type="text"
          inputMode="numeric"
          className="port-field"
          value={draft}
          maxLength={8}
          autoComplete="off"
          aria-invalid={isRefused}
          aria-describedby={`${id}-problem`}
          onChange={(event) => {
            setDraft(event.target.value);
            if (isRefused && portOf(event.target.value) !== undefined) setRefused(false);
          }}
        />
        <button type="submit" className="button" aria-disabled={isAsking ? true : undefined}>
          {words.ask}
        </button>
        <p id={`${id}-problem`} className="problem" role="alert">
          {isRefused ? words.invalid : ''}
        </p>
      </form>
      <div className="port-answer">
        <p role="status">{answer === undefined ? '' : answerWords(answer)}</p>
        {answer !== undefined && answer.holders.length > 0 && <PortTable holders={answer.holders} />}
        {isDismissed && <p className="hint">{words.dismissed}</p>}
        {problem !== undefined && !isDismissed && <ProblemWords problem={problem} />}
        {answer?.holders.some((holder) => holder.isPartial) === true && elevation.kind !== 'none' && (
          <div className="host-actions">
            <Button isEnabled={!isAsking} onPress={() => void ask(answer.port, true)}>
              {asks.has(elevation.kind) ? words.asRoot : words.asRootFree}
            </Button>
            <p className="hint">{words.partial}</p>
          </div>
        )}
      </div>
    </HostSection>
  );
}

function answerWords({ port, holders }: Answer): string {
  return holders.length === 0 ? words.nobody(port) : words.found(port, holders.length);
}

function portOf(draft: string): number | undefined {
  const text = draft.trim();
  const port = Number(text);
  return /^\d{1,5}$/.test(text) && port >= 1 && port <= 65_535 ? port : undefined;
}
