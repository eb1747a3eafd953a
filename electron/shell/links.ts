// Which addresses the app may hand to the user's browser. The window names a link by its id; the address comes from here.
import type { Snapshot } from '../core/snapshot.ts';

const helpLinks: Readonly<Record<string, string>> = {
  'help:install-docker': 'https://docs.docker.com/engine/install/',
  'help:install-podman': 'https://podman.io/docs/installation',
  'help:rootless-docker': 'https://docs.docker.com/engine/security/rootless/',
  'help:gnome-tray': 'https://extensions.gnome.org/extension/615/appindicator-support/',
};

// Returns undefined for everything that is not ours to open.
export function resolveLink(id: string, snapshot: Snapshot): string | undefined {
  if (Object.hasOwn(helpLinks, id)) return helpLinks[id];
  const isAsked = (link: { readonly id: string }): boolean => link.id === id;
  const lan = snapshot.host?.lanLinks?.find(isAsked);
  if (lan !== undefined) return lanAddress(lan.url, snapshot);
  const link = snapshot.services
    .flatMap(({ urls, dashboard }) => (dashboard === undefined ? urls : [...urls, dashboard]))
    .find(isAsked);
  return link === undefined ? undefined : stackAddress(link.url, snapshot);
}

// The address as it was checked, written in the one way that leaves no room for another reading of it.
export function stackAddress(text: string, snapshot: Snapshot): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isWeb = url.protocol === 'http:' || url.protocol === 'https:';
  const isPlain = url.username === '' && url.password === '';
  return isWeb && isPlain && isOwnHost(url.hostname, snapshot) && isPublished(url, snapshot) ? url.href : undefined;
}

// This machine as its network sees it: a private address, and a port that is published there.
function lanAddress(text: string, snapshot: Snapshot): string | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isPlain = url.protocol === 'http:' && url.username === '' && url.password === '';
  const isPrivate = /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.[\d.]+$/.test(url.hostname);
  return isPlain && isPrivate && isPublished(url, snapshot) ? url.href : undefined;
}

function isOwnHost(host: string, snapshot: Snapshot): boolean {
  return (
    /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host) ||
    host === 'localhost' ||
    isBelow(host, 'localhost') ||
    host === snapshot.baseDomain ||
    isBelow(host, snapshot.baseDomain)
  );
}

function isBelow(host: string, domain: string): boolean {
  return /^[a-z0-9.-]+$/.test(host) && host.endsWith(`.${domain}`);
}

function isPublished(url: URL, snapshot: Snapshot): boolean {
  const port = url.port !== '' ? url.port : url.protocol === 'https:' ? '443' : '80';
  return snapshot.services.some((service) => service.published.some((published) => published.endsWith(`:${port}`)));
}
