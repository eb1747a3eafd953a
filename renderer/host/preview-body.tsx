import type { Elevation } from '../../electron/core/host/host-facts.ts';
import type { HostPreview } from '../../electron/core/host/host-view.ts';
import { CommandLine } from '../components/command-line.tsx';
import { Notice } from '../components/notice.tsx';
import { texts } from '../texts.ts';
import { listWords } from '../words/lists.ts';
import { exactLines } from './exact-text.ts';
import { FileDiff } from './file-diff.tsx';

const words = texts.host.sheet;

interface PreviewBodyProps {
  readonly preview: HostPreview;
  readonly elevation: Elevation['kind'];
}

export function PreviewBody({ preview, elevation }: PreviewBodyProps) {
  const { files, commands, containers, undo, warnings, isEmpty, needsRoot, commandLine } = preview;
  return (
    <>
      {isEmpty && <p className="host-summary">{words.nothing}</p>}
      {warnings.length > 0 && (
        <Notice kind="degraded" title={words.warnings}>
          <ul className="plain-list">
            {warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Notice>
      )}
      {!isEmpty && needsRoot && commandLine !== '' && elevation === 'by-hand' && (
        <Notice kind="info" title={words.byHand}>
          <p>{words.byHandNote}</p>
          <CommandLine line={commandLine} what={texts.host.copyLine} />
        </Notice>
      )}
      {!isEmpty && needsRoot && elevation === 'none' && (
        <Notice kind="info">
          <p>{texts.host.machine.elevation.none}</p>
        </Notice>
      )}
      {files.length > 0 && (
        <div className="sheet-part">
          <h3>{words.files}</h3>
          {files.map((file) => (
            <FileDiff key={file.path} file={file} />
          ))}
        </div>
      )}
      {commands.length > 0 && (
        <div className="sheet-part">
          <h3>{words.commands}</h3>
          <ol className="sheet-commands">
            {commands.map((command, index) => (
              <li key={`${index} ${command}`}>{exactLines(command)}</li>
            ))}
          </ol>
        </div>
      )}
      {containers.length > 0 && (
        <div className="sheet-part">
          <h3>{words.containers}</h3>
          <p>{listWords(containers)}</p>
          <p className="hint">{words.containersNote}</p>
        </div>
      )}
      {undo.length > 0 && !isEmpty && (
        <div className="sheet-part">
          <h3>{words.undo}</h3>
          <ul className="plain-list">
            {undo.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
