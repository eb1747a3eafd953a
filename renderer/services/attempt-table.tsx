import type { EngineAttempt } from '../../electron/core/failure.ts';
import { texts } from '../texts.ts';

interface AttemptTableProps {
  readonly caption: string;
  readonly attempts: readonly EngineAttempt[];
}

export function AttemptTable({ caption, attempts }: AttemptTableProps) {
  return (
    <table className="attempts">
      <caption>{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{texts.engine.endpoint}</th>
          <th scope="col">{texts.engine.foundBy}</th>
          <th scope="col">{texts.engine.rejected}</th>
        </tr>
      </thead>
      <tbody>
        {attempts.map((attempt) => (
          <tr key={`${attempt.endpoint} ${attempt.foundBy}`}>
            <th scope="row">{attempt.endpoint}</th>
            <td>{attempt.foundBy}</td>
            <td>{attempt.rejected}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
