// What can be done in which state. The tray, the window and the command line ask the same functions.
import type { ServiceActions, ServiceState, StackState } from './snapshot.ts';

export interface ActionContext {
  readonly engineConnected: boolean;
  readonly enabled: boolean;
  // A command is under way: new ones wait until it ends or is cancelled.
  readonly busy: boolean;
  readonly hasContainer: boolean;
  readonly hasPage: boolean;
}

export function serviceActions(state: ServiceState, context: ActionContext): ServiceActions {
  const free = context.engineConnected && !context.busy;
  const isUp = state === 'ready' || state === 'degraded' || state === 'starting';
  return {
    start: free && context.enabled && (state === 'off' || state === 'failed'),
    stop: free && (isUp || (state === 'failed' && context.hasContainer)),
    restart: free && context.enabled && (isUp || (state === 'failed' && context.hasContainer)),
    open: context.hasPage && (state === 'ready' || state === 'degraded'),
    logs: context.engineConnected && context.hasContainer,
  };
}

export function stackActions(
  state: StackState,
  context: {
    readonly engineConnected: boolean;
    readonly busy: boolean;
    readonly anyContainerUp: boolean;
    // Settings or images changed since: Start applies them.
    readonly differs: boolean;
  },
): { readonly start: boolean; readonly stop: boolean; readonly cancel: boolean } {
  const free = context.engineConnected && !context.busy;
  return {
    start: free && (state !== 'ready' || context.differs),
    stop: free && context.anyContainerUp,
    cancel: context.busy,
  };
}
