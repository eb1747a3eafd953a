// Changes of this machine: look, preview, apply, look again. What was previewed is what is applied.
import { findContainer } from '../core/conflicts.ts';
import { FailureError } from '../core/failure.ts';
import { areNamesBroken, hostView } from '../core/host/derive-view.ts';
import type { HostFacts } from '../core/host/host-facts.ts';
import type { Applied, GuardIntent, HostIntent } from '../core/host/host-request.ts';
import type { HostChange, HostOutcome, HostPreview, HostView } from '../core/host/host-view.ts';
import { guardIntent, isSameLan, openPorts } from '../core/host/lan.ts';
import { portHolders } from '../core/host/port-holders.ts';
import { hostPreview } from '../core/host/preview.ts';
import { domainProblem, wantedNames } from '../core/host/wanted-names.ts';
import { labels } from '../core/identity.ts';
import type { LanSettings } from '../core/settings.ts';
import { changedByLan, checkClosed, checkLan, followLan, type HostParts, lanSettings } from './lan.ts';
import { lanViewNow } from './lan-view.ts';
import { lookAtRecord } from './observation.ts';
import type { HostRuntime } from './runtime-api.ts';

const settleTries = 10;
const settleMilliseconds = 300;

interface Pending {
  readonly change: HostChange;
  readonly intent: HostIntent;
  readonly lan: LanSettings | null;
}

interface Shown extends Pending {
  readonly preview: HostPreview;
  readonly changesNames: boolean;
  // Of the root program's own plan.
  readonly planHash: string;
}

