// Compose v2, as a plugin of the machine or as the benchmarks fetched it.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

export function findCompose(): string | undefined {
  const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
  const places = [
    process.env['MACULA_COMPOSE'] ?? '',
    join(homedir(), '.docker/cli-plugins/docker-compose'),
    '/usr/local/lib/docker/cli-plugins/docker-compose',
    '/usr/lib/docker/cli-plugins/docker-compose',
    '/usr/libexec/docker/cli-plugins/docker-compose',
    join(cache, 'macula-desktop/compose/docker-compose'),
  ];
  return places.find((place) => place !== '' && existsSync(place));
}
