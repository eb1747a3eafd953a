// Why it is not known what a download takes. Pure.
import type { ManifestAnswer, RegistryProblem } from './manifests.ts';
import type { DownloadSize } from './images-view.ts';

const words: Readonly<Record<RegistryProblem, string>> = {
  unreachable: 'Its registry cannot be reached from here.',
  'sign-in': 'Its registry wants a sign-in (docker login).',
  'not-found': 'Its registry does not have it any more: update Macula.',
  'rate-limited': 'Its registry has been asked too often from here: wait an hour, or sign in (docker login).',
  'not-as-pinned': 'Its registry answers with something else than the pinned image. It is not believed.',
  'no-platform': "It is not made for this engine's kind of processor.",
  'strange-answer': 'Its registry gave an answer that cannot be read.',
};

export function downloadSize(service: string, answer: ManifestAnswer): DownloadSize {
  if (answer.kind === 'found') return { service, bytes: answer.downloadBytes };
  const detail = answer.detail === '' ? '' : ` (${answer.detail})`;
  return { service, problem: `${words[answer.problem].replace(/\.$/, '')}${detail}.` };
}
