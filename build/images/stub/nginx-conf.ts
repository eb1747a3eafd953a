// nginx in the place of a program that could not be had: the same ports, the same readiness, and an honest page.
import type { ImageService } from '../recipe.ts';

// Where every stub keeps its own configuration and page: nowhere that the real program's files are uploaded to.
export const stubFolder = 'usr/share/macula-stub';

const entry = 'exec /usr/sbin/nginx -e /dev/stderr -c /usr/share/macula-stub/nginx.conf -g "daemon off;"';

// The arguments of the real program come after these, and a shell that is given its commands does not look at them.
export const stubEntrypoint: readonly string[] = ['/bin/sh', '-c', entry, 'stub'];

// It runs as the user of the real image, so everything that is written is below /tmp.
export function stubNginxConf(service: ImageService, user: string | undefined): string {
  const { ready } = service;
  const ports = stubPorts(service);
  const readyBody = ready.json ? readyJson(ready.json, service.image.tag) : `Macula stub of ${service.title}: ready\n`;
  const readyType = ready.json ? 'application/json' : 'text/plain';
  return `${user ? '' : 'user nginx;\n'}worker_processes 1;
pid /tmp/nginx.pid;
error_log /dev/stderr notice;

events {
  worker_connections 256;
}

http {
  include /etc/nginx/mime.types;
  default_type text/plain;
  access_log /dev/stdout combined;
  client_max_body_size 64m;
  client_body_temp_path /tmp/body;
  proxy_temp_path /tmp/proxy;
  fastcgi_temp_path /tmp/fastcgi;
  uwsgi_temp_path /tmp/uwsgi;
  scgi_temp_path /tmp/scgi;
${ports.map((port) => server(port, port === ready.port)).join('')}}
`;

  function server(port: number, isMain: boolean): string {
    return `
  server {
    listen ${port};
    root /${stubFolder}/html;
    add_header X-Macula-Substitute stub always;${isMain ? mainLocations() : ''}
    location / {
      return 501 "Macula stub of ${service.title}: nothing is kept and nothing is answered here.\\n";
    }
  }
`;
  }

  function mainLocations(): string {
    const readyPath =
      ready.path === '/'
        ? ''
        : `
    location = ${ready.path} {
      default_type ${readyType};
      return 200 '${readyBody}';
    }`;
    return `${readyPath}
    location = / {
      try_files /index.html =404;
    }`;
  }
}

export function stubPorts(service: ImageService): number[] {
  return [...new Set([service.ready.port, ...service.ports.map(({ port }) => port)])];
}

function readyJson(wanted: { readonly key: string; readonly value: string }, tag: string): string {
  return JSON.stringify({ [wanted.key]: wanted.value, version: tag, commit: 'stub' });
}
