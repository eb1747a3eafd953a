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

// What went wrong, where it was asked for. Dismissing a prompt is no fault and does not look like one.
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
  const isCalm = failure.code === 'host-dismissed' || failure.code === 'host-by-hand';
  return (
    <Notice kind={isCalm ? 'info' : 'alarm'} {...(hasTitle ? {} : { title: text.title })}>
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
