// Every word that the Images page says by itself, and what the first steps say of images.
import type { BundleImage, ImageState, TransferProgress } from '../electron/core/images/images-view.ts';
import { bytesWords } from './words/bytes.ts';
import { listWords } from './words/lists.ts';
import { countWords } from './words/numbers.ts';

type Kind = TransferProgress['kind'];

const state: Readonly<Record<ImageState, { readonly word: string; readonly meaning: string }>> = {
  present: { word: 'Present', meaning: '' },
  // Which one it is says what it means.
  substitute: { word: 'Substitute', meaning: '' },
  missing: { word: 'Missing', meaning: 'The next start downloads it.' },
  outdated: {
    word: 'Outdated',
    meaning: 'The pinned image is here, but the container still runs from an older one. Start applies it.',
  },
  foreign: {
    word: 'Foreign',
    meaning: 'Something else has this name here. It is never run: the next start downloads the pinned image.',
  },
};

const bundleCheck: Readonly<Record<Kind, Readonly<Record<BundleImage['verified'], string>>>> = {
  import: {
    'pinned-digest': 'Verified: its pinned digest leads to it',
    'bundle-record': 'Verified by the bundle’s own record alone: whoever made the bundle vouches for it',
  },
  export: {
    'pinned-digest': 'Whoever imports it can verify it by its pinned digest',
    'bundle-record': 'Whoever imports it has this bundle’s own record alone',
  },
};

// 'At most 412 MB to download.' Layers that images share come once.
function downloadWords(bytes: number, unknown: number, all: number): string {
  if (unknown === all) return 'How much it is to download is not known.';
  const known = `At most ${bytesWords(bytes)} to download`;
  return unknown === 0 ? `${known}.` : `${known}, and ${countWords(unknown, 'image')} of unknown size.`;
}

export const imagesTexts = {
  intro: 'What the services run from. Each is pinned by its digest: nothing else is ever started under its name.',
  loading: 'Looking at the images',
  unread: 'The images could not be looked at',
  again: 'Try again',
  summary: (here: number, all: number, bytes: number) =>
    `${here === all ? `All ${all}` : `${here} of ${all}`} images are here, ${bytesWords(bytes)} on the disk at most.`,
  away: {
    title: 'No container engine answers',
    nothing: 'Images are kept by the engine. What is here is seen once it answers again.',
    last: 'Below is what was seen last. Nothing can be changed until it answers again.',
    open: 'Go to the engine',
  },
  reason: {
    away: 'No container engine answers.',
    busy: 'Something else is under way.',
    transfer: 'A bundle is under way.',
    nothing: 'No image is here yet.',
  },
  table: {
    title: 'Images of the services',
    service: 'Service',
    image: 'Image',
    state: 'State',
    size: 'Size',
    noSize: 'none',
    off: 'switched off',
    digest: (title: string) => `the digest of ${title}’s image`,
    imported: 'Imported from a bundle.',
    importedBy: {
      'pinned-digest': 'Imported from a bundle; its pinned digest leads to it.',
      'bundle-record': 'Imported from a bundle, on that bundle’s own word alone.',
    },
    pulling: 'Downloading',
  },
  state,
  download: {
    title: 'Download',
    asking: 'Asking the registries how much it is',
    missing: (titles: readonly string[]) =>
      `${countWords(titles.length, 'image')} ${titles.length === 1 ? 'is' : 'are'} not here: ${listWords(titles)}.`,
    total: downloadWords,
    shared: 'Parts that images share are counted for each and come only once.',
    sizeUnknown: 'size not known',
    askAgain: 'Ask again',
    start: 'Download what is missing',
    stopped: 'The download was stopped. What came stays, and it goes on from there.',
    goOn: 'Go on downloading',
    underWay: 'Downloading images',
    all: 'All together',
    bytes: (done: number, total: number) =>
      total > 0 ? `${bytesWords(done)} of ${bytesWords(total)}` : bytesWords(done),
    waiting: 'waits',
    here: 'here',
    count: (done: number, all: number) => `${done} of ${countWords(all, 'image')}`,
    leave: 'It goes on when you leave this page or close the window.',
    cancel: 'Cancel',
    cancelAbout: 'the download',
    complete: 'Every image is here.',
  },
  bundle: {
    title: 'Bundle',
    what: 'All images of the stack in one file, for machines that reach no registry.',
    export: 'Export…',
    exportAbout: 'a bundle of all images',
    exportHint: 'Writes what is here.',
    import: 'Import…',
    importAbout: 'images from a bundle',
    importHint: 'Every image is verified before it counts as present.',
    underWay: { export: 'Writing the bundle', import: 'Reading the bundle' } satisfies Record<Kind, string>,
    asking: 'Waiting for a file to be chosen',
    bytes: (done: number, total: number) =>
      total > 0 ? `${bytesWords(done)} of ${bytesWords(total)}` : bytesWords(done),
    cancel: 'Cancel',
    cancelAbout: { export: 'the export', import: 'the import' } satisfies Record<Kind, string>,
    cancelled: {
      export: 'The export was cancelled. Nothing of the file is left.',
      import: 'The import was cancelled. Images that had been read whole stay.',
    } satisfies Record<Kind, string>,
    done: {
      export: (count: number, bytes: number) => `${countWords(count, 'image')} exported, ${bytesWords(bytes)}`,
      import: (count: number, bytes: number) => `${countWords(count, 'image')} imported, ${bytesWords(bytes)}`,
    } satisfies Record<Kind, (count: number, bytes: number) => string>,
    path: { export: 'Written to', import: 'Read from' } satisfies Record<Kind, string>,
    copyPath: 'the path of the bundle',
    check: bundleCheck,
    leftOut: 'Left out',
    dismiss: 'Dismiss',
    dismissAbout: 'this report',
  },
  unused: {
    title: 'Unused',
    what: 'Images of the stack’s repositories that neither a service nor a container needs. All of them can be had again.',
    none: 'Nothing is left over.',
    made: (ago: string) => `made ${ago}`,
    all: 'Choose all',
    chosen: (count: number, bytes: number) =>
      count === 0 ? 'None is chosen.' : `${countWords(count, 'image')} chosen, ${bytesWords(bytes)} at most.`,
    remove: 'Remove…',
    removeAbout: 'the chosen images',
    removed: (count: number) => `${countWords(count, 'image')} removed.`,
    kept: (names: readonly string[]) => `Used meanwhile, and kept: ${listWords(names)}.`,
    dialog: {
      title: (count: number) => `Remove ${countWords(count, 'image')}`,
      body: (bytes: number) =>
        `Up to ${bytesWords(bytes)} of the disk get free. Whoever needs one again has to download it again.`,
      keep: 'Keep',
      confirm: 'Remove',
    },
  },
} as const;
