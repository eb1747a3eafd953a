// What the system itself has to provide, and for what. Packages are Debian's and Ubuntu's; where a release renamed one,
// the first name that the release knows is taken.

/**
 * @typedef {object} Need
 * @property {string} title as people call it
 * @property {readonly string[]} packages alternatives of one package
 * @property {string} [library] the name that the loader looks for
 * @property {string} [command]
 * @property {string} [file]
 * @property {string} [folder] with at least one file in it
 * @property {string} why
 */

/** @type {readonly Need[]} */
export const electronNeeds = [
  { title: 'GTK 3', packages: ['libgtk-3-0t64', 'libgtk-3-0'], library: 'libgtk-3.so.0', why: 'windows and the tray' },
  { title: 'NSS', packages: ['libnss3'], library: 'libnss3.so', why: 'certificates' },
  { title: 'GBM', packages: ['libgbm1'], library: 'libgbm.so.1', why: 'drawing' },
  { title: 'ALSA', packages: ['libasound2t64', 'libasound2'], library: 'libasound.so.2', why: 'sound, linked in' },
  { title: 'libnotify', packages: ['libnotify4'], library: 'libnotify.so.4', why: 'notifications' },
];

/** @type {readonly Need[]} */
export const engineNeeds = [
  { title: 'a container engine', packages: ['docker.io'], command: 'dockerd', why: 'runs the services' },
  { title: 'iptables', packages: ['iptables'], command: 'iptables', why: 'the engine publishes ports with it' },
];

/** @type {readonly Need[]} */
export const testNeeds = [
  ...electronNeeds,
  { title: 'Xvfb', packages: ['xvfb'], command: 'Xvfb', why: 'a display for the real application' },
  { title: 'D-Bus', packages: ['dbus-daemon', 'dbus'], command: 'dbus-daemon', why: 'a private bus for the tray' },
  { title: 'a font', packages: ['fonts-dejavu-core'], folder: '/usr/share/fonts/truetype', why: 'text on screenshots' },
  { title: 'Chromium', packages: ['chromium'], command: 'chromium', why: 'the window on a current browser' },
  { title: 'Podman', packages: ['podman'], command: 'podman', why: 'the engine suite runs on it too' },
  { title: 'uidmap', packages: ['uidmap'], command: 'newuidmap', why: 'Podman without root' },
  {
    title: 'slirp4netns',
    packages: ['slirp4netns'],
    command: 'slirp4netns',
    why: 'the network of Podman without root',
  },
  {
    title: 'a keyring',
    packages: ['gnome-keyring'],
    command: 'gnome-keyring-daemon',
    why: 'a real one keeps the password in the tests of the real application',
  },
  { title: 'xdotool', packages: ['xdotool'], command: 'xdotool', why: 'closes the window as a person does' },
  { title: 'OpenSSL', packages: ['openssl'], command: 'openssl', why: 'a certificate for a stand-in over https' },
  { title: 'iproute2', packages: ['iproute2'], command: 'ip', why: 'a bridge for an engine of a test' },
  { title: 'procps', packages: ['procps'], command: 'pkill', why: 'ends what Podman without root leaves' },
  {
    title: 'names on its networks',
    packages: ['aardvark-dns'],
    folder: '/usr/lib/podman',
    why: 'containers find each other',
  },
  { title: 'subordinate ids', packages: ['uidmap'], command: 'newuidmap', why: 'Podman without root' },
  { title: 'slirp4netns', packages: ['slirp4netns'], command: 'slirp4netns', why: 'networks without root' },
];

/** @type {readonly Need[]} */
export const packageNeeds = [
  { title: 'dpkg-deb', packages: ['dpkg'], command: 'dpkg-deb', why: 'makes the package' },
  { title: 'strip', packages: ['binutils'], command: 'strip', why: 'takes symbols out of Node' },
];

/** @type {readonly Need[]} */
export const packageTestNeeds = [
  ...packageNeeds,
  {
    title: 'desktop-file-validate',
    packages: ['desktop-file-utils'],
    command: 'desktop-file-validate',
    why: 'says whether desktops understand the entry',
  },
];

/** @type {readonly Need[]} */
export const helperTestNeeds = [
  { title: 'strace', packages: ['strace'], command: 'strace', why: 'cuts the root program off at any of its calls' },
  { title: 'nftables', packages: ['nftables'], command: 'nft', why: 'the guard is one' },
  { title: 'dnsmasq', packages: ['dnsmasq-base'], command: 'dnsmasq', why: 'reads what is rendered for it' },
  { title: 'iproute2', packages: ['iproute2'], command: 'ip', why: 'a network of its own' },
  { title: 'chattr', packages: ['e2fsprogs'], command: 'chattr', why: 'protects a file' },
];

/** @type {readonly Need[]} */
export const testMachineNeeds = [
  { title: 'debootstrap', packages: ['debootstrap'], command: 'debootstrap', why: 'makes a Debian in a folder' },
  {
    title: "Debian's keys",
    packages: ['debian-archive-keyring'],
    file: '/usr/share/keyrings/debian-archive-keyring.gpg',
    why: 'shows that it is Debian',
  },
  { title: 'iproute2', packages: ['iproute2'], command: 'ip', why: 'networks of the machine' },
];
