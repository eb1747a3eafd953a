// The table at the end.
import type { ImageService } from './recipe.ts';
import type { Present } from './choose.ts';

export interface Outcome {
  readonly service: ImageService;
  readonly how: Present['origin'] | 'failed';
  readonly version?: string | undefined;
  readonly note?: string | undefined;
  readonly sizeBytes?: number;
  // Why it failed, in one line.
  readonly reason?: string;
}

export function summary(outcomes: readonly Outcome[]): string[] {
  const rows = outcomes.map(({ service, how, version, sizeBytes }) => [
    service.id,
    `${service.image.repository}:${service.image.tag}`,
    how === 'unknown' ? 'not ours' : how,
    how === 'stub' ? '-' : (version ?? (how === 'pinned' ? service.image.tag : '-')),
    sizeBytes ? `${Math.round(sizeBytes / 1e6)} MB` : '-',
  ]);
  const table = [['SERVICE', 'IMAGE', 'HOW', 'VERSION', 'SIZE'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const notes = outcomes.flatMap(({ service, note, reason }) => {
    const text = reason ?? note;
    return text ? [`${service.id}: ${text}`] : [];
  });
  return ['', ...lines, ...(notes.length > 0 ? ['', ...notes] : [])];
}
