// The one page of a stub. Plain HTML with everything in it: it loads nothing.
import type { ImageService } from '../recipe.ts';

// `buildable`: the real program can be built here from its sources; others can only be pulled.
export function stubPage(service: ImageService, buildable: boolean): string {
  const { title, image } = service;
  const reference = `${image.repository}:${image.tag}`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Stand-in for ${escape(title)}</title>
<style>
  :root { color-scheme: light dark; --ink: #1c2330; --soft: #5a6477; --paper: #f6f7f9; --card: #fff; --line: #dfe3ea; --mark: #9a5b00; }
  @media (prefers-color-scheme: dark) {
    :root { --ink: #e8ebf1; --soft: #a2acbd; --paper: #12161d; --card: #1a2029; --line: #2c3441; --mark: #f0b35a; }
  }
  body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--paper); color: var(--ink); font: 16px/1.55 system-ui, sans-serif; }
  main { max-width: 36rem; margin: 2rem; padding: 2rem 2.25rem; background: var(--card); border: 1px solid var(--line); border-radius: 14px; }
  p.mark { margin: 0 0 .5rem; color: var(--mark); font-weight: 600; }
  h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
  h2 { margin: 1.75rem 0 .5rem; font-size: 1rem; }
  p, li { color: var(--soft); }
  code { font: .9em ui-monospace, monospace; color: var(--ink); }
  ol { padding-left: 1.25rem; }
</style>
</head>
<body>
<main>
  <p class="mark">Stub</p>
  <h1>This is not ${escape(title)}.</h1>
  <p>No image registry could be reached when this container was made, so a stand-in runs in the place of <code>${escape(reference)}</code>.
  It answers that it is ready and shows this page. It keeps no data and does nothing else.</p>
  <h2>What makes it real</h2>
  <ol>
    ${stepsFor(service, buildable).join('\n    ')}
  </ol>
</main>
</body>
</html>
`;
}

function stepsFor({ id, image }: ImageService, buildable: boolean): string[] {
  const reference = escape(`${image.repository}:${image.tag}`);
  const pull = `<li>On a machine that reaches the registry: <code>docker pull ${reference}</code>, then start the service again.</li>`;
  const carry = `<li>Or carry it over: <code>docker save ${reference} -o image.tar</code> there, <code>docker load -i image.tar</code> here.</li>`;
  const build = `<li>From a checkout of Macula Desktop: <code>npm run images -- ${escape(id)}</code> builds the real program from its sources.</li>`;
  return buildable ? [build, pull, carry] : [pull, carry];
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}
