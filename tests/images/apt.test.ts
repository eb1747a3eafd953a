import { describe, expect, it } from 'vitest';
import { placeOf } from '../../build/images/apt/nginx-root.ts';
import { archiveSources, formatDeb822, parseDeb822, parseOneLine } from '../../build/images/apt/sources.ts';

describe('one-line lists', () => {
  it('reads options, suites and components, and passes over comments and source packages', () => {
    const text = `# deb http://old.example/debian bookworm main
deb [arch=amd64 signed-by=/usr/share/keyrings/key.gpg] http://mirror.example/debian bookworm main contrib # why
deb-src http://mirror.example/debian bookworm main
  deb http://security.example/debian-security bookworm-security main`;
    expect(parseOneLine(text)).toEqual([
      {
        uri: 'http://mirror.example/debian',
        suites: ['bookworm'],
        components: ['main', 'contrib'],
        signedBy: '/usr/share/keyrings/key.gpg',
      },
      { uri: 'http://security.example/debian-security', suites: ['bookworm-security'], components: ['main'] },
    ]);
  });
});

describe('deb822 lists', () => {
  it('reads several paragraphs and several addresses', () => {
    const text = `Types: deb deb-src
# a comment
URIs: http://one.example/debian http://two.example/debian
Suites: trixie trixie-updates
Components: main
Signed-By: /usr/share/keyrings/key.gpg

Types: deb-src
URIs: http://three.example/
Suites: trixie
Components: main

Enabled: no
Types: deb
URIs: http://four.example/
Suites: trixie
Components: main`;
    expect(parseDeb822(text).map(({ uri, suites }) => [uri, ...suites])).toEqual([
      ['http://one.example/debian', 'trixie', 'trixie-updates'],
      ['http://two.example/debian', 'trixie', 'trixie-updates'],
    ]);
  });

  it('keeps a key that stands in the list itself', () => {
    const text = `Types: deb
URIs: http://one.example/
Suites: noble
Components: main
Signed-By:
 -----BEGIN PGP PUBLIC KEY BLOCK-----
 .
 mQ==
 -----END PGP PUBLIC KEY BLOCK-----`;
    const [source] = parseDeb822(text);
    if (!source) throw new Error('There is no source.');
    expect(parseDeb822(formatDeb822(source))).toEqual([source]);
    expect(formatDeb822(source)).toContain('\n .\n mQ==\n');
  });
});

describe('the archive of this distribution', () => {
  const foreign = { uri: 'http://other.example/apt', suites: ['tool-bookworm'], components: ['main'] };
  const flat = { uri: 'http://node.example/', suites: ['nodistro'], components: ['main'] };
  const debian = { uri: 'http://m.example/debian', suites: ['bookworm', 'bookworm-updates'], components: ['main'] };

  it('is tried at sid first on Debian, then as it is', () => {
    const found = archiveSources([foreign, flat, debian], { id: 'debian', codename: 'bookworm' });
    expect(found.map(({ uri, suites }) => [uri, ...suites])).toEqual([
      ['http://m.example/debian', 'sid'],
      ['http://m.example/debian', 'bookworm', 'bookworm-updates'],
    ]);
  });

  it('is taken as it is on Ubuntu', () => {
    const ubuntu = { uri: 'http://m.example/ubuntu', suites: ['noble'], components: ['main', 'universe'] };
    const found = archiveSources([foreign, ubuntu], { id: 'ubuntu', codename: 'noble' });
    expect(found).toEqual([{ uri: 'http://m.example/ubuntu', suites: ['noble'], components: ['main', 'universe'] }]);
  });

  it('is not taken for granted', () => {
    expect(archiveSources([foreign, flat], { id: 'debian', codename: 'bookworm' })).toEqual([]);
  });
});

describe('what is kept of the packages', () => {
  it.each([
    ['usr/sbin/nginx', 'usr/sbin/nginx'],
    ['bin/busybox', 'usr/bin/busybox'],
    ['lib/x86_64-linux-gnu/libc.so.6', 'usr/lib/x86_64-linux-gnu/libc.so.6'],
    ['lib64/ld-linux-x86-64.so.2', 'usr/lib64/ld-linux-x86-64.so.2'],
    ['usr/lib/aarch64-linux-gnu/libpcre2-8.so.0.11.2', 'usr/lib/aarch64-linux-gnu/libpcre2-8.so.0.11.2'],
    ['usr/share/doc/nginx/copyright', 'usr/share/doc/nginx/copyright'],
    ['usr/lib/x86_64-linux-gnu/gconv/UTF-16.so', undefined],
    ['usr/lib/x86_64-linux-gnu/perl-base/auto/POSIX/POSIX.so', undefined],
    ['etc/nginx/sites-enabled/default', undefined],
    ['usr/share/man/man8/nginx.8.gz', undefined],
    ['usr/bin/openssl', undefined],
  ])('%s', (path, place) => {
    expect(placeOf(path)).toBe(place);
  });
});
