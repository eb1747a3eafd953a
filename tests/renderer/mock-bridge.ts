// Stands in for the preload script and the main process. It is injected into the page before its own scripts, so
// installMockBridge uses nothing from outside of itself.
import type {
  Bridge,
  CommandInput,
  CommandName,
  CommandResult,
  Events,
  LogBatch,
  SettingsView,
} from '../../electron/contract/contract.ts';
import type { LogLine } from '../../electron/core/engine-port.ts';
import type { DiskView, FiguresSample } from '../../electron/core/figures.ts';
import type { BundleReport, DownloadSize, ImagesView } from '../../electron/core/images/images-view.ts';
import type { PackedLines } from '../../electron/core/log-pack.ts';
import type { FoundEngine, LoginView, PasswordView, SettingsEffects } from '../../electron/core/settings-effects.ts';
import type { TimelineView } from '../../electron/core/timeline.ts';
import type { DoctorCheck } from '../../electron/core/doctor.ts';
import type { HostChange, HostOutcome, HostPreview, HostView, PortHolder } from '../../electron/core/host/host-view.ts';
import type { SignalReport } from '../../electron/core/telemetry/signal-report.ts';
import type { TelemetryView } from '../../electron/core/telemetry/telemetry-view.ts';
import type { Snapshot } from '../../electron/core/snapshot.ts';

export interface Scenario {
  readonly snapshot: Snapshot;
  readonly settings: SettingsView;
  // What the services have written so far.
  readonly lines: readonly LogLine[];
  readonly host: HostScenario;
  readonly telemetry: TelemetryScenario;
  readonly figures: FiguresScenario;
  readonly timeline: TimelineView;
  readonly images: ImagesScenario;
  readonly settingsChange: SettingsScenario;
}

export interface FiguresScenario {
  // Sent one after the other, as soon as somebody watches; the test may emit more.
  readonly samples: readonly FiguresSample[];
  readonly disk: DiskView;
}

export interface ImagesScenario {
  readonly view: ImagesView;
  readonly sizes: readonly DownloadSize[];
  // What an export or an import answers.
  readonly report?: BundleReport;
  // Ids that are used when they are to be removed.
  readonly usedMeanwhile?: readonly string[];
}

export interface SettingsScenario {
  readonly effects: SettingsEffects;
  readonly defaults: SettingsView['settings'];
  readonly engines: readonly FoundEngine[];
  readonly login: LoginView;
  readonly password: PasswordView;
}

export interface TelemetryScenario {
  readonly view: TelemetryView;
  // What a signal check tells.
  readonly report: SignalReport;
}

export interface HostScenario {
  readonly view: HostView;
  readonly previews: Readonly<Record<HostChange['kind'], HostPreview>>;
  // What applying answers; its view is what is seen from then on.
  readonly outcome: HostOutcome;
  readonly checks: readonly DoctorCheck[];
  readonly holders: readonly PortHolder[];
  readonly holdersAsRoot: readonly PortHolder[];
}

export type SentCommand = {
  readonly [Name in CommandName]: { readonly name: Name; readonly input: CommandInput<Name> };
}[CommandName];
type Refusal = Extract<CommandResult<CommandName>, { ok: false }>;

export interface MockControls {
  readonly sent: readonly SentCommand[];
  readonly openSessions: () => readonly number[];
  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void;
  // The next answer to this command.
  refuse(name: CommandName, refusal: Refusal): void;
  // Answers to this command wait until it is released.
  hold(name: CommandName): void;
  release(name: CommandName): void;
  setHost(change: Partial<HostScenario>): void;
  setTelemetry(change: Partial<TelemetryScenario>): void;
  setTimeline(view: TimelineView): void;
  setImages(change: Partial<ImagesScenario>): void;
  setSettingsChange(change: Partial<SettingsScenario>): void;
  // Goes to every open session that follows the line's service.
  write(lines: readonly LogLine[]): void;
  endStreams(problem?: string): void;
}

declare global {
  interface Window {
    mock: MockControls;
    // What the content security policy refused.
    policyViolations: string[];
  }
}

