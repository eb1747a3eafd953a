import { useCallback, useEffect, useState } from 'react';
import type { FoundEngine } from '../../electron/core/settings-effects.ts';
import type { EngineState } from '../../electron/core/snapshot.ts';
import { invoke } from '../bridge.ts';
import { problemWords } from './problem-words.ts';

export interface Engines {
  readonly engines: readonly FoundEngine[];
  readonly isLooking: boolean;
  // Why they could not be looked for, '' otherwise.
  readonly problem: string;
  readonly look: () => void;
}

// Looked for when the page opens, when another engine is in use, and on demand.
export function useEngines(engine: EngineState): Engines {
  const [engines, setEngines] = useState<readonly FoundEngine[]>([]);
  const [isLooking, setLooking] = useState(false);
  const [problem, setProblem] = useState('');
  const inUse = engine.kind === 'connected' ? engine.description.endpoint : engine.kind;
  const look = useCallback(async () => {
    setLooking(true);
    const result = await invoke('engine:list', undefined);
    setLooking(false);
    if (result.ok) setEngines(result.value);
    setProblem(result.ok ? '' : problemWords(result));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another engine means another list.
  useEffect(() => void look(), [look, inUse]);
  return { engines, isLooking, problem, look: () => void look() };
}
