// How dnsmasq is installed on a distribution, by the id that /etc/os-release gives it.

// Debian's package "dnsmasq" would start a server on port 53 at once; this one holds the program alone.
const commands: Readonly<Record<string, string>> = {
  debian: 'sudo apt-get install dnsmasq-base',
  ubuntu: 'sudo apt-get install dnsmasq-base',
  linuxmint: 'sudo apt-get install dnsmasq-base',
  raspbian: 'sudo apt-get install dnsmasq-base',
  fedora: 'sudo dnf install dnsmasq',
  rhel: 'sudo dnf install dnsmasq',
  centos: 'sudo dnf install dnsmasq',
  arch: 'sudo pacman -S dnsmasq',
  manjaro: 'sudo pacman -S dnsmasq',
  suse: 'sudo zypper install dnsmasq',
  opensuse: 'sudo zypper install dnsmasq',
  sles: 'sudo zypper install dnsmasq',
  macos: 'brew install dnsmasq',
};

export function installCommand(distribution: string): string | undefined {
  return Object.hasOwn(commands, distribution) ? commands[distribution] : undefined;
}
