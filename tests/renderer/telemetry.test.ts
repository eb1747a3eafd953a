// What the Telemetry page tells: where to send, what came of the check, what was lost, and when it looks anew.
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { useBrowser } from './support/browser.ts';
import { shown } from './support/fixtures.ts';
import { setHidden } from './support/log-page.ts';
import { scenarios } from './support/scenarios.ts';
import { brokenReport, viewOf } from './support/telemetry-fixtures.ts';
import { telemetryScenarios } from './support/telemetry-scenarios.ts';

const open = useBrowser();
const region = (page: Page, name: string) => page.getByRole('region', { name, exact: true });
const send = (page: Page) => region(page, 'Send your signals here');
const check = (page: Page) => region(page, 'Signal check');
const runCheck = (page: Page) => page.getByRole('button', { name: 'Check metrics, logs and traces' });

describe('where to send', () => {
  test('is said with every address to copy, and who takes it', async () => {
    const { page, commands } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    await send(page).getByText('One address takes metrics, logs and traces.').waitFor();
    await send(page).getByText('Alloy: ready').waitFor();
    for (const address of ['http://127.0.0.6:4318', 'http://127.0.0.6:4317', 'http://alloy:4318']) {
      await send(page)
        .getByRole('button', { name: `Copy ${address}`, exact: true })
        .click();
    }
    expect((await commands()).map((command) => command.input)).toEqual([
      { text: 'http://127.0.0.6:4318' },
      { text: 'http://127.0.0.6:4317' },
      { text: 'http://alloy:4318' },
    ]);
    await send(page).getByRole('button', { name: 'Show LAN mode' }).click();
    await page.getByRole('heading', { name: 'Host', level: 1 }).waitFor();
  });

  test('names the address for other machines while LAN mode opens it', async () => {
    const view = viewOf();
    const otlp = { ...view.otlp, lan: 'http://192.168.77.5:4318' };
    const scenario = { ...telemetryScenarios.ready, telemetry: { view: { ...view, otlp }, report: brokenReport } };
    const { page } = await open(scenario, { page: 'telemetry' });
    await send(page).locator('.otlp-address', { hasText: 'http://192.168.77.5:4318' }).first().waitFor();
    expect(await send(page).getByText('Closed.').count()).toBe(0);
  });

  test('says what is not taken without Alloy, and that nothing is without both', async () => {
    const traces = await open(telemetryScenarios.withoutAlloy, { page: 'telemetry' });
    await send(traces.page).getByText('Takes traces only').waitFor();
    await send(traces.page).locator('.otlp-address', { hasText: 'http://tempo:4318' }).first().waitFor();
    for (const address of ['http://127.0.0.3:9090/api/v1/otlp', 'http://127.0.0.5:3100/otlp'])
      await send(traces.page).locator('.otlp-address', { hasText: address }).first().waitFor();
    const none = await open(telemetryScenarios.nothing, { page: 'telemetry' });
    await send(none.page).getByText('Nothing takes signals').waitFor();
    expect(await send(none.page).locator('[data-big=true]').count()).toBe(0);
  });

  test('says when nobody listens there', async () => {
    const view = { ...viewOf(), sendingProblem: 'Nothing listens there now.' };
    const scenario = { ...telemetryScenarios.ready, telemetry: { view, report: brokenReport } };
    const { page } = await open(scenario, { page: 'telemetry' });
    await send(page).getByText('Nothing listens there now.').waitFor();
    const ready = await open(telemetryScenarios.ready, { page: 'telemetry' });
    await send(ready.page).getByText('One address takes').first().waitFor();
    expect(await send(ready.page).getByText('Nothing listens').count()).toBe(0);
  });

  test('comes with guides: one is open at a time, and its lines are copied as they are', async () => {
    const { page, commands } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    const guide = (title: string) => send(page).locator('details', { hasText: title }).first();
    await guide('Distributed tracing').locator('summary').click();
    await send(page).getByText('docs/tracing.md').first().waitFor();
    await send(page).getByRole('button', { name: 'Copy lines 1 of Distributed tracing' }).click();
    await send(page).locator('summary', { hasText: 'KinD clusters' }).click();
    await expect.poll(() => send(page).locator('details[open]').count()).toBe(1);
    const [first] = await commands();
    expect(first?.input).toEqual({
      text: 'export OTEL_SERVICE_NAME=shop\nexport OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.6:4318\nexport OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf',
    });
  });
});

