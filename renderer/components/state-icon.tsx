// Each state has a shape of its own, so that colour is never the only sign.
import type { ReactNode } from 'react';
import type { ServiceState, StackState } from '../../electron/core/snapshot.ts';

type AnyState = ServiceState | StackState;

const ring = <circle cx="10" cy="10" r="7.25" className="state-line" />;
const arc = (
  <g className="state-turning">
    <circle cx="10" cy="10" r="7.25" className="state-line state-faint" />
    <path d="M10 2.75A7.25 7.25 0 0 1 17.25 10" className="state-line" />
  </g>
);

const shapes: Readonly<Record<AnyState, ReactNode>> = {
  off: ring,
  pulling: (
    <>
      {ring}
      <path d="M10 6v7M7 10.2l3 3 3-3" className="state-line" />
    </>
  ),
  starting: (
    <>
      {arc}
      <circle cx="10" cy="10" r="2.25" className="state-fill" />
    </>
  ),
  working: (
    <>
      {arc}
      <circle cx="10" cy="10" r="2.25" className="state-fill" />
    </>
  ),
  stopping: (
    <>
      {arc}
      <path d="M7.75 7.75h4.5v4.5h-4.5z" className="state-fill" />
    </>
  ),
  ready: (
    <>
      <circle cx="10" cy="10" r="8" className="state-fill" />
      <path d="m6.4 10.3 2.5 2.5 4.7-5.2" className="state-cut" />
    </>
  ),
  degraded: (
    <>
      <path d="M10 2.2 18.4 17H1.6z" className="state-fill state-round" />
      <path d="M10 7.6v4.2M10 14.4v.1" className="state-cut" />
    </>
  ),
  failed: (
    <>
      <path d="M6.7 2h6.6L18 6.7v6.6L13.3 18H6.7L2 13.3V6.7z" className="state-fill" />
      <path d="m7.1 7.1 5.8 5.8M12.9 7.1l-5.8 5.8" className="state-cut" />
    </>
  ),
  unknown: (
    <>
      <circle cx="10" cy="10" r="7.25" className="state-line state-dashed" />
      <path d="M8 8.2a2 2 0 1 1 2.9 1.8c-.6.3-.9.7-.9 1.4M10 13.6v.1" className="state-line" />
    </>
  ),
};

export function StateIcon({ state }: { readonly state: AnyState }) {
  return (
    <svg className="state-icon" data-state={state} viewBox="0 0 20 20" aria-hidden="true">
      {shapes[state]}
    </svg>
  );
}
