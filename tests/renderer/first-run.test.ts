// The first steps: when they are shown, what each does, and that nobody is kept in them.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Snapshot } from '../../electron/core/snapshot.ts';
import { useBrowser } from './support/browser.ts';
import { attempts, shown } from './support/fixtures.ts';
import { firstRunScenarios, withoutEngine } from './support/first-run-scenarios.ts';
import { previewOf } from './support/host-fixtures.ts';
import { imagesView } from './support/images-fixtures.ts';
import { missingSnapshot } from './support/images-scenarios.ts';
import { scenarios } from './support/scenarios.ts';

const open = useBrowser();
const step = (page: Page, name: string) => page.getByRole('heading', { name, level: 1 });
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '');
const tell = (page: Page, snapshot: Snapshot) => page.evaluate((next) => window.mock.emit('snapshot', next), snapshot);

describe('the first steps', () => {
  test('take the place of the pages where the app is new, and only there', async () => {
    const fresh = await open(firstRunScenarios.missing);
    await step(fresh.page, 'Images').waitFor();
    expect(await fresh.page.getByRole('navigation', { name: 'Pages' }).count()).toBe(0);
    expect(await fresh.page.title()).toBe('First steps – Macula');
    const known = await open(scenarios.off);
    await known.page.getByRole('navigation', { name: 'Pages' }).waitFor();
    expect(await known.page.getByRole('navigation', { name: 'Steps' }).count()).toBe(0);
  });

  test('begin with the first one that is not done, and say which are', async () => {
    const { page } = await open(firstRunScenarios.names);
    await step(page, 'Names').waitFor();
    await page.getByText('Step 3 of 3').waitFor();
    const steps = page.getByRole('navigation', { name: 'Steps' }).getByRole('button');
    expect(await steps.allTextContents()).toEqual(['Container enginedone', 'Imagesdone', 'Namesnot done']);
    expect(await steps.nth(2).getAttribute('aria-current')).toBe('step');
  });

  test('are gone through by keyboard, forth and back, and the focus moves to each heading', async () => {
    const { page, commands } = await open(firstRunScenarios.missing);
    await step(page, 'Images').waitFor();
    const by = async (name: string) => {
      await page.getByRole('button', { name, exact: true }).focus();
      await page.keyboard.press('Enter');
    };
    await by('Later');
    await expect.poll(() => focused(page)).toBe('Names');
    await by('Later');
    await expect.poll(() => focused(page)).toBe('Start the stack');
    await by('Back');
    await expect.poll(() => focused(page)).toBe('Names');
    await by('Back');
    await expect.poll(() => focused(page)).toBe('Images');
    // Done already: looked at when it is asked for, passed on the way.
    await by('Container engine done');
    await expect.poll(() => focused(page)).toBe('Container engine');
    await by('Next');
    await expect.poll(() => focused(page)).toBe('Images');
    expect(await commands()).toEqual([]);
  });

  test('are skipped all at once, and that is remembered', async () => {
    const { page, commands } = await open(firstRunScenarios.noEngine);
    await press(page, 'Skip all');
    await page.getByRole('navigation', { name: 'Pages' }).waitFor();
    expect(await commands()).toEqual([{ name: 'settings:change', input: { firstRunDone: true } }]);
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
  });

  test('give way to a page that is asked for, and are gone on with from there', async () => {
    const { page, commands } = await open(firstRunScenarios.missing);
    await step(page, 'Images').waitFor();
    await page.evaluate(() => window.mock.emit('navigate', { page: 'logs' }));
    await page.getByRole('button', { name: 'Logs', exact: true }).first().waitFor();
    await page.getByText('The first steps are not finished.').waitFor();
    await press(page, 'Go on with them');
    await step(page, 'Images').waitFor();
    expect(await commands()).toEqual([]);
  });

  test('are reached again from the Settings page', async () => {
    const { page, commands } = await open(scenarios.ready, { page: 'settings' });
    await press(page, 'First steps…');
    await step(page, 'Names').waitFor();
    await press(page, 'Skip all');
    await page.getByRole('heading', { name: 'Everything is ready' }).waitFor();
    expect(await commands()).toEqual([]);
  });

  test('vanish untouched where the engine turns out to have a stack', async () => {
    const { page } = await open(firstRunScenarios.noEngine);
    await step(page, 'Container engine').waitFor();
    await tell(page, { ...scenarios.ready.snapshot, number: 2 });
    await page.getByRole('heading', { name: 'Everything is ready' }).waitFor();
    expect(await page.getByRole('navigation', { name: 'Steps' }).count()).toBe(0);
  });

  test('pass what is done at once while nobody has touched them, and wait for whoever has', async () => {
    const untouched = await open(firstRunScenarios.noEngine);
    await step(untouched.page, 'Container engine').waitFor();
    await tell(untouched.page, { ...missingSnapshot, number: 2, firstRun: true });
    await step(untouched.page, 'Images').waitFor();
    expect(await focused(untouched.page)).toBe('Images');
    const touched = await open(firstRunScenarios.noEngine);
    await touched.page.getByRole('radio', { name: 'Fedora' }).check();
    await tell(touched.page, { ...missingSnapshot, number: 2, firstRun: true });
    await touched.page.getByText('Docker Engine 28.5.1 answers.').waitFor();
    await press(touched.page, 'Next');
    await step(touched.page, 'Images').waitFor();
  });
});

