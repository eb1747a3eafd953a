import type { Guide } from '../../electron/core/telemetry/guides.ts';
import { CopyButton } from '../components/copy-button.tsx';
import { texts } from '../texts.ts';

const words = texts.telemetry.send;

// One is open at a time: the name makes them a group.
export function GuideDetails({ guide }: { readonly guide: Guide }) {
  const { title, page, parts } = guide;
  return (
    <details className="guide" name="telemetry-guide">
      <summary>{title}</summary>
      <div className="guide-parts">
        {parts.map((part, index) =>
          'words' in part ? (
            <p key={part.words}>{part.words}</p>
          ) : (
            <div key={part.snippet.text} className="snippet">
              <pre>
                <code>{part.snippet.text}</code>
              </pre>
              <CopyButton text={part.snippet.text} what={words.copyWhat(title, snippetNumber(guide, index))} />
            </div>
          ),
        )}
        <p className="hint">
          {words.more} <span className="code">{page}</span>
        </p>
      </div>
    </details>
  );
}

// So that no two buttons of the page are called the same.
function snippetNumber({ parts }: Guide, index: number): number {
  return parts.slice(0, index + 1).filter((part) => 'snippet' in part).length;
}
