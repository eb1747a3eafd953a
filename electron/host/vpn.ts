// Which interfaces are a VPN's.

const names = /^(tun|tap|wg|ppp|ipsec|vpn|zt|tailscale|nordlynx|proton|mullvad|cscotun|gpd|outline|surfshark|warp)/i;
// A modem is as bare as a tunnel, and no VPN.
const modems = /^ww/;
// Of /sys/class/net/<name>/type: PPP, and none at all, as tunnels have it.
const bareTypes: ReadonlySet<string> = new Set(['512', '65534']);

export function isVpnInterface(name: string, type: string | undefined): boolean {
  if (modems.test(name)) return false;
  return names.test(name) || (type !== undefined && bareTypes.has(type.trim()));
}

// macOS always has tunnels of its own, which have no IPv4 address.
export function isMacVpn(name: string, addresses: readonly string[]): boolean {
  return /^(utun|ipsec|ppp)/.test(name) && addresses.some((address) => !address.includes(':'));
}