describe('the engine', () => {
  test('that is not there comes with the lines for each system, to copy', async () => {
    const { page, commands } = await open(firstRunScenarios.noEngine);
    await page.getByText('sudo apt-get update && sudo apt-get install docker.io', { exact: true }).waitFor();
    for (const [system, line] of [
      ['Fedora', 'sudo dnf install moby-engine'],
      ['Arch Linux', 'sudo pacman -S --needed docker'],
      ['macOS', 'brew install colima docker'],
    ] as const) {
      await page.getByRole('radio', { name: system }).check();
      await page.getByText(line, { exact: true }).waitFor();
    }
    await press(page, 'Copy the line for a terminal: Installs Docker');
    await press(page, 'How Docker is installed elsewhere');
    await press(page, 'Look again');
    expect(await commands()).toEqual([
      { name: 'clipboard:write', input: { text: 'brew install colima docker' } },
      { name: 'link:open', input: { id: 'help:install-docker' } },
      { name: 'engine:retry', input: undefined },
    ]);
    await page.getByText('4 other places were tried').click();
    await page.getByRole('cell', { name: 'no answer within 3 seconds' }).waitFor();
  });

  test.each([
    ['engine-permission-denied', 'sudo usermod -aG docker "$USER"', 'dockerd-rootless-setuptool.sh install'],
    ['engine-not-running', 'sudo systemctl enable --now docker', 'systemctl --user enable --now podman.socket'],
  ] as const)('%s has its own repair', async (code, line, otherwise) => {
    const failure = { code, endpoint: 'unix:///var/run/docker.sock', tried: attempts };
    const { page } = await open({ ...firstRunScenarios.noEngine, snapshot: withoutEngine(failure) });
    await page.getByText(line, { exact: true }).waitFor();
    await page.getByText(otherwise, { exact: true }).waitFor();
    await page.getByText(shown(failure).text.title).first().waitFor();
    expect(await page.getByText('docker.io').count()).toBe(0);
  });

  test('is another one when somebody chooses it, and the steps go on', async () => {
    const { page, commands } = await open(firstRunScenarios.missing);
    await press(page, 'Container engine done');
    await press(page, 'Use this one at unix:///run/user/1000/podman/podman.sock');
    expect(await commands()).toEqual([
      {
        name: 'settings:change',
        input: { engineEndpoint: 'unix:///run/user/1000/podman/podman.sock', firstRunDone: false },
      },
    ]);
    await step(page, 'Container engine').waitFor();
  });
});

