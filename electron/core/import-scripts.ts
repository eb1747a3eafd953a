// What is done inside of the short-lived container of an import: shell lines for busybox, and what they answer. The old
// volume is at /from and cannot be written; ours, or the one that keeps what somebody else's held, is at /to.

export const fromPath = '/from';
export const toPath = '/to';

// What an interrupted copy leaves in the volume: first this, of which nothing is in use ...
export const stagingFolder = '.macula-import';
// ... and from the moment that the copy is whole and proven, this. All else is then what it held before, or already part
// of the copy.
export const movingFolder = '.macula-import-moving';

export interface VolumeContent {
  // Top level, without what an import left there.
  readonly entries: readonly string[];
  // Without those too. Folders alone are no data: an image may come with some.
  readonly files: number;
  readonly bytes: number;
  readonly leftover?: 'staging' | 'moving';
}

export interface ImportLook {
  readonly from: VolumeContent;
  // undefined: there is no such volume yet.
  readonly to?: VolumeContent;
  // Of the disk that the old volume is on.
  readonly freeBytes?: number;
  // Of Tempo's blocks, in the old volume.
  readonly blockFormats: readonly string[];
}

const walkTop = 'for entry in "$folder"/* "$folder"/.[!.]* "$folder"/..?*; do';
const ifThere = '{ [ -e "$entry" ] || [ -L "$entry" ]; } || continue';

export const lookScript = `set -eu
look() {
  folder=$2
  ${walkTop}
    ${ifThere}
    echo "$1 entry \${entry##*/}"
  done
  echo "$1 files $(find "$folder" -path "$folder/${stagingFolder}*" -prune -o ! -type d -print | wc -l)"
  echo "$1 bytes $(($(du -sk "$folder" | cut -f 1) * 1024))"
}
look from ${fromPath}
if [ -d ${toPath} ]; then look to ${toPath}; fi
cat ${fromPath}/blocks/*/*/meta.json 2>/dev/null | grep -o '"format":"[^"]*"' | sort -u | sed 's/^/format /' || true
set -- $(df -Pk ${fromPath} | tail -n 1)
echo "free $4"
`;

// Throws when the answer is none of the script's.
export function parseLook(output: string): ImportLook {
  const lines = output.split('\n');
  const free = /^free (\d+)$/m.exec(output)?.[1];
  const to = lines.some((line) => line.startsWith('to files ')) ? contentOf('to', lines) : undefined;
  return {
    from: contentOf('from', lines),
    ...(to === undefined ? {} : { to }),
    ...(free === undefined ? {} : { freeBytes: Number(free) * 1024 }),
    blockFormats: lines.flatMap((line) => /^format "format":"([^"]*)"$/.exec(line)?.[1] ?? []),
  };
}

function contentOf(side: 'from' | 'to', lines: readonly string[]): VolumeContent {
  const start = `${side} entry `;
  const entries = lines.filter((line) => line.startsWith(start)).map((line) => line.slice(start.length));
  const count = (what: string): number => {
    const line = lines.find((one) => one.startsWith(`${side} ${what} `));
    if (line === undefined) throw new Error(`The look into a volume told no ${what}`);
    return Number(line.slice(`${side} ${what} `.length));
  };
  const leftover = entries.includes(movingFolder) ? 'moving' : entries.includes(stagingFolder) ? 'staging' : undefined;
  return {
    entries: entries.filter((entry) => entry !== stagingFolder && entry !== movingFolder && entry !== 'lost+found'),
    files: count('files'),
    bytes: count('bytes'),
    ...(leftover === undefined ? {} : { leftover }),
  };
}

// Names, kinds, modes, owners, sizes, times to the second, links and every byte, as one number.
const digest = `set -o pipefail
digest() {
  (
    cd "$1"
    find . -mindepth 1 -type d -exec stat -c 'd %n %f %u:%g' {} +
    find . -type f -exec stat -c 'f %n %f %u:%g %s %Y' {} +
    find . ! -type d ! -type f -exec stat -c 'o %N %f %u:%g' {} +
    find . -type f -exec busybox sha256sum {} +
  ) | sort | busybox sha256sum
}
`;

export const differsExit = 3;

// First word: 'keep-top' gives the top folder owner and mode of the old one; else it stays as it is. Nothing that was in
// the volume is touched before the copy is whole, proven and on the disk.
export const copyScript = `set -eu
${digest}
give_up() {
  rm -rf ${toPath}/${stagingFolder}
  exit "$1"
}
empty() {
  find ${toPath} -mindepth 1 -maxdepth 1 ! -name ${movingFolder} ! -name lost+found -exec rm -rf {} +
}
cd ${toPath}
rm -rf ${stagingFolder}
if [ -e ${movingFolder} ]; then
  empty
  rm -rf ${movingFolder}
fi
mkdir ${stagingFolder}
cp -a ${fromPath}/. ${stagingFolder}/ || give_up 1
copied=$(digest ${toPath}/${stagingFolder}) || give_up 1
wanted=$(digest ${fromPath}) || give_up 1
[ "$copied" = "$wanted" ] || give_up ${differsExit}
busybox sync
mv ${stagingFolder} ${movingFolder}
empty
folder=${movingFolder}
${walkTop}
  ${ifThere}
  mv "$entry" ./
done
rm -rf ${movingFolder}
if [ "$1" = keep-top ]; then
  chown "$(stat -c %u:%g ${fromPath})" .
  chmod "$(stat -c %a ${fromPath})" .
fi
busybox sync
`;

export const discardScript = `rm -rf ${toPath}/${stagingFolder}\n`;

// Ends with differsExit when the two do not hold the same.
export const compareScript = `set -eu
${digest}
[ "$(digest ${fromPath})" = "$(digest ${toPath})" ] || exit ${differsExit}
`;

export function isNoSpace(output: string): boolean {
  return /no space left on device|disk quota exceeded/i.test(output);
}
