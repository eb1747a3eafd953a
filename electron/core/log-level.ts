// The level that a line of a log says it has, in the usual formats. It looks at every line of a flood: no line is copied,
// and only the beginning of a long one is read.
export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type LogLevel = (typeof logLevels)[number];

// Characters of a line that are looked at, and those where a word of its own may stand.
const headSize = 2000;
const wordsWithin = 100;

const bySyslogSeverity: readonly LogLevel[] = ['fatal', 'fatal', 'fatal', 'error', 'warn', 'info', 'info', 'debug'];
const byLetter: Readonly<Record<string, LogLevel>> = { D: 'debug', I: 'info', W: 'warn', E: 'error', F: 'fatal' };

const wordsOf: Readonly<Record<LogLevel, readonly string[]>> = {
  trace: ['trace', 'trc', 'trac', 'trce', 'finest', 'finer'],
  debug: ['debug', 'dbg', 'debu', 'dbug', 'verbose', 'fine'],
  info: ['info', 'inf', 'information', 'informational', 'notice', 'note', 'log'],
  warn: ['warn', 'wrn', 'warning'],
  error: ['error', 'err', 'erro', 'eror', 'severe', 'fail'],
  fatal: ['fatal', 'ftl', 'fata', 'critical', 'crit', 'panic', 'pnc', 'pani', 'alert', 'emerg', 'emergency'],
};
const byWord = new Map<string, LogLevel>(logLevels.flatMap((level) => wordsOf[level].map((word) => [word, level])));
const longestWord = 13;
// Words that are a level only where a format says so: "log:" and "fail:" at the beginning, or as the value of a key.
const onlyLabelled = new Set(['note', 'log', 'fail', 'fine', 'finer']);

export function levelOf(text: string): LogLevel | undefined {
  const head = text.length > headSize ? text.slice(0, headSize) : text;
  const first = head.charCodeAt(0);
  if (first === brace) return ofJson(head);
  if (first === less) {
    const priority = ofPriority(head);
    if (priority !== undefined) return priority;
  }
  if (isDigit(head.charCodeAt(1)) && klog.test(head)) return byLetter[head.charAt(0)];
  return ofPairs(head) ?? ofWords(head);
}

const brace = 123;
const less = 60;
const quote = 34;
const escape = 27;

const klog = /^[DIWEF]\d{4} \d\d:/;
const jsonLevel =
  /"(?:level|severity|levelname|lvl|log\.level|log_level|loglevel|severity_?text|@l)"\s*:\s*(?:"([A-Za-z]{1,13})"|(\d{1,2})\b)/i;
const mongoLevel = /"s"\s*:\s*"([DIWEF])\d?"/;

function ofJson(head: string): LogLevel | undefined {
  const found = jsonLevel.exec(head);
  if (found !== null) return found[2] === undefined ? ofWord(found[1] ?? '') : ofNumber(Number(found[2]));
  return head.startsWith('{"t":{"$date"') ? byLetter[mongoLevel.exec(head)?.[1] ?? ''] : undefined;
}

// Ten and more: pino and bunyan. Fewer: the severities of syslog.
function ofNumber(level: number): LogLevel | undefined {
  if (level < 10) return bySyslogSeverity[level];
  return logLevels[Math.min(Math.floor(level / 10), 6) - 1];
}

function ofWord(word: string): LogLevel | undefined {
  return byWord.get(word) ?? byWord.get(word.toLowerCase());
}

// <3> or <27>: a facility may be in it too.
function ofPriority(head: string): LogLevel | undefined {
  const found = /^<(\d{1,3})>/.exec(head);
  return found === null || Number(found[1]) > 191 ? undefined : bySyslogSeverity[Number(found[1]) % 8];
}

// level=warn, lvl="warn", severity=WARN
function ofPairs(head: string): LogLevel | undefined {
  for (let at = head.indexOf('='); at >= 0; at = head.indexOf('=', at + 1)) {
    const last = head.charCodeAt(at - 1);
    if (last !== 108 && last !== 121) continue;
    const key = ['level', 'lvl', 'severity'].find((name) => head.startsWith(name, at - name.length));
    if (key === undefined || isLetter(head.charCodeAt(at - key.length - 1))) continue;
    const start = head.charCodeAt(at + 1) === quote ? at + 2 : at + 1;
    const level = ofWord(head.slice(start, endOfLetters(head, start)));
    if (level !== undefined) return level;
  }
  return undefined;
}

// A word near the beginning: in capitals, in brackets, or the first one and a colon after it.
function ofWords(head: string): LogLevel | undefined {
  const end = Math.min(head.length, wordsWithin);
  let before = space;
  for (let at = 0; at < end; at += 1) {
    const code = head.charCodeAt(at);
    // Nearly all characters are passed by here.
    if (code > 127 || beginnings[code] === 0) {
      before = code;
      continue;
    }
    if (code === escape) {
      at = endOfColours(head, at) - 1;
      before = space;
      continue;
    }
    if (isCapital(code) || before === 91 || before === less || at === 0) {
      const wordEnd = endOfLetters(head, at);
      const level = mayComeBefore(before) ? ofPlaced(head, at, wordEnd, before) : undefined;
      if (level !== undefined) return level;
      at = wordEnd - 1;
    }
    before = code;
  }
  return undefined;
}

function ofPlaced(head: string, at: number, end: number, before: number): LogLevel | undefined {
  if (end - at < 3 || end - at > longestWord) return undefined;
  const after = head.charCodeAt(end);
  if (!mayComeAfter(after)) return undefined;
  const isLabel = after === 58;
  const isCapitals = isCapital(head.charCodeAt(at)) && isCapital(head.charCodeAt(end - 1));
  const isEnclosed = (before === 91 && (after === 93 || after === space)) || (before === less && after === 62);
  if (!isCapitals && !isEnclosed && !(at === 0 && isLabel)) return undefined;
  const word = head.slice(at, end);
  const level = ofWord(word);
  return level === undefined || (!isLabel && onlyLabelled.has(word.toLowerCase())) ? undefined : level;
}

// Character codes of what such words begin with.
const beginnings = new Uint8Array(128);
beginnings[escape] = 1;
for (const word of byWord.keys()) {
  beginnings[word.charCodeAt(0)] = 1;
  beginnings[word.charCodeAt(0) - 32] = 1;
}

const space = 32;

// Blank, tab, ( - : < [ ] |
function mayComeBefore(code: number): boolean {
  if (code === space || code === 9 || code === 91 || code === 93 || code === 124) return true;
  return code === 40 || code === 45 || code === 58 || code === less;
}

// The end, blank, tab, escape, ) , - / : > [ ] |
function mayComeAfter(code: number): boolean {
  if (Number.isNaN(code) || code === space || code === 58 || code === 93 || code === 91 || code === 9) return true;
  if (code === escape || code === 41 || code === 44 || code === 45 || code === 47) return true;
  return code === 62 || code === 124;
}

// After the sequence that begins here: escape, bracket, numbers, a letter.
function endOfColours(head: string, start: number): number {
  let at = start + 1;
  if (head.charCodeAt(at) !== 91) return at;
  at += 1;
  while (at < head.length && !isLetter(head.charCodeAt(at))) at += 1;
  return at + 1;
}

function endOfLetters(head: string, start: number): number {
  let at = start;
  while (isLetter(head.charCodeAt(at))) at += 1;
  return at;
}

function isLetter(code: number): boolean {
  const small = code | 32;
  return small >= 97 && small <= 122;
}

function isCapital(code: number): boolean {
  return code >= 65 && code <= 90;
}

function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}
