import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { recipeHash } from '../../build/images/cache.ts';
import { isAtLeast, requiredVersion } from '../../build/images/go-toolchain.ts';
import { parseOptions } from '../../build/images/options.ts';
import type { ImageService } from '../../build/images/recipe.ts';
import { recipesFor } from '../../build/images/recipes.ts';
import { stubNginxConf } from '../../build/images/stub/nginx-conf.ts';
import { stubPage } from '../../build/images/stub/page.ts';
import { notThePinned, readableVersion, shortVersion } from '../../build/images/versions.ts';
import { catalog } from '../../electron/core/catalog/index.ts';

const sources = fileURLToPath(new URL('../../build/images', import.meta.url));

const hashes = async (service: ImageService, architecture = 'amd64') => {
  const { real, stub } = await recipesFor(service, sources, architecture);
  return [real?.hash, stub?.hash];
};

const grafana: ImageService = {
  id: 'grafana',
  title: 'Grafana',
  image: { repository: 'grafana/grafana', tag: '1.2.3', digest: 'sha256:0' },
  ports: [{ port: 3000 }],
  ready: { port: 3000, path: '/api/health', json: { key: 'database', value: 'ok' } },
};

describe('recipes', () => {
  it('there is one for every service of the catalog', async () => {
    const ways: Record<string, (string | undefined)[]> = {};
    for (const service of catalog) {
      const { real, stub } = await recipesFor(service, sources, 'amd64');
      ways[service.id] = [real?.how, stub?.how];
    }
    expect(ways).toEqual({
      ingress: ['packaged', undefined],
      prometheus: ['built', 'stub'],
      grafana: [undefined, 'stub'],
      loki: ['built', 'stub'],
      tempo: ['built', 'stub'],
      alloy: [undefined, 'stub'],
      excalidraw: ['built', 'stub'],
    });
  });

  it('the hash is the same each time, and another for another pin or machine', async () => {
    for (const service of catalog) {
      const before = await hashes(service);
      expect(await hashes(service)).toEqual(before);
      const repinned = await hashes({ ...service, image: { ...service.image, tag: 'other' } });
      const elsewhere = await hashes(service, 'arm64');
      before.forEach((hash, index) => {
        if (hash === undefined) return;
        expect(hash).toMatch(/^[0-9a-f]{16}$/);
        expect([repinned[index], elsewhere[index]]).not.toContain(hash);
      });
    }
  });

  it('the hash tells where one part ends and the next begins', () => {
    expect(recipeHash(['ab', 'c'])).not.toBe(recipeHash(['a', 'bc']));
  });
});

describe('versions', () => {
  it('are told in words', () => {
    expect(readableVersion('v0.315.0')).toBe('3.15.0');
    expect(readableVersion('v3.7.8')).toBe('3.7.8');
    expect(readableVersion('v1.5.1-0.20260423183749-e1676d825c43')).toBe('main of 2026-04-23 (e1676d825)');
    expect(shortVersion('v1.5.1-0.20260423183749-e1676d825c43')).toBe('main-e1676d825');
    expect(shortVersion('v3.7.8')).toBe('3.7.8');
  });

  it('that are not the pinned ones are pointed out', () => {
    expect(notThePinned('3.15.0', 'v3.15.0')).toBeUndefined();
    expect(notThePinned('1.30.5-2', '1.30.5-alpine')).toBeUndefined();
    expect(notThePinned('0.18.1', 'latest')).toBeUndefined();
    expect(notThePinned('1.30.6-2', '1.30.5-alpine')).toBe(
      '1.30.6-2 instead of the pinned 1.30.5-alpine: the nearest that could be had',
    );
  });

  it('are read from go.mod', () => {
    const mod = 'module x\n\nrequire a.example/b v1.2.3\n\nrequire (\n\ta.example/c v0.1.0 // indirect\n)\n';
    expect([requiredVersion(mod, 'a.example/b'), requiredVersion(mod, 'a.example/c')]).toEqual(['v1.2.3', 'v0.1.0']);
    expect(() => requiredVersion(mod, 'a.example/d')).toThrow('does not require');
  });

  it('of toolchains are compared by number', () => {
    expect(isAtLeast('1.26.8', '1.26.0')).toBe(true);
    expect(isAtLeast('1.26', '1.26.0')).toBe(true);
    expect(isAtLeast('1.9.1', '1.26.0')).toBe(false);
  });
});

describe('a stub', () => {
  it('answers as ready, in the form that is asked for', () => {
    const conf = stubNginxConf(grafana, '472');
    expect(conf).toContain('location = /api/health');
    expect(conf).toContain(`return 200 '{"database":"ok","version":"1.2.3","commit":"stub"}'`);
    expect(conf).not.toContain('user nginx');
  });

  it('listens wherever the real program does', () => {
    const conf = stubNginxConf({ ...grafana, ports: [{ port: 3000 }, { port: 4317 }] }, undefined);
    expect(conf.match(/listen \d+/g)).toEqual(['listen 3000', 'listen 4317']);
    expect(conf).toContain('user nginx');
  });

  it('says what it is and what makes it real', () => {
    const pulled = stubPage({ ...grafana, title: 'Gra<fana' }, false);
    expect(pulled).toContain('This is not Gra&#60;fana.');
    expect(pulled).toContain('docker pull grafana/grafana:1.2.3');
    expect(pulled).not.toContain('npm run images');
    expect(stubPage(grafana, true)).toContain('npm run images -- grafana');
  });
});

describe('options', () => {
  it('are ids and --stubs', () => {
    expect(parseOptions(['--stubs', 'loki', 'tempo'])).toEqual({ ids: ['loki', 'tempo'], stubs: true, help: false });
    expect(() => parseOptions(['--quick'])).toThrow('no option --quick');
  });
});
