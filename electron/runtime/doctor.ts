// Tries every hop from this side.
import type { DoctorCheck } from '../core/doctor.ts';
import type { RuntimeParts } from './runtime-api.ts';
import type { World } from './world.ts';

export async function examine(_world: World, _parts: RuntimeParts): Promise<readonly DoctorCheck[]> {
  throw new Error('Not built yet');
}
