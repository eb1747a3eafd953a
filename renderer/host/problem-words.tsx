import type { FailureCode } from '../../electron/core/failure.ts';
import { CommandLine } from '../components/command-line.tsx';
import { CopyButton } from '../components/copy-button.tsx';
import { Notice } from '../components/notice.tsx';
import { texts } from '../texts.ts';
import type { HostProblem } from './sheet-store.ts';

interface ProblemWordsProps {
  readonly problem: HostProblem;
  // The title stands elsewhere.
  readonly hasTitle?: boolean;
}

// Dismissing a prompt is no fault and does not look like one; after a refusal nothing was changed.
const kinds: Readonly<Partial<Record<FailureCode, 'info' | 'degraded'>>> = {
  'host-dismissed': 'info',
  'host-by-hand': 'info',
  'host-refused': 'degraded',
};

// What went wrong, where it was asked for.
export function ProblemWords({ problem, hasTitle = false }: ProblemWordsProps) {
  if ('unexpected' in problem) {
    return (
      <Notice kind="alarm" {...(hasTitle ? {} : { title: texts.banner.unexpectedTitle })}>
        <p>{texts.banner.unexpectedDetail}</p>
        <p>
          {texts.banner.unexpectedNext} <code>{problem.unexpected}</code>
          <CopyButton text={problem.unexpected} what={texts.banner.copyReference} />
        </p>
      </Notice>
    );
  }
  const { failure, text } = problem;
  return (
    <Notice kind={kinds[failure.code] ?? 'alarm'} {...(hasTitle ? {} : { title: text.title })}>
      {failure.code === 'host-by-hand' ? (
        <>
          <p>{text.nextStep}</p>
          <CommandLine line={failure.commandLine} what={texts.host.copyLine} />
        </>
      ) : (
        <>
          <p>{text.detail}</p>
          <p>{text.nextStep}</p>
        </>
      )}
    </Notice>
  );
}

export function problemTitle(problem: HostProblem): string {
  return 'unexpected' in problem ? texts.banner.unexpectedTitle : problem.text.title;
}
