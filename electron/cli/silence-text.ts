// Why nothing is known of what Prometheus would tell, and what to do about it. Pure.
import type { Silence } from '../core/telemetry/telemetry-view.ts';

export function silenceText({ reason }: Silence): string {
  return `not known: ${reason}`;
}

export function silenceLines(silence: Silence): readonly string[] {
  const { nextStep } = silence;
  return [silenceText(silence), ...(nextStep === undefined ? [] : [`Next: ${nextStep}`])];
}
