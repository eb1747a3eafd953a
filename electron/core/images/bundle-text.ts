// What is wrong with a bundle of images, and what to do about it. Pure.
import type { FailureText } from '../failure.ts';

export type BundleProblem =
  | 'unreadable'
  | 'unwritable'
  | 'no-room'
  | 'nothing-here'
  | 'not-a-bundle'
  | 'newer-format'
  | 'damaged'
  // It says of an image what its own content contradicts.
  | 'forged'
  // The engine has something else than what was loaded into it.
  | 'not-as-loaded';

export interface BundleFailure {
  readonly path: string;
  readonly problem: BundleProblem;
  readonly detail: string;
}

const nothingLoaded = 'Nothing of it was loaded.';

export function bundleText({ path, problem, detail }: BundleFailure): FailureText {
  switch (problem) {
    case 'unreadable':
      return { title: 'The bundle cannot be read', detail: `${path}: ${detail}.`, nextStep: 'Choose another file.' };
    case 'unwritable':
      return {
        title: 'The bundle cannot be written',
        detail: `${path}: ${detail}. Nothing was left behind.`,
        nextStep: 'Choose another place.',
      };
    case 'no-room':
      return {
        title: 'There is no room for the bundle',
        detail: `${path}: ${detail}. Nothing was left behind.`,
        nextStep: 'Free some space there, or choose another place.',
      };
    case 'nothing-here':
      return {
        title: 'There is nothing to export',
        detail: 'None of the images of the stack is here.',
        nextStep: 'Download them first (macula pull).',
      };
    case 'not-a-bundle':
      return {
        title: 'This is no bundle of images',
        detail: `${path}: ${detail}. ${nothingLoaded}`,
        nextStep: 'Choose a file that "macula bundle export" or the Images page made.',
      };
    case 'newer-format':
      return {
        title: 'This bundle was made by a newer Macula',
        detail: `${path} is in a form that this version does not know. ${nothingLoaded}`,
        nextStep: 'Update Macula, or export it anew with this version.',
      };
    case 'damaged':
      return {
        title: 'The bundle is damaged',
        detail: `${path}: ${detail}. ${nothingLoaded}`,
        nextStep: 'Copy it again from where it was made, or export it anew.',
      };
    case 'forged':
      return {
        title: 'The bundle is not what it says',
        detail: `${path}: ${detail}. ${nothingLoaded}`,
        nextStep: 'Do not use it. Ask whoever gave it to you, or export one yourself.',
      };
    case 'not-as-loaded':
      return {
        title: 'The engine has loaded something else',
        detail: `${path}: ${detail}. It was taken away again.`,
        nextStep: "Try again. If it stays, the engine's own log says more.",
      };
  }
}

// Why an image stays out of a bundle, or out of the engine.
export const leftOutWords = {
  missing: 'Its image is not here: download it first (macula pull).',
  foreign: 'Something else has the name of its image here; that is not the stack’s.',
  otherPin: 'It is of another version of Macula, which pins another image.',
  unknownService: 'This version of Macula has no such service.',
  presentAlready: 'Its image is here already.',
  notTrusted: 'Only the bundle itself vouches for it, and that was not enough for you.',
  otherPlatform: (theirs: string, ours: string) => `It is made for ${theirs}; this engine runs ${ours}.`,
} as const;
