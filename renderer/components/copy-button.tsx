import { useEffect, useState } from 'react';
import { run } from '../bridge.ts';
import { announce } from '../stores/announcements.ts';
import { texts } from '../texts.ts';
import { Button } from './button.tsx';

interface CopyButtonProps {
  // A function where the text is costly to make.
  readonly text: string | (() => string);
  readonly what: string;
  readonly label?: string;
}

const shownFor = 1500;

export function CopyButton({ text, what, label }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return;
    const timer = setTimeout(() => setCopied(false), shownFor);
    return () => clearTimeout(timer);
  }, [isCopied]);
  async function copy() {
    const result = await run('clipboard:write', { text: typeof text === 'string' ? text : text() });
    if (!result.ok) return;
    setCopied(true);
    announce(texts.announce.copied(what));
  }
  return (
    <Button
      kind="quiet"
      icon={isCopied ? 'check' : 'copy'}
      onPress={() => void copy()}
      isIconOnly={label === undefined}
      about={label === undefined ? what : undefined}
    >
      {label ?? texts.service.copy}
    </Button>
  );
}
