// The services' configuration templates, carried inside every bundle that plans: path below resources/templates -> text.
const root = '../../resources/templates/';

const files = import.meta.glob<string>('../../resources/templates/**/*', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export const templates: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(files).map(([path, text]) => [path.slice(root.length), text]),
);
