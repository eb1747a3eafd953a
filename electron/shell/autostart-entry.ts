// The text of an autostart entry. Pure.
// https://specifications.freedesktop.org/desktop-entry-spec/latest/ (the Exec key; escapes of strings)

const mark = 'X-Macula-Desktop=true';

// The program to start. An AppImage is unpacked anew at each start, so its own file is what lasts. Whatever was started
// out of another one has that one's variables.
export function lastingProgram(running: string, environment: Readonly<Record<string, string | undefined>>): string {
  const { APPIMAGE: file, APPDIR: unpacked } = environment;
  const isOwn = file !== undefined && unpacked !== undefined && running.startsWith(`${unpacked}/`);
  return isOwn ? file : running;
}

export function autostartEntry(command: readonly string[]): string {
  return `[Desktop Entry]
Type=Application
Version=1.1
Name=Macula
Comment=The developer infrastructure of the Macula platform
${commandKeys(command)}
Icon=macula-desktop
Terminal=false
StartupNotify=false
X-GNOME-Autostart-enabled=true
${mark}
`;
}

function commandKeys(command: readonly string[]): string {
  const [program = ''] = command;
  return `Exec=${command.map(quoted).join(' ')}\nTryExec=${escaped(program)}`;
}

// An argument in double quotes, with what is special within them escaped; a percent sign would begin a field code.
function quoted(argument: string): string {
  const plain = /^[A-Za-z0-9_./:@=+,-]+$/.test(argument);
  const text = argument.replaceAll('%', '%%');
  return plain ? text : escaped(`"${text.replace(/["`$\\]/g, '\\$&')}"`);
}

// Every value is a string first, in which a backslash stands before another character.
function escaped(value: string): string {
  return value.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t').replaceAll('\r', '\\r');
}

export function isOurs(text: string): boolean {
  return text.split('\n').some((line) => line.trim() === mark);
}

// Whether a desktop starts it: its user may have switched it off there, which leaves the file.
export function isOn(text: string, desktop: string | undefined): boolean {
  const keys = keysOf(text);
  if (keys.get('Hidden') === 'true' || keys.get('X-GNOME-Autostart-enabled') === 'false') return false;
  const desktops = (desktop ?? '').split(':').filter((name) => name !== '');
  const names = (key: string): readonly string[] => (keys.get(key) ?? '').split(';').filter((name) => name !== '');
  if (desktops.some((name) => names('NotShowIn').includes(name))) return false;
  const only = names('OnlyShowIn');
  return only.length === 0 || desktops.some((name) => only.includes(name));
}

// Switched on again, for the program of now; everything else in it stays.
export function withoutHiding(text: string, command: readonly string[]): string {
  const own = ['Exec', 'TryExec', 'Hidden', 'X-GNOME-Autostart-enabled', 'OnlyShowIn', 'NotShowIn'];
  let isMain = false;
  const lines = text.split('\n').flatMap((line) => {
    if (line.trim().startsWith('[')) {
      isMain = line.trim() === '[Desktop Entry]';
      return isMain ? [line, commandKeys(command), 'X-GNOME-Autostart-enabled=true'] : [line];
    }
    const key = /^\s*([A-Za-z0-9-]+)\s*=/.exec(line)?.[1];
    return isMain && key !== undefined && own.includes(key) ? [] : [line];
  });
  return lines.join('\n');
}

function keysOf(text: string): ReadonlyMap<string, string> {
  const [, main = ''] = /^\[Desktop Entry\]$([\s\S]*?)(?=^\[|$(?![\s\S]))/m.exec(text) ?? [];
  return new Map(
    main.split('\n').flatMap((line) => {
      const [, key, value] = /^\s*([A-Za-z0-9-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value] as const];
    }),
  );
}
