// What /etc/nsswitch.conf says of the order in which a name is looked for, as far as it matters to names like
// grafana.macula.local. The words are those behind 'hosts:'; an action in brackets is one word. Pure.

const mdns = /^mdns[46]?$/;
const minimalMdns = /^mdns[46]?_minimal$/;

// Avahi's look-up in its usual form. It passes on names of three parts and more.
export function mdnsWords(words: readonly string[]): string | undefined {
  const found = words.find((word) => minimalMdns.test(word));
  return found === undefined ? undefined : `${found} (Avahi) keeps .local names of two parts only, and ours have three`;
}

// The source that may take every .local name for itself before a DNS server is asked.
export function swallowsLocal(words: readonly string[]): string | undefined {
  const servers = words.findIndex((word) => word === 'dns' || word === 'resolve');
  return (servers === -1 ? words : words.slice(0, servers)).find((word) => mdns.test(word));
}

// Why lines in /etc/hosts would not be found. Without any words (macOS, musl) the file is always read.
export function problemOfFiles(words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const files = words.indexOf('files');
  if (files === -1) return '/etc/nsswitch.conf does not have /etc/hosts looked at (no "files" behind "hosts:").';
  const before = words.slice(0, files);
  const swallower = before.find((word) => mdns.test(word)) ?? before.find((word, at) => isFinal(word, before[at + 1]));
  return swallower === undefined
    ? undefined
    : `/etc/nsswitch.conf asks ${swallower} before /etc/hosts, which may then not be looked at any more.`;
}

// systemd-resolved reads /etc/hosts itself, and so may come first.
function isFinal(word: string, action = ''): boolean {
  return word === 'dns' && /NOTFOUND=return|!UNAVAIL=return|!SUCCESS=return/i.test(action);
}