describe('the signal check', () => {
  test('shows that it runs, then each hop with its time, and says the outcome', async () => {
    const { page, commands } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    await check(page).getByText('Not checked yet.').waitFor();
    await page.evaluate(() => window.mock.hold('telemetry:signal'));
    await runCheck(page).click();
    await check(page).getByRole('progressbar', { name: 'Checking the signals' }).waitFor();
    expect(await runCheck(page).getAttribute('aria-disabled')).toBe('true');
    await runCheck(page).click({ force: true });
    await page.evaluate(() => window.mock.release('telemetry:signal'));
    await check(page).getByText('Every hop succeeded.').waitFor();
    expect(await check(page).getByRole('progressbar').count()).toBe(0);
    const rows = check(page).getByRole('list', { name: 'Logs' }).getByRole('listitem');
    expect(await rows.nth(1).textContent()).toBe('Arrivedfound in Loki by its trace id1,204 ms');
    expect(await check(page).getByRole('list', { name: 'Links between signals' }).textContent()).toContain(
      'exemplar to its trace',
    );
    await expect.poll(() => page.locator('[aria-live="polite"]').textContent()).toBe('Every hop succeeded.');
    expect(await commands()).toEqual([{ name: 'telemetry:signal', input: undefined }]);
  });

  test('puts what failed first, says the same reason once, is kept and copied', async () => {
    const { page, commands } = await open(telemetryScenarios.broken, { page: 'telemetry' });
    await runCheck(page).click();
    await check(page).getByText('1 of 7 hops failed. 3 of 7 were not run.').waitFor();
    const logs = check(page).getByRole('list', { name: 'Logs' }).getByRole('listitem');
    expect(await logs.first().textContent()).toContain('Next: macula logs alloy --tail 50');
    expect(await check(page).getByText('Grafana does not take the password').count()).toBe(1);
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+6');
    await check(page).getByRole('button', { name: 'Copy as text' }).click();
    const text = (await commands()).flatMap((command) =>
      command.name === 'clipboard:write' ? [command.input.text] : [],
    );
    expect(text[0]?.split('\n').slice(0, 7)).toEqual([
      'Metrics',
      '  ok       sent to http://127.0.0.6:4318  12 ms',
      '  ok       found in Prometheus  340 ms',
      '  not-run  found through Grafana',
      '  not-run  shown in Grafana',
      '           Grafana does not take the password that it comes with: it was changed.',
      'Logs',
    ]);
  });

  test('that could not be made says why where it was asked for, and can be asked for again', async () => {
    const { page } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    const refusal = shown({ code: 'telemetry-unavailable', detail: 'Another check is under way.' });
    await page.evaluate((words) => window.mock.refuse('telemetry:signal', { ok: false, ...words }), refusal);
    await runCheck(page).click();
    await check(page).getByRole('alert').getByText('Another check is under way.').waitFor();
    await runCheck(page).click();
    await check(page).getByText('Every hop succeeded.').waitFor();
    expect(await check(page).getByText('Another check is under way.').count()).toBe(0);
  });
});

describe('what was lost, and templates of the user’s own', () => {
  test('are told with their counts and problems', async () => {
    const { page, commands } = await open(telemetryScenarios.broken, { page: 'telemetry' });
    const lost = region(page, 'Lost on the way');
    await lost.getByText('1,204 log lines refused by Loki').waitFor();
    await lost.getByRole('button', { name: 'Telemetry pipeline in Grafana' }).click();
    expect(await commands()).toEqual([{ name: 'link:open', input: { id: 'alloy:dashboard' } }]);
    const own = region(page, 'Configuration of your own');
    const rows = await own.getByRole('listitem').allTextContents();
    expect(rows[0]).toBe('In useloki/loki.yml');
    expect(rows[1]).toContain('Ignoredprometheus/prometheus.ymlPrometheus refuses it: parsing YAML file');
    await page.getByText('Figures of containers: Prometheus does not answer.').waitFor();
  });

  test('nothing was lost only where somebody counts', async () => {
    const ready = await open(telemetryScenarios.ready, { page: 'telemetry' });
    await region(ready.page, 'Lost on the way').getByText('Nothing was lost.').waitFor();
    const off = await open(telemetryScenarios.off, { page: 'telemetry' });
    await region(off.page, 'Lost on the way').getByText('Not known: Prometheus').waitFor();
    expect(await off.page.getByText('Nothing was lost.').count()).toBe(0);
  });
});

