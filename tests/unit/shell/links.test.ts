import { describe, expect, it } from 'vitest';
import { resolveLink, stackAddress } from '../../../electron/shell/links.ts';
import { createRandom, pick } from './random.ts';
import { readySnapshot } from './snapshot-fixture.ts';

const snapshot = readySnapshot();

describe('resolveLink', () => {
  it('knows every link that the snapshot shows', () => {
    const urls = snapshot.services.flatMap((service) => service.urls);
    expect(urls.length).toBeGreaterThan(8);
    for (const { id, url } of urls) expect(resolveLink(id, snapshot), id).toBe(new URL(url).href);
  });

  it('knows the help pages', () => {
    expect(resolveLink('help:install-docker', snapshot)).toMatch(/^https:\/\/docs\.docker\.com\//);
  });

  it.each(['', 'constructor', '__proto__', 'toString', 'http://127.0.0.4:3000/', 'grafana', 'grafana:0'])(
    'refuses %j',
    (id) => {
      expect(resolveLink(id, snapshot)).toBeUndefined();
    },
  );

  it('does not trust an address only because it is in the snapshot', () => {
    const [first, ...rest] = snapshot.services;
    if (first === undefined) throw new Error('no service');
    const hostile = { ...first, urls: [{ id: 'bad', label: 'bad', url: 'https://example.com:8080/' }] };
    expect(resolveLink('bad', { ...snapshot, services: [hostile, ...rest] })).toBeUndefined();
  });
});

describe('stackAddress', () => {
  it.each([
    'http://grafana.macula.localhost:8080/',
    'http://127.0.0.4:3000/',
    'http://127.0.0.3/',
    'http://draw.macula.local/',
    'http://localhost:8080/x?y#z',
  ])('allows %s', (url) => expect(stackAddress(url, snapshot)).toBe(url));

  it.each([
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'ftp://127.0.0.4:3000/',
    'http://user@127.0.0.4:3000/',
    'http://user:secret@grafana.macula.localhost:8080/',
    'http://127.0.0.4:22/',
    'https://grafana.macula.localhost/',
    'http://grafana.macula.localhost.example.com:8080/',
    'http://notlocalhost:8080/',
    'http://xn--mcula-vqa.local:8080/',
    'http://128.0.0.1:8080/',
    'http://127.0.0.1.example.com:8080/',
    'http://[::1]:8080/',
    'http://0.0.0.0:8080/',
    'http://grafana。example。com:8080/',
    '//127.0.0.4:3000/',
    'http:127.0.0.4@example.com:8080/',
    ' ',
  ])('refuses %s', (url) => expect(stackAddress(url, snapshot)).toBeUndefined());

  it('gives nothing but web addresses on loopback or below our names, whatever it is made from', () => {
    const random = createRandom(20_261_123);
    const schemes = [
      'http:',
      'https:',
      'HTTP:',
      'javascript:',
      'file:',
      'data:',
      'app:',
      'ftp:',
      'vbscript:',
      'smb:',
      '',
      '\thttp:',
    ];
    const slashes = ['//', '/', '', '\\\\', '///', '//\u2044'];
    const users = ['', '', '', 'a@', 'a:b@', '127.0.0.1:8080@', '@', '%40'];
    const hosts = [
      '127.0.0.1',
      '127.1',
      '0x7f.1',
      '2130706433',
      '127.0.0.256',
      'localhost',
      'LOCALHOST',
      'localhost.',
      'a.localhost',
      'evil.com',
      'localhost.evil.com',
      'macula.local',
      'macula.local.evil.com',
      'xmacula.local',
      'ⓛocalhost',
      'grafana.macula.localhost',
      '[::1]',
      '[::ffff:127.0.0.1]',
      '10.0.0.1',
      '',
      'a b',
      '%3127.0.0.1',
      'loc\u00adalhost',
      'еvil.localhost',
    ];
    const ports = ['', ':80', ':8080', ':3000', ':22', ':99999', ':', ':8080 ', ':08080'];
    const paths = [
      '',
      '/',
      '/../..',
      '/%2e%2e/',
      '?x=javascript:1',
      '#@evil.com',
      '\\evil.com',
      '/\u0000',
      '/\r\nHost: evil',
    ];
    let allowed = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const text = [schemes, slashes, users, hosts, ports, paths].map((parts) => pick(random, parts)).join('');
      const result = stackAddress(text, snapshot);
      if (result === undefined) continue;
      allowed += 1;
      const { protocol, hostname, username, password, port } = new URL(result);
      expect(protocol, text).toMatch(/^https?:$/);
      expect(hostname, text).toMatch(/^(127(\.\d{1,3}){3}|([a-z0-9.-]+\.)?(localhost|macula\.local))$/);
      expect(username + password, text).toBe('');
      expect(['', '80', '8080', '3000'], text).toContain(port);
      expect(result, text).not.toMatch(/[\s\u0000]/);
    }
    expect(allowed).toBeGreaterThan(200);
  });
});

describe('addresses for other machines', () => {
  const opened = (url: string): string | undefined => {
    const link = { id: 'grafana:lan:3000', label: url, url };
    const host = { names: 'off', lan: 'on', lanSummary: '', lanLinks: [link] } as const;
    return resolveLink('grafana:lan:3000', { ...snapshot, host });
  };

  it.each(['http://192.168.1.17:3000/', 'http://10.1.2.3:3000/'])('opens %s', (url) => {
    expect(opened(url)).toBe(url);
  });

  it.each([
    'http://192.168.1.17:22/',
    'http://8.8.8.8:3000/',
    'https://192.168.1.17:3000/',
    'http://a:b@192.168.1.17:3000/',
    'http://192.168.1.17.example.com:3000/',
    'http://10.example.com:3000/',
    'javascript:alert(1)',
    'file:///etc/passwd',
  ])('refuses %s', (url) => {
    expect(opened(url)).toBeUndefined();
  });
});
