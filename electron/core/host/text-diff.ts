// Placeholder until the real one lands.
export function textDiff(_before: string, after: string): string {
  return after;
}
