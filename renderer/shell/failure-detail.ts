// A failure's detail ends by quoting the last lines, for front ends that have only prose. The window shows the lines
// as they are, so the sentence that quotes them goes.
export function detailWithoutLines(detail: string, lastLines: readonly string[]): string {
  if (lastLines.length === 0) return detail;
  const at = detail.indexOf(lastLines.join(' / '));
  return at === -1
    ? detail
    : detail
        .slice(0, at)
        .replace(/[^.]*$/, '')
        .trim();
}