export function createHostRuntime(host: HostParts): HostRuntime {
  const { world, parts } = host;
  let pending: Shown | undefined;

  async function observe(): Promise<HostFacts> {
    const facts = await parts.host.observe(wantedNames(world.desired(), parts.settings.get().baseDomain));
    world.hasBrokenNames = areNamesBroken(facts);
    await lookAtRecord(world, parts);
    world.publish();
    return facts;
  }

  function viewOf(facts: HostFacts): HostView {
    return hostView(facts, parts.settings.get().baseDomain, lanViewNow(world, parts, facts));
  }

  // What should be set up after the change.
  async function decide(change: HostChange, facts: HostFacts): Promise<Omit<Pending, 'change'>> {
    const { baseDomain, lan } = parts.settings.get();
    const { guard, ...others } = facts.state.intent;
    switch (change.kind) {
      case 'undo':
      case 'lan-off':
        if (world.engine === undefined) checkClosed(host);
        return { intent: change.kind === 'undo' ? {} : others, lan: null };
      case 'lan-on': {
        await checkLan(change, facts, host);
        const wanted = lanSettings(change, facts, parts.clock.now());
        const open = openPorts(parts.catalog, world.observed);
        return {
          intent: { ...others, guard: guardIntent(parts.catalog, wanted, world.desired().network, open) },
          lan: wanted,
        };
      }
      case 'names': {
        const rest = restOf(guard);
        if (change.backend === 'localhost') return { intent: rest, lan };
        const problem = domainProblem(baseDomain);
        if (problem !== undefined) {
          throw new FailureError({ code: 'names-unusable', backend: change.backend, detail: problem });
        }
        const choice = viewOf(facts).names.choices.find(({ backend }) => backend === change.backend);
        if (choice?.method === undefined || !choice.isUsable) {
          throw new FailureError({
            code: 'names-unusable',
            backend: change.backend,
            detail: choice?.reason ?? 'It is not known here.',
            ...(choice?.remedy === undefined ? {} : { remedy: choice.remedy }),
          });
        }
        const wanted = wantedNames(world.desired(), baseDomain);
        // Elsewhere than on Linux the addresses have to be made as well.
        const aliases = facts.resolver.platform === 'darwin' ? { aliases: wanted.map(({ address }) => address) } : {};
        return { intent: { ...rest, ...aliases, names: { method: choice.method, names: wanted } }, lan };
      }
    }
  }

  // A guard whose time is over lets nobody in, and is not set up anew. It goes with the next change, once nothing is
  // published behind it any more.
  function restOf(guard: GuardIntent | undefined): HostIntent {
    const isOver = guard?.until !== undefined && guard.until <= parts.clock.now();
    if (!isOver) return guard === undefined ? {} : { guard };
    checkClosed(host);
    return {};
  }

  function warningsOf(change: HostChange, facts: HostFacts): readonly string[] {
    const warnings: string[] = [];
    if (facts.state.interrupted) warnings.push('An earlier change was cut off: it is put right first.');
    const settings = parts.settings.get();
    if (change.kind === 'names' && change.backend !== 'localhost' && !settings.publishPort80) {
      warnings.push('Port 80 is switched off in Settings: the names work with the port behind them only.');
    }
    if (change.kind === 'names' && change.backend === 'dnsmasq') {
      warnings.push(
        'Before and after it, example.com and debian.org are looked up: if that got worse, all is put back.',
      );
    }
    if (change.kind === 'names' && change.backend !== 'localhost' && isIngressOutdated()) {
      warnings.push(
        'The ingress was started with other settings (such as another base domain): press Start, or macula up, for the pages to answer under these names.',
      );
    }
    if (change.kind === 'lan-on' && change.limit === 'network') {
      warnings.push('Macula has to run to notice that this network was left.');
    }
    return warnings;
  }

  function isIngressOutdated(): boolean {
    const ingress = world.desired().services.find(({ definition }) => definition.isIngress);
    const container =
      ingress === undefined || world.observed === undefined
        ? undefined
        : findContainer(world.observed, ingress.definition.id);
    return container?.phase === 'running' && container.labels[labels.configHash] !== ingress?.container.configHash;
  }

  async function preview(change: HostChange): Promise<HostPreview> {
    const facts = await observe();
    const decided = await decide(change, facts);
    const plan = await parts.host.plan(decided.intent);
    const changed = change.kind === 'names' ? [] : changedByLan(decided.lan, world, parts);
    // The line changes the guard alone: what is published behind it has to be closed by us before.
    const mustCloseFirst = (change.kind === 'undo' || change.kind === 'lan-off') && changed.length > 0;
    const shown = hostPreview({
      change,
      plan,
      intent: decided.intent,
      containers: changed.map(({ title }) => title),
      warnings: warningsOf(change, facts),
      commandLine: mustCloseFirst ? '' : await parts.host.commandLine(decided.intent, plan.hash),
      changesSettings: !isSameLan(decided.lan, parts.settings.get().lan),
    });
    const changesNames = JSON.stringify(facts.state.intent.names) !== JSON.stringify(decided.intent.names);
    // Two previews may ask the same of the root program and yet not be the same.
    const hash = parts.hash(JSON.stringify([change, shown, decided.lan]));
    pending = { change, preview: { ...shown, hash }, planHash: plan.hash, changesNames, ...decided };
    return pending.preview;
  }

  function take(hash: string): Shown {
    const taken = pending;
    pending = undefined;
    if (taken?.preview.hash === hash) return taken;
    const detail = 'There is a newer preview than the one that was shown. Nothing was changed.';
    throw new FailureError({ code: 'host-refused', reason: 'stale', detail });
  }

  async function apply(hash: string): Promise<HostOutcome> {
    const taken = take(hash);
    try {
      return await carryOut(taken);
    } catch (error) {
      // A prompt that was dismissed may be asked for once more.
      if (error instanceof FailureError && error.failure.code === 'host-dismissed') pending ??= taken;
      throw error;
    }
  }

  async function carryOut({
    change,
    preview: shown,
    planHash,
    changesNames,
    intent,
    lan,
  }: Shown): Promise<HostOutcome> {
    const nothing: Applied = { ok: true, verb: 'apply', changed: [], kept: [], recovered: false };
    const changeHost = (): Promise<Applied> => {
      if (!shown.needsRoot) return Promise.resolve(nothing);
      return change.kind === 'undo' ? parts.host.undo(planHash) : parts.host.apply(intent, planHash);
    };
    // The guard stands before anything is published, and goes after nothing is any more.
    const isClosing = change.kind === 'lan-off' || change.kind === 'undo';
    const closed = isClosing ? await followLan(null, host) : '';
    if (isClosing) checkClosed(host);
    const applied = await changeHost();
    const opened = change.kind === 'lan-on' ? await followLan(lan, host) : '';
    const view = changesNames ? await settledView(intent.names !== undefined) : viewOf(await observe());
    const words = [closed, opened, hostWords(change, applied)].filter((part) => part !== '');
    return {
      summary: words.join(' ') || 'Nothing had to be changed.',
      changed: applied.changed,
      kept: applied.kept,
      view,
    };
  }

  // systemd-resolved looks at the hosts file only every other second: what it says right after a change may be old.
  async function settledView(areNamesWanted: boolean): Promise<HostView> {
    for (let tries = 0; ; tries += 1) {
      const view = viewOf(await observe());
      const isSettled = view.names.hosts.every(({ state }) => (state === 'right') === areNamesWanted);
      if (isSettled || tries === settleTries) return view;
      await new Promise<void>((resolve) => void parts.clock.after(settleMilliseconds, resolve));
    }
  }

  return {
    view: async () => viewOf(await observe()),
    preview,
    apply,
    async portHolders(port, asRoot) {
      const [{ listeners }, owners] = await Promise.all([
        parts.observeHost([port]),
        asRoot ? parts.host.portOwners([port]) : [],
      ]);
      return portHolders({ port, listeners, owners, observed: world.observed, desired: world.desired() });
    },
  };
}

function hostWords(change: HostChange, { changed, kept, recovered }: Applied): string {
  const parts: string[] = [];
  if (recovered) parts.push('An earlier change that was cut off was put right.');
  if (change.kind === 'names' && changed.length > 0) {
    parts.push(change.backend === 'localhost' ? 'The names were taken back.' : 'The names lead to this machine.');
  }
  if (change.kind === 'lan-off' && changed.length > 0) parts.push('The guard was taken away.');
  if (change.kind === 'undo' && kept.length === 0) parts.push('This machine is as it was before.');
  if (kept.length > 0) parts.push(`Left as they are: ${kept.map(({ path }) => path).join(', ')}.`);
  return parts.join(' ');
}
