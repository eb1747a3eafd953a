// What should be there. Derived from the catalog, the settings and what the engine can do in derive-desired.ts.
import type { ImagePin, ServiceDefinition, VolumeUse } from './catalog/service.ts';
import type { LabelledContainer } from './observed.ts';
import type { LanPublishing, Publish, Publishing } from './publishes.ts';
import type { Settings, Signal } from './settings.ts';

export interface ContainerFile {
  readonly path: string;
  readonly content: string;
  readonly mode: number;
  // Number of the user whom it belongs to; root unless given.
  readonly owner?: number;
}

export interface DesiredContainer {
  readonly service: string;
  readonly name: string;
  readonly image: ImagePin;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly address: string;
  readonly aliases: readonly string[];
  readonly publishes: readonly Publish[];
  readonly volumes: readonly VolumeUse[];
  readonly files: readonly ContainerFile[];
  // Exchanged while it runs: not part of the hash.
  readonly liveFiles: readonly ContainerFile[];
  // Path of the engine's socket on the engine's machine, mounted at /var/run/docker.sock.
  readonly engineSocket?: string;
  // 'host.docker.internal:host-gateway'
  readonly extraHosts?: readonly string[];
  readonly stopSeconds: number;
  // Of the ingress, to tell what it was made for. Its configuration holds it, so it is not part of the hash by itself.
  readonly baseDomain?: string;
  readonly configHash: string;
}

export interface DesiredNetwork {
  readonly name: string;
  readonly subnet: string;
  readonly ipRange: string;
  readonly gateway: string;
}

// Where a readiness request goes, as a user's would.
export interface Probe {
  readonly url: string;
  // Sent as the Host header when the way leads through the ingress.
  readonly host?: string;
  readonly json?: { readonly key: string; readonly value: string };
  readonly timeoutSeconds: number;
  // Id of the service whose door this probe goes through.
  readonly through?: string;
  // Nothing is published and there is no ingress: that it runs is all that can be said of it.
  readonly canAsk: boolean;
}

export interface ServiceUrl {
  readonly id: string;
  readonly label: string;
  readonly url: string;
}

export interface DesiredService {
  readonly definition: ServiceDefinition;
  readonly container: DesiredContainer;
  // Only enabled ones: a service that is switched off holds nobody up.
  readonly needs: readonly string[];
  readonly probe: Probe;
  // Best first.
  readonly urls: readonly ServiceUrl[];
  // In Grafana, where that is switched on and has an address.
  readonly dashboard?: ServiceUrl;
}

export interface DesiredStack {
  readonly network: DesiredNetwork;
  // Volume names in order.
  readonly volumes: readonly string[];
  readonly services: readonly DesiredService[];
  // Templates of the user's own, and whether each is in use.
  readonly overrides: readonly OverrideState[];
}

export interface OverrideState {
  // Path below the folder of overrides, as below resources/templates.
  readonly template: string;
  readonly service: string;
  // Why the app's own template is used instead; undefined while it is in use.
  readonly problem?: string;
}

export interface DesiredInput {
  readonly catalog: readonly ServiceDefinition[];
  readonly settings: Settings;
  // Path below resources/templates -> text.
  readonly templates: Readonly<Record<string, string>>;
  // The user's own in their place: the same paths.
  readonly overrides?: Readonly<Record<string, TemplateOverride>>;
  readonly publishing: Publishing;
  // Set while LAN mode is on and its guard is in force.
  readonly lan?: LanPublishing;
  // Names that lead to this machine's loopback addresses: those that were set up, and no others.
  readonly names?: readonly string[];
  // Path of the engine's socket on the engine's machine, where a container may mount it.
  readonly engineSocket?: string;
  // Containers that ask to be observed.
  readonly labelled?: readonly LabelledContainer[];
  // Hours that each signal is kept, where its cap on the disk shortens the time of the settings.
  readonly retentionHours?: Partial<Readonly<Record<Signal, number>>>;
  // The first two numbers of the /16, '172.23' unless taken.
  readonly subnetPrefix: string;
  readonly hash: (text: string) => string;
}

export interface TemplateOverride {
  readonly text: string;
  // Why it is not to be used: it cannot be read, or the service's own program refused it, in these words.
  readonly problem?: string;
}

export const defaultSubnetPrefix = '172.23';
