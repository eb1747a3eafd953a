import { useId, useMemo, useState } from 'react';
import type { FilePreview } from '../../electron/core/host/host-view.ts';
import { Button } from '../components/button.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { texts } from '../texts.ts';
import { bytesWords } from '../words/bytes.ts';
import { diffCounts, type DiffLine, diffLines, type DiffPiece, diffPieces } from './diff-lines.ts';
import { exactText } from './exact-text.ts';

const words = texts.host.diff;
// Lines drawn at first, and with each press for more: a window that freezes shows nothing at all.
const firstShown = 400;
const moreShown = 2000;

const signs = { added: '+', removed: '\u2212', same: ' ' } as const;

export function FileDiff({ file }: { readonly file: FilePreview }) {
  const id = useId();
  const lines = useMemo(() => diffLines(file.diff), [file.diff]);
  const pieces = useMemo(() => diffPieces(lines), [lines]);
  const { added, removed } = useMemo(() => diffCounts(lines), [lines]);
  const [most, setMost] = useState(firstShown);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  const { shown, left } = withinLimit(pieces, opened, most);
  return (
    <section className="file" aria-labelledby={id}>
      <header className="file-head">
        <h4 id={id} className="code">
          {file.path}
        </h4>
        <span className="badge" data-action={file.action}>
          {texts.host.sheet.file[file.action]}
        </span>
        {lines.length > 0 && (
          <span className="file-counts">
            <span className="aside">{words.counts(added, removed)}</span>
            <CopyButton text={file.diff} what={words.copyWhat(file.path)} />
          </span>
        )}
      </header>
      {file.note !== undefined && <p className="file-note">{exactText(file.note).text}</p>}
      {lines.length > 0 && (
        <div className="diff">
          {shown.map(({ index, lines: part, isFolded }) =>
            isFolded ? (
              <Button key={index} kind="quiet" about={file.path} onPress={() => setOpened(new Set([...opened, index]))}>
                {words.fold(pieces[index]?.lines.length ?? 0)}
              </Button>
            ) : (
              <ol key={index} className="diff-lines">
                {part.map((line, number) => (
                  <Line key={number} line={line} />
                ))}
              </ol>
            ),
          )}
          {left > 0 && (
            <Button kind="quiet" about={file.path} onPress={() => setMost(most + moreShown)}>
              {words.more(Math.min(left, moreShown), left)}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

function Line({ line }: { readonly line: DiffLine }) {
  const { kind, number } = line;
  if (kind === 'note') return <li className="diff-line diff-note">{words.noNewline}</li>;
  if (kind === 'place') return <li className="diff-line diff-note">{words.place(number ?? 1)}</li>;
  const { text, isCut } = exactText(line.text);
  return (
    <li className="diff-line" data-kind={kind}>
      <span className="diff-number" aria-hidden="true">
        {number}
      </span>
      <span className="diff-sign" aria-hidden="true">
        {signs[kind]}
      </span>
      {kind !== 'same' && <span className="visually-hidden">{words[kind]} </span>}
      <span className="diff-text">
        {text}
        {isCut && <em>{words.cut(bytesWords(line.text.length))}</em>}
      </span>
    </li>
  );
}

interface ShownPiece extends DiffPiece {
  readonly index: number;
}

function withinLimit(pieces: readonly DiffPiece[], opened: ReadonlySet<number>, most: number) {
  const shown: ShownPiece[] = [];
  let room = most;
  let left = 0;
  pieces.forEach((piece, index) => {
    const isFolded = piece.isFolded && !opened.has(index);
    if (isFolded && room > 0) shown.push({ index, isFolded, lines: [] });
    else if (!isFolded) {
      const lines = room >= piece.lines.length ? piece.lines : piece.lines.slice(0, Math.max(0, room));
      if (lines.length > 0) shown.push({ index, isFolded, lines });
      room -= piece.lines.length;
      left += piece.lines.length - lines.length;
    } else left += piece.lines.length;
  });
  return { shown, left };
}