describe('the images', () => {
  test('are downloaded, and the next step does not wait for them', async () => {
    const { page, commands } = await open(firstRunScenarios.missing);
    await page.getByText('At most 263 MB to download, and 1 image of unknown size.').waitFor();
    await press(page, 'Download what is missing');
    await tell(page, { ...firstRunScenarios.pulling.snapshot, number: 2 });
    await page.getByRole('progressbar', { name: 'All together' }).waitFor();
    await page.getByText('The download goes on meanwhile.').waitFor();
    await press(page, 'Next');
    await step(page, 'Names').waitFor();
    await press(page, 'Back');
    await page.evaluate((view) => window.mock.setImages({ view }), imagesView());
    await tell(page, { ...firstRunScenarios.names.snapshot, number: 3 });
    await page.getByText('All 7 images are here').waitFor();
    expect(await commands()).toEqual([{ name: 'images:pull', input: {} }]);
  });

  test('come out of a bundle too', async () => {
    const { page, commands } = await open(firstRunScenarios.missing);
    await press(page, 'Import… images from a bundle');
    await page.getByText('7 images imported').first().waitFor();
    expect(await commands()).toEqual([{ name: 'images:import', input: undefined }]);
  });

  test('that only stand in for others are named', async () => {
    const { page } = await open(firstRunScenarios.stubs);
    await page.getByText('Grafana: only a stub is here.').waitFor();
    await page.getByText('Loki: something made on this machine stands in').waitFor();
    expect(await page.getByRole('button', { name: /^Download/ }).count()).toBe(0);
  });

  test('whose download failed are tried again without a start', async () => {
    const failure = shown({ code: 'registry-unreachable', image: 'grafana/loki:3.7.8', detail: 'no route to host' });
    const { missing } = firstRunScenarios;
    const { page, commands } = await open({
      ...missing,
      snapshot: { ...missing.snapshot, failures: [failure] },
    });
    await press(page, failure.text.action?.label ?? '');
    expect(await commands()).toEqual([{ name: 'images:pull', input: {} }]);
  });
});

describe('the names', () => {
  test('are previewed in the sheet of the Host page, and the step says when they are up', async () => {
    const { page, commands } = await open(firstRunScenarios.names);
    await page.getByText('http://grafana.macula.localhost:8080', { exact: true }).waitFor();
    await press(page, 'Preview… of the names');
    await page.getByRole('dialog', { name: previewOf().title }).waitFor();
    await page.keyboard.press('Escape');
    expect(await commands()).toEqual([{ name: 'host:preview', input: { kind: 'names', backend: 'dnsmasq' } }]);
    await page.evaluate((view) => window.mock.setHost({ view }), firstRunScenarios.namesUp.host.view);
    const { snapshot } = firstRunScenarios.start;
    await tell(page, { ...snapshot, number: 2 });
    await page.getByText('Every name leads where it should.').waitFor();
    await page.getByRole('button', { name: 'Names done' }).waitFor();
    await press(page, 'Next');
    await step(page, 'Start the stack').waitFor();
  });

  test('that need no set-up need no preview', async () => {
    const { page } = await open(firstRunScenarios.names);
    await page.locator('.card').filter({ hasText: 'No set-up' }).click();
    await page.getByText('Nothing has to be set up for that').waitFor();
    expect(await page.getByRole('button', { name: /^Preview/ }).getAttribute('aria-disabled')).toBe('true');
  });
});

describe('the start', () => {
  test('brings the stack up, and its pages are opened from there', async () => {
    const { page, commands } = await open(firstRunScenarios.start);
    await press(page, 'Start the stack');
    const working = { ...scenarios.working.snapshot, number: 2 };
    await tell(page, working);
    await page.getByText('2 of 7 services are ready').first().waitFor();
    await page.getByText('9 of 24 steps').waitFor();
    await tell(page, { ...scenarios.ready.snapshot, number: 3 });
    await step(page, 'The stack is up').waitFor();
    await page.getByRole('button', { name: 'grafana.macula.localhost' }).click();
    await press(page, 'Go to the services');
    await page.getByRole('heading', { name: 'Everything is ready' }).waitFor();
    expect(await commands()).toEqual([
      { name: 'stack:up', input: {} },
      { name: 'settings:change', input: { firstRunDone: true } },
      { name: 'link:open', input: { id: 'grafana:localhost' } },
    ]);
  });

  test('that fails is told with its reason, and tried again', async () => {
    const { page, commands } = await open(firstRunScenarios.start);
    await press(page, 'Start the stack');
    await tell(page, { ...scenarios.failed.snapshot, number: 2 });
    await page.getByRole('alert').filter({ hasText: 'Loki' }).first().waitFor();
    await press(page, 'Start the stack');
    expect((await commands()).filter(({ name }) => name === 'stack:up').length).toBe(2);
  });

  test('can be left out', async () => {
    const { page, commands } = await open(firstRunScenarios.start);
    await press(page, 'Finish without starting');
    await page.getByRole('heading', { name: 'The stack is off' }).waitFor();
    expect(await commands()).toEqual([{ name: 'settings:change', input: { firstRunDone: true } }]);
  });
});
