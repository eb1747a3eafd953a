// The system's own lists of package sources, read only to learn where this machine gets its distribution from.

export interface Source {
  readonly uri: string;
  readonly suites: readonly string[];
  readonly components: readonly string[];
  // A keyring file, or an armoured key as it stands in the list.
  readonly signedBy?: string;
}

// One line a source: deb [options] uri suite component...
export function parseOneLine(text: string): Source[] {
  const sources: Source[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.replace(/#.*/, '').trim();
    const match = line.match(/^deb\s+(?:\[([^\]]*)\]\s+)?(\S+)\s+(\S+)\s*(.*)$/);
    if (!match) continue;
    const [, options = '', uri = '', suite = '', components = ''] = match;
    const signedBy = options.match(/(?:^|\s)signed-by=(\S+)/)?.[1];
    sources.push({ uri, suites: [suite], components: words(components), ...(signedBy ? { signedBy } : {}) });
  }
  return sources;
}

// Paragraphs of fields, as in .sources files.
export function parseDeb822(text: string): Source[] {
  const sources: Source[] = [];
  for (const paragraph of text.split(/\n\s*\n/)) {
    const fields = fieldsOf(paragraph);
    if (!words(fields.get('types')).includes('deb') || /^(no|false|0)$/i.test(fields.get('enabled') ?? '')) continue;
    const signedBy = fields.get('signed-by');
    for (const uri of words(fields.get('uris'))) {
      const suites = words(fields.get('suites'));
      sources.push({ uri, suites, components: words(fields.get('components')), ...(signedBy ? { signedBy } : {}) });
    }
  }
  return sources;
}

function fieldsOf(paragraph: string): Map<string, string> {
  const fields = new Map<string, string>();
  let last: string | undefined;
  for (const line of paragraph.split('\n')) {
    if (line.startsWith('#')) continue;
    const field = line.match(/^([A-Za-z][A-Za-z0-9-]*):\s*(.*)$/);
    if (field?.[1]) {
      last = field[1].toLowerCase();
      fields.set(last, field[2] ?? '');
    } else if (last !== undefined && /^\s/.test(line)) {
      fields.set(last, `${fields.get(last)}\n${line.slice(1)}`.trim());
    }
  }
  return fields;
}

function words(text = ''): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}

// 'main' of the distribution itself at each suite worth trying, best first. Other people's repositories are passed over:
// what tells them is that they have no suite of the name that the system goes by.
export function archiveSources(sources: readonly Source[], system: { id: string; codename: string }): Source[] {
  const own = sources.find(
    ({ suites, components }) => suites.some((suite) => belongs(suite, system.codename)) && components.includes('main'),
  );
  if (!own) return [];
  const base: Omit<Source, 'suites'> = {
    uri: own.uri,
    components: system.id === 'ubuntu' ? ['main', 'universe'] : ['main'],
    ...(own.signedBy ? { signedBy: own.signedBy } : {}),
  };
  const newest = system.id === 'debian' ? [{ ...base, suites: ['sid'] }] : [];
  return [...newest, { ...base, suites: own.suites.filter((suite) => suite !== 'sid') }].filter(
    ({ suites }) => suites.length > 0,
  );
}

const rolling = ['sid', 'unstable', 'testing', 'stable'];

function belongs(suite: string, codename: string): boolean {
  return suite === codename || rolling.includes(suite);
}

export function formatDeb822(source: Source): string {
  const signedBy = source.signedBy?.split('\n').join('\n ');
  return [
    'Types: deb',
    `URIs: ${source.uri}`,
    `Suites: ${source.suites.join(' ')}`,
    `Components: ${source.components.join(' ')}`,
    ...(signedBy ? [`Signed-By: ${signedBy}`] : []),
    '',
  ].join('\n');
}
