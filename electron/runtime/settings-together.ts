// Settings that are good by themselves but not beside each other are not saved.
import { FailureError } from '../core/failure.ts';
import { portCollision } from '../core/lan-ports.ts';
import type { Settings } from '../core/settings.ts';
import type { RuntimeParts } from './runtime-parts.ts';

// Throws FailureError settings-collide.
export function checkTogether(settings: Settings, { catalog }: Pick<RuntimeParts, 'catalog'>): void {
  const detail = portCollision(catalog, settings);
  if (detail !== undefined) throw new FailureError({ code: 'settings-collide', detail });
}

// What is wrong already, in a file that somebody wrote by hand, keeps no other change from being made.
export function changesPorts(patch: Partial<Settings>): boolean {
  return patch.httpPort !== undefined || patch.lanPorts !== undefined;
}
