import { useState } from 'react';
import type { ScrapeTarget } from '../../electron/core/settings.ts';
import type { StackState } from '../../electron/core/snapshot.ts';
import type { TargetView } from '../../electron/core/telemetry/telemetry-view.ts';
import { Button } from '../components/button.tsx';
import { StateIcon } from '../components/state-icon.tsx';
import { exactLines } from '../host/exact-text.ts';
import { texts } from '../texts.ts';
import { changeTelemetry } from './telemetry-store.ts';

const words = texts.telemetry.scraped;

const icons: Readonly<Record<TargetView['health'], StackState>> = { up: 'ready', down: 'failed', unknown: 'unknown' };

interface TargetTableProps {
  readonly targets: readonly TargetView[];
  // Those of the settings.
  readonly own: readonly ScrapeTarget[];
}

export function TargetTable({ targets, own }: TargetTableProps) {
  // Prometheus goes on with what was removed until it reads its list anew.
  const [removed, setRemoved] = useState<readonly string[]>([]);

  async function remove(name: string) {
    const isDone = await changeTelemetry(
      (settings) => ({ targets: settings.targets.filter((target) => target.name !== name) }),
      words.add.what(name),
      'targets',
    );
    if (isDone) setRemoved((names) => [...names, name]);
  }

  return (
    <table className="host-table target-table">
      <thead>
        <tr>
          <th scope="col">{words.name}</th>
          <th scope="col">{words.address}</th>
          <th scope="col">{words.health}</th>
          <th scope="col">
            <span className="visually-hidden">{words.action}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {targets.map((target, index) => {
          const { name, url, origin, health, problem } = target;
          const isOwn = origin === 'settings' && own.some((one) => one.name === name);
          const isGoing = origin === 'settings' && !isOwn && removed.includes(name);
          return (
            <tr key={`${origin} ${url} ${index}`}>
              <th scope="row">
                {exactLines(name)} <span className="aside target-origin">{words.from(origin)}</span>
              </th>
              <td>
                <span className="code">{exactLines(url)}</span>
              </td>
              <td>
                <span className="with-icon">
                  <StateIcon state={icons[health]} />
                  <span>{words.healths[health]}</span>
                </span>
                {/* Prometheus quotes what the target said. */}
                {problem !== undefined && <p className="target-problem">{exactLines(problem)}</p>}
                {isGoing && <p className="hint">{words.removed}</p>}
              </td>
              <td>
                {isOwn && (
                  <Button icon="remove" kind="quiet" isIconOnly about={name} onPress={() => void remove(name)}>
                    {words.remove}
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
