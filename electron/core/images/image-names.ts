// Names of images: every one has a full form, whatever an engine or a person leaves out.
import type { ImagePin } from '../catalog/service.ts';

// 'nginx' and 'docker.io/library/nginx' are the same: engines list the one or the other.
export function fullRepository(repository: string): string {
  const [first = '', ...rest] = repository.split('/');
  const hasHost = rest.length > 0 && (first.includes('.') || first.includes(':') || first === 'localhost');
  if (hasHost) return repository.replace(/^index\.docker\.io\//, 'docker.io/');
  return `docker.io/${rest.length === 0 ? 'library/' : ''}${repository}`;
}

export function fullName(name: string): string {
  const { repository, rest } = splitName(name);
  return `${fullRepository(repository)}${rest}`;
}

// rest is ':tag', '@sha256:...' or ''.
export function splitName(name: string): { readonly repository: string; readonly rest: string } {
  const at = name.indexOf('@');
  const end = at >= 0 ? at : name.lastIndexOf(':');
  return end <= name.lastIndexOf('/')
    ? { repository: name, rest: '' }
    : { repository: name.slice(0, end), rest: name.slice(end) };
}

// As people write it: without what goes without saying.
export function familiarName(name: string): string {
  return name.replace(/^docker\.io\/(library\/)?/, '');
}

// How it was verified when it came out of a bundle file.
export type ImportedBy = 'pinned-digest' | 'bundle-record';

// Never a registry's: nothing is pulled from there.
export const ownHost = 'macula.local';
const importedUnder: Readonly<Record<ImportedBy, string>> = {
  'pinned-digest': 'imported',
  'bundle-record': 'recorded',
};

// The name by which an imported image is known again: for this pin and no other. A name is what every engine keeps,
// whereas the digest of the registry is kept of what was pulled only.
export function importedName(service: string, pin: ImagePin, by: ImportedBy): { repository: string; tag: string } {
  const tag = pin.digest.replace(/^sha256:/, '').slice(0, 32);
  return { repository: `${ownHost}/${importedUnder[by]}/${service}`, tag };
}

// What is being looked at has this one, which leads to nothing: whatever ended the work, it is found and can be removed.
export function uncheckedName(random: string): { repository: string; tag: string } {
  return { repository: `${ownHost}/unchecked`, tag: random };
}
