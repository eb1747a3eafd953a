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
    isWaiting: boolean;
    queue: LogLine[];
  }
  const batchLength = 256;
  const listeners: { [Name in keyof Events]: Set<(payload: Events[Name]) => void> } = {
    snapshot: new Set(),
    logs: new Set(),
    navigate: new Set(),
  };
  const sent: SentCommand[] = [];
  const refusals = new Map<CommandName, Refusal>();
  const sessions = new Map<number, Session>();
  let lastSession = 0;
  let settings = scenario.settings;
  let host = scenario.host;
  let telemetry = scenario.telemetry;
  const held = new Map<CommandName, { wait: Promise<void>; release: () => void }>();

  function emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    // As over the real bridge, nothing is shared.
    for (const listener of listeners[name]) listener(structuredClone(payload));
  }

  function feed(session: Session): void {
    if (session.isWaiting || session.queue.length === 0) return;
    session.isWaiting = true;
    session.batch += 1;
    const lines = session.queue.splice(0, batchLength);
    const batch: LogBatch = { session: session.id, batch: session.batch, lines, ended: false };
    setTimeout(() => emit('logs', batch));
  }

  function openSession(input: CommandInput<'logs:open'>): { session: number } {
    lastSession += 1;
    const queue = input.services.flatMap((service) =>
      scenario.lines.filter((line) => line.service === service).slice(-input.tail),
    );
    const session: Session = { id: lastSession, services: input.services, batch: 0, isWaiting: false, queue };
    sessions.set(session.id, session);
    feed(session);
    return { session: session.id };
  }

  function acknowledge({ session: id, batch }: CommandInput<'logs:acknowledge'>): void {
    const session = sessions.get(id);
    if (session === undefined || session.batch !== batch) return;
    session.isWaiting = false;
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
    write(lines) {
      for (const session of sessions.values()) {
        session.queue.push(...lines.filter((line) => session.services.includes(line.service)));
        feed(session);
      }
    },
    endStreams(problem) {
      for (const session of sessions.values()) {
        const end = { session: session.id, batch: session.batch + 1, lines: [], ended: true };
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
