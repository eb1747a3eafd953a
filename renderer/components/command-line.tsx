import { CopyButton } from './copy-button.tsx';

interface CommandLineProps {
  readonly line: string;
  // Read with the copy button.
  readonly what: string;
}

// A line to run in a terminal: to be read in full, selected and copied.
export function CommandLine({ line, what }: CommandLineProps) {
  return (
    <p className="command-line">
      <code>{line}</code>
      <CopyButton text={line} what={what} />
    </p>
  );
}
