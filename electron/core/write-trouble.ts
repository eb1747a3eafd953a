// Why a file could not be written, in words, and what helps against that. Pure.

export interface WriteTrouble {
  readonly words: string;
  readonly nextStep: string;
}

const room: WriteTrouble = {
  words: 'no room is left on that disk',
  nextStep: 'Make room on that disk, then try again.',
};
const mayNot: WriteTrouble = {
  words: 'this user may not write there',
  nextStep: 'Repair owner and permissions of that file and its folder, then try again.',
};
const inTheWay: WriteTrouble = {
  words: 'a file stands where a folder belongs',
  nextStep: 'Move that file away, then try again.',
};

// By the system's own code.
const troubles: Readonly<Record<string, WriteTrouble>> = {
  ENOSPC: room,
  EDQUOT: room,
  EACCES: mayNot,
  EPERM: mayNot,
  EEXIST: inTheWay,
  ENOTDIR: inTheWay,
  EROFS: {
    words: 'that disk is mounted read-only',
    nextStep: 'Mount it so that it can be written to, then try again.',
  },
};

// detail: what the system said, with its code somewhere in it.
export function writeTrouble(detail: string): WriteTrouble {
  const code = /\bE[A-Z]{3,}\b/.exec(detail)?.[0] ?? '';
  return (
    troubles[code] ?? {
      words: detail,
      nextStep: 'Make room on the disk or repair the permissions of that file, then try again.',
    }
  );
}
