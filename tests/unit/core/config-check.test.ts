// Before what works is replaced, and before what the user wrote is used, the service's own program is asked.
import { describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../../electron/core/catalog/service.ts';
import { checkOf, oneLine, refusalWords as wordsOf } from '../../../electron/core/config-check.ts';
import type { DesiredStack, TemplateOverride } from '../../../electron/core/desired.ts';
import { labels } from '../../../electron/core/identity.ts';
import type { Observed } from '../../../electron/core/observed.ts';
import { planText } from '../../../electron/core/plan.ts';
import { planUp } from '../../../electron/core/reconcile-up.ts';
import { allRunning, imagesOf, nothingThere, smallCatalog, smallStack, withContainer } from './fixtures.ts';

const catalog: readonly ServiceDefinition[] = smallCatalog.map((service) =>
  service.id === 'shop' ? { ...service, check: { entrypoint: ['/shop'], command: ['--check'] } } : service,
);

function stackWith(overrides: Readonly<Record<string, TemplateOverride>> = {}): DesiredStack {
  return smallStack({ catalog, overrides });
}

const own = stackWith();
const overridden = stackWith({ 'shop.conf': { text: 'closed' } });
const running = allRunning(own);
const ready: Observed = {
  ...nothingThere,
  networks: running.networks,
  volumes: running.volumes,
  images: imagesOf(own),
};
const old = { labels: { ...running.containers[1]?.labels, [labels.configHash]: 'old' } };

function up(observed: Observed, desired: DesiredStack, kept: Readonly<Record<string, string>> = {}): string {
  const chosen = desired.services.filter((service) => service.definition.id === 'shop');
  const result = planUp(desired, observed, { chosen, wholeStack: false, kept });
  return result.ok ? planText(result.plan) : JSON.stringify(result.failures);
}

const storeRuns = (observed: Observed): Observed => ({
  ...observed,
  containers: running.containers.filter((container) => container.name === 'macula-store'),
});

const unchecked = `1. create-container shop: there is none
2. upload-files shop: 1 configuration file (after 1)
3. start-container shop: there is none (after 2)
4. await-ready shop: http://127.0.0.21:1021/ready (after 3)`;

const replaced = (cause: string): string => `1. check-config shop: ${cause}
2. stop-container shop: its configuration changed (after 1)
3. remove-container shop: its configuration changed (after 1, 2)
4. create-container shop: its configuration changed (after 1, 3)
5. upload-files shop: 1 configuration file (after 4)
6. start-container shop: its configuration changed (after 5)
7. await-ready shop: http://127.0.0.21:1021/ready (after 6)`;

const plans: readonly (readonly [string, string, string])[] = [
  [
    'our own configuration is not checked before a first start: it has been tested',
    up(storeRuns(ready), own),
    unchecked,
  ],
  [
    'the user’s own is, before anything is made of it',
    up(storeRuns(ready), overridden),
    `1. check-config shop: shop.conf is the user's own
2. create-container shop: there is none (after 1)
3. upload-files shop: 1 configuration file (after 2)
4. start-container shop: there is none (after 3)
5. await-ready shop: http://127.0.0.21:1021/ready (after 4)`,
  ],
  [
    'the image comes before the check',
    up({ ...storeRuns(ready), images: { store: imagesOf(own)['store']! } }, overridden)
      .split('\n')
      .slice(0, 3)
      .join('\n'),
    `1. pull-image shop: the image is not here
2. check-config shop: shop.conf is the user's own (after 1)
3. create-container shop: there is none (after 1, 2)`,
  ],
  [
    'what runs is asked to stop only after the check',
    up(withContainer(running, 'shop', old), own),
    replaced('its configuration changed'),
  ],
  [
    'an override takes the place of what runs after the check',
    up(running, overridden),
    replaced("shop.conf is the user's own"),
  ],
  ['an override that is in force is not checked again', up(allRunning(overridden), overridden), 'nothing to do'],
  [
    'an ignored override changes nothing',
    up(running, stackWith({ 'shop.conf': { text: 'closed', problem: 'No.' } })),
    'nothing to do',
  ],
  [
    'another image alone is no other configuration',
    up(withContainer(running, 'shop', { imageId: 'older' }), own).split('\n')[0] ?? '',
    '1. stop-container shop: its image changed',
  ],
  [
    'a stub cannot judge',
    up(
      {
        ...withContainer(running, 'shop', old),
        images: { ...running.images, shop: { id: 'image-shop', origin: 'stub', sizeBytes: 1 } },
      },
      own,
    ).split('\n')[0] ?? '',
    '1. stop-container shop: its configuration changed',
  ],
  ['what is kept goes on running', up(withContainer(running, 'shop', old), own, { shop: 'old' }), 'nothing to do'],
  [
    'what is kept and stopped is started as it is',
    up(withContainer(running, 'shop', { ...old, phase: 'exited', exitCode: 0 }), own, { shop: 'old' }),
    `1. start-container shop: it is stopped
2. await-ready shop: http://127.0.0.21:1021/ready (after 1)`,
  ],
  [
    'what is kept is that one container and no later one',
    up(withContainer(running, 'shop', old), own, { shop: 'older' }),
    replaced('its configuration changed'),
  ],
];

describe('planning a check', () => {
  it.each(plans)('%s', (_name, planned, expected) => {
    expect(planned).toBe(expected);
  });

  it('has nobody to ask for a service without a program for it', () => {
    const store = own.services.find((service) => service.definition.id === 'store')!;
    expect(checkOf(store, undefined)).toBeUndefined();
  });
});

const refusalWords = (output: string): string => wordsOf({ exitCode: 1, output });

describe('the words of a refusal', () => {
  it('are plain, keep their paths and lose empty lines', () => {
    const said = '\u001b[31mlevel=error\u001b[0m file=/etc/loki/loki.yml\r\n\n\tline 3: \u0007field x not found  \n';
    expect(refusalWords(said)).toBe('level=error file=/etc/loki/loki.yml\n  line 3: field x not found');
  });

  it('are the last ones where there are too many', () => {
    const words = refusalWords(Array.from({ length: 500 }, (_line, index) => `line ${index} of many`).join('\n'));
    expect(words.length).toBeLessThanOrEqual(2000);
    expect(words.endsWith('line 499 of many')).toBe(true);
    expect(words.startsWith('line ')).toBe(true);
  });

  it('are cut where one line is too long', () => {
    expect(refusalWords('x'.repeat(5000))).toBe(`${'x'.repeat(1997)}...`);
  });

  it('are said to be none where the program was silent', () => {
    expect(refusalWords(' \n')).toBe('It ended with 1 and said nothing.');
  });

  it('fit into one line', () => {
    expect(oneLine('FAILED:\n  line 3')).toBe('FAILED: / line 3');
  });
});
