// Everything that is expected to go wrong, as data. What is not here is a bug.
import type { RefusalCode } from './host/host-request.ts';
import type { BundleFailure } from './images/bundle-text.ts';
import type { ImportRefusal } from './import-refusal.ts';
import type { LogFailure } from './log-failure-text.ts';
import type { SettingFailure } from './setting-failure-text.ts';

export type Failure =
  | SettingFailure
  | LogFailure
  | { readonly code: 'engine-not-found'; readonly tried: readonly EngineAttempt[] }
  | { readonly code: 'engine-not-running'; readonly endpoint: string; readonly tried: readonly EngineAttempt[] }
  | { readonly code: 'engine-permission-denied'; readonly endpoint: string; readonly tried: readonly EngineAttempt[] }
  | {
      readonly code: 'engine-too-old';
      readonly endpoint: string;
      readonly found: string;
      readonly needed: string;
      readonly tried: readonly EngineAttempt[];
    }
  | { readonly code: 'engine-lost'; readonly detail: string }
  | {
      readonly code: 'port-taken';
      readonly service: string;
      readonly address: string;
      readonly port: number;
      readonly owner: string;
    }
  | { readonly code: 'port-not-permitted'; readonly service: string; readonly detail: string }
  | { readonly code: 'no-free-subnet'; readonly tried: readonly string[] }
  | { readonly code: 'foreign-container'; readonly name: string }
  | { readonly code: 'foreign-network'; readonly name: string }
  | { readonly code: 'foreign-volume'; readonly name: string }
  // Containers that are not of its service have it too, running or not: it cannot be removed.
  | { readonly code: 'volume-in-use'; readonly name: string; readonly containers: readonly string[] }
  | { readonly code: 'image-denied'; readonly image: string; readonly detail: string }
  | { readonly code: 'image-not-found'; readonly image: string; readonly detail: string }
  | { readonly code: 'registry-unreachable'; readonly image: string; readonly detail: string }
  | { readonly code: 'disk-full'; readonly detail: string }
  // Docker's chains in iptables or nftables were thrown away by somebody.
  | { readonly code: 'engine-rules-gone'; readonly detail: string }
  | {
      readonly code: 'container-exited';
      readonly service: string;
      readonly exitCode: number;
      readonly outOfMemory: boolean;
      readonly lastLines: readonly string[];
    }
  | {
      readonly code: 'not-ready';
      readonly service: string;
      readonly seconds: number;
      readonly reason: string;
      readonly lastLines: readonly string[];
    }
  | { readonly code: 'needed-service-failed'; readonly service: string; readonly needed: string }
  | { readonly code: 'unknown-service'; readonly id: string; readonly known: readonly string[] }
  | { readonly code: 'service-disabled'; readonly id: string }
  | { readonly code: 'settings-corrupt'; readonly path: string; readonly keptAs: string; readonly detail: string }
  | { readonly code: 'settings-rejected'; readonly path: string; readonly keys: readonly string[] }
  | { readonly code: 'settings-unwritable'; readonly path: string; readonly detail: string }
  // The root program refused, and why: one of its own codes.
  | { readonly code: 'host-refused'; readonly reason: RefusalCode; readonly detail: string }
  | { readonly code: 'host-dismissed' }
  | { readonly code: 'host-by-hand'; readonly commandLine: string }
  | { readonly code: 'host-unavailable'; readonly detail: string }
  | { readonly code: 'names-unusable'; readonly backend: string; readonly detail: string; readonly remedy?: string }
  | { readonly code: 'lan-unavailable'; readonly detail: string }
  | { readonly code: 'lan-unprotected'; readonly services: readonly string[] }
  | { readonly code: 'lan-default-password'; readonly detail: string }
  // Its own program refused the configuration; what ran goes on running.
  | { readonly code: 'config-refused'; readonly service: string; readonly words: string }
  // Older data of a service is not taken over; nothing was changed.
  | { readonly code: 'import-refused'; readonly service: string; readonly refusal: ImportRefusal }
  // A bundle of images, being written or read.
  | ({ readonly code: 'bundle-failed' } & BundleFailure)
  | { readonly code: 'busy'; readonly running: string }
  // service: set where the operation was about one.
  | {
      readonly code: 'operation-failed';
      readonly operation: string;
      readonly detail: string;
      readonly service?: string;
    };

export type FailureCode = Failure['code'];

export interface EngineAttempt {
  readonly endpoint: string;
  readonly foundBy: string;
  // Why it was not taken: 'no such file', 'connection refused', 'permission denied', ...
  readonly rejected: string;
}

// The button or command that repairs it, where the app has one.
export type FailureAction =
  | { readonly kind: 'retry'; readonly label: string }
  | { readonly kind: 'open-settings'; readonly label: string }
  | { readonly kind: 'open-host'; readonly label: string }
  | { readonly kind: 'show-logs'; readonly label: string; readonly service: string };

export interface FailureText {
  // What happened.
  readonly title: string;
  // Why.
  readonly detail: string;
  // What to do next.
  readonly nextStep: string;
  readonly action?: FailureAction;
}

// Carries a Failure through code that throws; caught once, where it is shown.
export class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure, options?: { readonly cause?: unknown }) {
    super(failure.code, options);
    this.name = 'FailureError';
    this.failure = failure;
  }
}
