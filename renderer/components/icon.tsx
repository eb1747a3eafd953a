// Small drawings beside words. They never stand alone: every button has a name in text.
const drawings = {
  start: 'M5 3.5v9l7.5-4.5z',
  stop: 'M4 4h8v8H4z',
  restart: 'M12.5 8a4.5 4.5 0 1 1-1.4-3.3M12.5 2v3h-3',
  open: 'M6.5 4H12v5.5M12 4 4.5 11.5',
  logs: 'M3 4h10M3 8h7M3 12h9',
  copy: 'M6 6h7v7H6zM10 6V3H3v7h3',
  check: 'm3.5 8.5 3 3 6-7',
  close: 'm4 4 8 8M12 4l-8 8',
  menu: 'M3 4.5h10M3 8h10M3 11.5h10',
  end: 'M8 3v9M4.5 8.5 8 12l3.5-3.5',
  up: 'm4 10 4-4 4 4',
  down: 'm4 6 4 4 4-4',
  search: 'M7 11.500a4.500 4.500 0 1 0 0-9 4.500 4.500 0 0 0 0 9zM10.300 10.300 13.500 13.500',
  save: 'M8 2.5v7M5 7l3 3 3-3M3 12.500h10',
  pause: 'M5.5 4v8M10.5 4v8',
  remove: 'M3 4.5h10M6 4.5V3h4v1.5M4.5 4.5l.5 8.5h6l.5-8.5',
  power: 'M8 2.5v5M5 4.3a5 5 0 1 0 6 0',
  lock: 'M5 7V5a3 3 0 0 1 6 0v2M3.5 7h9v6.5h-9z',
  unlocked: 'M5 7V5a3 3 0 0 1 5.8-1M3.5 7h9v6.5h-9z',
  qr: 'M3 3h4v4H3zM9 3h4v4H9zM3 9h4v4H3zM9.5 9.5v.1M12.5 9.5v.1M11 11.2v.1M9.5 12.8v.1M12.7 12.8v.1',
  dashboard: 'M3 13V3M3 13h10M6 10.500V8M9 10.500V5.500M12 10.500V7',
  page: 'M4 2.500h5l3 3v8H4zM9 2.500v3h3',
  keyboard: 'M2 4.500h12v7H2zM4.500 7v.1M7 7v.1M9.500 7v.1M11.700 7v.1M5 9.300h6',
  info: 'M8 7.5v4M8 4.6v.3M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12z',
} as const;

export type IconName = keyof typeof drawings;

const filled: ReadonlySet<IconName> = new Set(['start', 'stop']);

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className={filled.has(name) ? 'icon icon-filled' : 'icon'} viewBox="0 0 16 16" aria-hidden="true">
      <path d={drawings[name]} />
    </svg>
  );
}