export function installMockBridge(scenario: Scenario): void {
  interface Session {
    readonly id: number;
    readonly services: readonly string[];
    batch: number;
    answered: number;
    queue: LogLine[];
    // Of the queue: the first that was not sent.
    next: number;
  }
  const batchLength = 256;
  const mostUnanswered = 8;
  const listeners: { [Name in keyof Events]: Set<(payload: Events[Name]) => void> } = {
    snapshot: new Set(),
    logs: new Set(),
    navigate: new Set(),
    figures: new Set(),
    transfer: new Set(),
  };
  const sent: SentCommand[] = [];
  const refusals = new Map<CommandName, Refusal>();
  const sessions = new Map<number, Session>();
  const written = [...scenario.lines];
  let lastSession = 0;
  let settings = scenario.settings;
  let host = scenario.host;
  let telemetry = scenario.telemetry;
  let timeline = scenario.timeline;
  let images = scenario.images;
  let settingsChange = scenario.settingsChange;
  const held = new Map<CommandName, { wait: Promise<void>; release: () => void }>();

  function emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    // As over the real bridge, nothing is shared.
    for (const listener of listeners[name]) listener(structuredClone(payload));
  }

  // As electron/core/log-pack.ts does it: nothing of it can be used here.
  function pack(lines: readonly LogLine[]): PackedLines {
    const services = [...new Set(lines.map((line) => line.service))];
    const packed = lines.map(
      ({ service, stream, timestamp, text }) =>
        `${services.indexOf(service)}${stream === 'stderr' ? 'e' : 'o'}${timestamp} ${text.replaceAll('\n', ' ')}`,
    );
    return { services, count: lines.length, text: packed.join('\n') };
  }

  // As the app does: a few batches may be unanswered.
  function feed(session: Session): void {
    while (session.batch - session.answered < mostUnanswered && session.next < session.queue.length) {
      session.batch += 1;
      const lines = session.queue.slice(session.next, session.next + batchLength);
      session.next += lines.length;
      const batch: LogBatch = { session: session.id, batch: session.batch, lines: pack(lines), ended: false };
      setTimeout(() => emit('logs', batch));
    }
  }

  function openSession(input: CommandInput<'logs:open'>): { session: number } {
    lastSession += 1;
    const { span } = input;
    const isInside = ({ timestamp }: LogLine): boolean =>
      span === undefined || (Date.parse(timestamp) >= span.from && Date.parse(timestamp) <= span.to);
    const queue = input.services.flatMap((service) => {
      const lines = written.filter((line) => line.service === service && isInside(line));
      return span === undefined ? lines.slice(-input.tail) : lines;
    });
    const session: Session = { id: lastSession, services: input.services, batch: 0, answered: 0, queue, next: 0 };
    if (span !== undefined) {
      const lines = pack(queue.sort((one, other) => (one.timestamp < other.timestamp ? -1 : 1)));
      setTimeout(() => emit('logs', { session: session.id, batch: 1, lines, ended: true }));
      return { session: session.id };
    }
    sessions.set(session.id, session);
    feed(session);
    return { session: session.id };
  }

  function acknowledge({ session: id, batch }: CommandInput<'logs:acknowledge'>): void {
    const session = sessions.get(id);
    if (session === undefined) return;
    session.answered = Math.max(session.answered, batch);
    feed(session);
  }

  function changeSettings(patch: CommandInput<'settings:change'>): SettingsView {
    const next = { ...settings.settings, ...patch } as SettingsView['settings'];
    settings = {
      ...settings,
      settings: next,
      services: settings.services.map((service) => ({
        ...service,
        enabled: !next.disabledServices.includes(service.id),
      })),
    };
    return settings;
  }

  function applyHost(): HostOutcome {
    host = { ...host, view: host.outcome.view };
    return host.outcome;
  }

  function watchFigures(): void {
    for (const sample of scenario.figures.samples) setTimeout(() => emit('figures', sample));
  }

  function resetSettings(): SettingsView {
    const { lan: _, targets: _own, ...defaults } = settingsChange.defaults;
    return changeSettings(structuredClone(defaults) as unknown as CommandInput<'settings:change'>);
  }

  function removeImages({ ids }: CommandInput<'images:remove'>): ImagesView {
    const stays = (id: string): boolean => images.usedMeanwhile?.includes(id) === true;
    images = {
      ...images,
      view: { ...images.view, unused: images.view.unused.filter(({ id }) => !ids.includes(id) || stays(id)) },
    };
    const kept = images.view.unused.filter(({ id }) => ids.includes(id)).map(({ name }) => name);
    return { ...images.view, kept };
  }

  function setLogin({ startsAtLogin }: CommandInput<'login:set'>): LoginView {
    settingsChange = { ...settingsChange, login: { startsAtLogin } };
    return settingsChange.login;
  }

  function changePassword(): PasswordView {
    const { wouldKeep } = settingsChange.password;
    settingsChange = { ...settingsChange, password: { kept: wouldKeep, wouldKeep, grafana: 'accepted' } };
    return settingsChange.password;
  }

  const answers: { [Name in CommandName]?: (input: never) => unknown } = {
    'snapshot:get': () => scenario.snapshot,
    'settings:get': () => settings,
    'settings:change': changeSettings,
    'host:get': () => host.view,
    'host:preview': ({ kind }: CommandInput<'host:preview'>) => host.previews[kind],
    'host:apply': applyHost,
    'host:port-owner': ({ asRoot }: CommandInput<'host:port-owner'>) => (asRoot ? host.holdersAsRoot : host.holders),
    'telemetry:get': () => telemetry.view,
    'telemetry:signal': () => telemetry.report,
    'doctor:run': () => host.checks,
    'settings:preview': () => settingsChange.effects,
    'settings:reset': resetSettings,
    'engine:list': () => settingsChange.engines,
    'login:get': () => settingsChange.login,
    'login:set': setLogin,
    'password:get': () => settingsChange.password,
    'password:change': changePassword,
    'figures:watch': watchFigures,
    'figures:disk': () => scenario.figures.disk,
    'timeline:get': () => timeline,
    'images:get': () => images.view,
    'images:sizes': () => images.sizes,
    'images:export': () => images.report,
    'images:import': () => images.report,
    'images:remove': removeImages,
    'logs:save': ({ name }: CommandInput<'logs:save'>) => ({ path: `/home/user/${name}` }),
    'logs:open': openSession,
    'logs:acknowledge': acknowledge,
    'logs:close': ({ session }: CommandInput<'logs:close'>) => void sessions.delete(session),
  };

  const bridge: Bridge = {
    async invoke(name, input) {
      sent.push({ name, input } as SentCommand);
      await Promise.resolve();
      await held.get(name)?.wait;
      const refusal = refusals.get(name);
      refusals.delete(name);
      if (refusal !== undefined) return structuredClone(refusal);
      const value = answers[name]?.(input as never);
      return structuredClone({ ok: true, value }) as CommandResult<typeof name>;
    },
    on(name, listener) {
      listeners[name].add(listener);
      return () => listeners[name].delete(listener);
    },
  };

  const controls: MockControls = {
    sent,
    openSessions: () => [...sessions.keys()],
    emit,
    refuse: (name, refusal) => void refusals.set(name, refusal),
    hold(name) {
      let release = () => {};
      const wait = new Promise<void>((resolve) => {
        release = resolve;
      });
      held.set(name, { wait, release });
    },
    release(name) {
      held.get(name)?.release();
      held.delete(name);
    },
    setHost(change) {
      host = { ...host, ...change };
    },
    setTelemetry(change) {
      telemetry = { ...telemetry, ...change };
    },
    setTimeline(view) {
      timeline = view;
    },
    setImages(change) {
      images = { ...images, ...change };
    },
    setSettingsChange(change) {
      settingsChange = { ...settingsChange, ...change };
    },
    write(lines) {
      for (const line of lines) written.push(line);
      for (const session of sessions.values()) {
        for (const line of lines) if (session.services.includes(line.service)) session.queue.push(line);
        feed(session);
      }
    },
    endStreams(problem) {
      for (const session of sessions.values()) {
        const end = { session: session.id, batch: session.batch + 1, lines: pack([]), ended: true };
        emit('logs', problem === undefined ? end : { ...end, problem });
      }
      sessions.clear();
    },
  };

  const violations: string[] = [];
  document.addEventListener('securitypolicyviolation', (event) =>
    violations.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`),
  );
  Object.assign(window, { macula: Object.freeze(bridge), mock: controls, policyViolations: violations });
}
