// The shape of a catalog entry. An entry is data: everything the app knows of a service is here.

export type ServiceGroup = 'ingress' | 'observability' | 'tools';

// Pinned twice: the tag is for people, the digest is what is pulled.
export interface ImagePin {
  readonly repository: string;
  readonly tag: string;
  readonly digest: string;
}

export interface VolumeUse {
  readonly name: string;
  // A path that exists in the image under the image's own user: an empty volume takes its owner from there.
  readonly path: string;
}

export interface TemplateUse {
  // Relative to resources/templates.
  readonly template: string;
  readonly path: string;
  // Octal, default 0o644.
  readonly mode?: number;
  // Taken as it is: it has its own use for double braces.
  readonly raw?: true;
  // Exchanged in the running container: the service looks at it again by itself, and no new container is needed.
  readonly live?: true;
}

// How the service's own program judges its configuration, in a container of the same image.
export interface ConfigCheck {
  readonly entrypoint: readonly string[];
  readonly command: readonly string[];
}

// Of the dashboards in resources/templates/grafana/dashboards: their uids never change.
export interface DashboardUse {
  readonly uid: string;
  readonly title: string;
  // Values of its variables, for one service's view.
  readonly variables?: Readonly<Record<string, string>>;
}

export interface PublishedPort {
  readonly name: string;
  readonly port: number;
  // Nothing that a browser could show answers there.
  readonly isPage?: false;
  // The id of a service that has this port on the same address while it is switched on.
  readonly insteadOf?: string;
}

export interface LanPort {
  readonly port: number;
  // What the catalog has in its place, where the settings chose another one.
  readonly catalogPort?: number;
  readonly containerPort: number;
  readonly insteadOf?: string;
}

export interface LanExposure {
  // 'none': whoever reaches it can use it, so it is opened only on the user's word.
  readonly protection: 'password' | 'none';
  readonly ports: readonly LanPort[];
  // The password that it comes with: as long as it is taken, the service is not opened.
  readonly defaultPassword?: DefaultPassword;
}

export interface DefaultPassword {
  readonly port: number;
  // Answers 200 to who may sign in, 401 to others.
  readonly path: string;
  readonly user: string;
  readonly password: string;
}

export interface ReadyCheck {
  readonly port: number;
  readonly path: string;
  // The body must be JSON and hold this value at this top-level key.
  readonly json?: { readonly key: string; readonly value: string };
  // How long after its start a service may take before it counts as failed.
  readonly timeoutSeconds: number;
}

export interface ServiceDefinition {
  readonly id: string;
  readonly title: string;
  readonly group: ServiceGroup;
  // Place in lists, small first.
  readonly order: number;
  readonly summary: string;
  readonly containerName: string;
  readonly image: ImagePin;
  // The last part of the fixed address on the network: 20 is 172.23.0.20.
  readonly hostNumber: number;
  // The loopback address that its ports are published on; two services share one where the design says so.
  readonly loopback?: string;
  // The same numbers inside and outside.
  readonly ports: readonly PublishedPort[];
  // Served by the ingress as <label>.<base domain>.
  readonly web?: { readonly label: string; readonly port: number };
  // What LAN mode may publish to other machines.
  readonly lan?: LanExposure;
  // Serves its own metrics at /metrics on this port.
  readonly metricsPort?: number;
  // Publishes port 80 on the loopback address of every service, and the settings' httpPort on 127.0.0.1.
  readonly isIngress?: true;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly volumes: readonly VolumeUse[];
  readonly files: readonly TemplateUse[];
  readonly check?: ConfigCheck;
  // The engine's socket is mounted at /var/run/docker.sock while the settings let it collect the containers' logs.
  readonly engineSocket?: true;
  // host.docker.internal leads to the machine that the engine runs on.
  readonly hostGateway?: true;
  // Ids of the services that come along with this one and are started before it.
  readonly needs: readonly string[];
  // It is well without them for a while, so its start waits for none of theirs: it takes long to become ready itself.
  readonly startsAtOnce?: true;
  readonly ready: ReadyCheck;
  // Between the polite signal and the kill.
  readonly stopSeconds: number;
  readonly dashboard?: DashboardUse;
  // What its user makes stays in the browser, under the address that it was made at.
  readonly keepsInBrowser?: true;
  // What "Open" shows; without it the service has no page of its own.
  readonly open?: { readonly path: string };
}