describe('the page', () => {
  const looks = async (sent: () => Promise<readonly { readonly name: string }[]>) =>
    (await sent()).filter((command) => command.name === 'telemetry:get').length;

  test('offers Start while the stack is off, and shows addresses all the same', async () => {
    const { page, commands } = await open(telemetryScenarios.off, { page: 'telemetry' });
    await send(page).locator('.otlp-address', { hasText: 'http://127.0.0.6:4318' }).first().waitFor();
    await page.getByRole('button', { name: 'Start all services', exact: true }).click();
    expect(await commands()).toEqual([{ name: 'stack:up', input: {} }]);
  });

  test('says why without an engine, and tries again', async () => {
    const { page, commands } = await open(telemetryScenarios.engineUnavailable, { page: 'telemetry' });
    await page.locator('.telemetry-page > .notice').getByRole('button', { name: 'Try again' }).click();
    expect(await commands()).toEqual([{ name: 'engine:retry', input: undefined }]);
  });

  test('says when the first look failed, and tries again', async () => {
    const { page } = await open(telemetryScenarios.ready);
    const refusal = shown({ code: 'telemetry-unavailable', detail: 'The volumes cannot be measured.' });
    await page.evaluate((words) => window.mock.refuse('telemetry:get', { ok: false, ...words }), refusal);
    await page.keyboard.press('Control+6');
    await page.getByText('The telemetry could not be looked at').waitFor();
    await page.getByText('The volumes cannot be measured.').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    await send(page).waitFor();
    expect(await page.getByText('The volumes cannot be measured.').count()).toBe(0);
  });

  test('keeps what it knows when a later look fails, and says of when it is', async () => {
    const { page } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    await send(page).waitFor();
    await page.evaluate(() => window.mock.refuse('telemetry:get', { ok: false, unexpected: 'bug-21' }));
    await page.keyboard.press('Control+1');
    await page.keyboard.press('Control+6');
    await page.getByText(/What is shown here is of \d\d:\d\d: the last look failed/).waitFor();
    expect(await send(page).locator('.otlp-address').first().textContent()).toBe('http://127.0.0.6:4318');
  });

  test('looks every fifteen seconds, and when a service changed; never while hidden or away', async () => {
    const { page, sent } = await open(telemetryScenarios.ready, { isOwn: true });
    await page.clock.install();
    await page.keyboard.press('Control+6');
    await send(page).waitFor();
    const first = await looks(sent);
    await page.clock.runFor(15_500);
    expect(await looks(sent)).toBe(first + 1);
    const services = scenarios.degraded.snapshot.services;
    const next = { ...scenarios.ready.snapshot, number: 2, services };
    await page.evaluate((snapshot) => window.mock.emit('snapshot', snapshot), next);
    await page.clock.runFor(2500);
    expect(await looks(sent)).toBe(first + 2);
    await setHidden(page, true);
    await page.clock.runFor(60_000);
    expect(await looks(sent)).toBe(first + 2);
    await setHidden(page, false);
    await expect.poll(() => looks(sent)).toBe(first + 3);
    await page.keyboard.press('Control+1');
    await page.getByRole('heading', { name: 'Ingress' }).first().waitFor();
    await page.clock.runFor(60_000);
    expect(await looks(sent)).toBe(first + 3);
  });

  test('gives up on an answer that does not come, and looks again', async () => {
    const { page } = await open(telemetryScenarios.ready, { isOwn: true });
    await page.clock.install();
    await page.evaluate(() => window.mock.hold('telemetry:get'));
    await page.keyboard.press('Control+6');
    await page.getByText('Looking at the telemetry').waitFor();
    await page.clock.runFor(31_000);
    await page.getByText('The app gave no answer within 30 seconds.').waitFor();
    await page.evaluate(() => window.mock.release('telemetry:get'));
    await page.clock.runFor(15_500);
    await send(page).waitFor();
    expect(await page.getByText('The app gave no answer').count()).toBe(0);
  });

  test('is worked by keyboard alone, with a focus that is seen', async () => {
    const { page } = await open(telemetryScenarios.ready, { page: 'telemetry' });
    await send(page).waitFor();
    const names: string[] = [];
    const unseen: string[] = [];
    for (let step = 0; step < 80; step += 1) {
      await page.keyboard.press('Tab');
      const stop = await page.evaluate(() => {
        const element = document.activeElement;
        if (element === null || element === document.body) return undefined;
        const style = getComputedStyle(element);
        const label = element instanceof HTMLInputElement ? element.labels?.[0]?.textContent : undefined;
        const isSeen = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0;
        return { name: label ?? element.textContent ?? '', isSeen };
      });
      if (stop === undefined) break;
      names.push(stop.name);
      if (!stop.isSeen) unseen.push(stop.name);
    }
    expect(unseen).toEqual([]);
    for (const name of ['Distributed tracing', 'Check metrics, logs and traces', 'Days (Traces)', 'Throw away… logs']) {
      expect(names).toContain(name);
    }
    expect(names).toContain('Remove shop');
    expect(names.at(-1)).toBe('Copy the folder of templates');
  });
});
