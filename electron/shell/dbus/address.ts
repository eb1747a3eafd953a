// Where the session bus listens: 'unix:path=/run/user/1000/bus,guid=…;unix:abstract=/tmp/…'.
export function sessionBusPath(environment: Readonly<Record<string, string | undefined>>): string | undefined {
  const address = environment['DBUS_SESSION_BUS_ADDRESS'];
  if (address !== undefined && address !== '') return socketPath(address);
  const folder = environment['XDG_RUNTIME_DIR'];
  return folder === undefined || folder === '' ? undefined : `${folder}/bus`;
}

// The first socket of the list that can be used here.
export function socketPath(addresses: string): string | undefined {
  for (const address of addresses.split(';')) {
    if (!address.startsWith('unix:')) continue;
    const options = new Map(address.slice('unix:'.length).split(',').map(keyAndValue));
    const path = options.get('path');
    if (path !== undefined) return path;
    const abstract = options.get('abstract');
    if (abstract !== undefined) return `\0${abstract}`;
  }
  return undefined;
}

function keyAndValue(option: string): [string, string] {
  const at = option.indexOf('=');
  const value = option.slice(at + 1);
  // A broken escape is no reason to fail at start.
  return [
    option.slice(0, at),
    value.replaceAll(/%([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  ];
}
