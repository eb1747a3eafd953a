// What should be there by some settings: those in force, or those that somebody thinks of.
import { deriveDesired } from '../core/derive-desired.ts';
import { defaultSubnetPrefix, type DesiredStack } from '../core/desired.ts';
import { withLanPorts } from '../core/lan-ports.ts';
import type { Settings } from '../core/settings.ts';
import { lanPublishing, mayPublishPort80, mountableSocket, namesOf } from './desired-inputs.ts';
import type { Knowledge } from './knowledge.ts';
import { templateOverrides } from './refusals.ts';
import type { RuntimeParts } from './runtime-parts.ts';

export interface Derivation {
  // The same as long as the same comes out.
  readonly key: string;
  derive(): DesiredStack;
}

export function desiredOf(knowledge: Knowledge, parts: RuntimeParts, settings: Settings): Derivation {
  const { templates, hash } = parts;
  const catalog = withLanPorts(parts.catalog, settings.lanPorts);
  const subnetPrefix = knowledge.subnet.kind === 'chosen' ? knowledge.subnet.prefix : defaultSubnetPrefix;
  const publishing = {
    loopbackAddresses: parts.hasLoopbackAddresses(),
    ...(parts.asksIPv6First ? { loopback6: true } : {}),
    port80: settings.publishPort80 && mayPublishPort80(knowledge, parts),
  };
  const lan = lanPublishing(knowledge, catalog, settings, parts.clock.now());
  const names = knowledge.hasBrokenNames ? [] : namesOf(knowledge.record);
  const overrides = templateOverrides(knowledge, parts);
  const engineSocket = mountableSocket(knowledge, parts);
  const labelled = knowledge.observed?.labelled ?? [];
  const { retentionHours } = knowledge;
  const key = JSON.stringify([
    ...[settings, subnetPrefix, publishing, lan, names],
    ...[overrides, engineSocket, labelled, retentionHours],
  ]);
  const derive = () =>
    deriveDesired({
      catalog,
      settings,
      templates,
      publishing,
      subnetPrefix,
      names,
      hash,
      overrides,
      labelled,
      retentionHours,
      ...(engineSocket === undefined ? {} : { engineSocket }),
      ...(lan === undefined ? {} : { lan }),
    });
  return { key, derive };
}
