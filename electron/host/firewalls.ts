// Firewalls that are on, as far as that can be told without root. Pure.

// Of /etc/ufw/ufw.conf.
export function isUfwOn(configuration: string | undefined): boolean {
  return configuration !== undefined && /^\s*ENABLED\s*=\s*["']?yes["']?\s*(#.*)?$/im.test(configuration);
}

export function activeFirewalls(ufwConfiguration: string | undefined, isFirewalldActive: boolean): readonly string[] {
  return [...(isUfwOn(ufwConfiguration) ? ['ufw'] : []), ...(isFirewalldActive ? ['firewalld'] : [])];
}
