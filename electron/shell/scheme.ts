// app://ui: the window's own files and nothing else. Requests are looked up in a list made once; no path is ever joined.
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { CustomScheme } from 'electron';

export const ownScheme: CustomScheme = {
  scheme: 'app',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

export const pageAddress = 'app://ui/index.html';

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

// Path in the address -> file.
export type FileList = ReadonlyMap<string, string>;

export function listFiles(folder: string): FileList {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    files.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [file.slice(folder.length).split(sep).join('/'), file];
    }),
  );
}

export async function respond(request: Request, files: FileList): Promise<Response> {
  const { host, pathname } = new URL(request.url);
  const file = host === 'ui' && request.method === 'GET' ? files.get(pathname) : undefined;
  if (file === undefined) return new Response(null, { status: 404, headers: ownHeaders('.html') });
  return new Response(new Uint8Array(await readFile(file)), { headers: ownHeaders(extname(file)) });
}

function ownHeaders(extension: string): Record<string, string> {
  return {
    'Content-Type': contentTypes[extension] ?? 'application/octet-stream',
    'Content-Security-Policy': contentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
  };
}
