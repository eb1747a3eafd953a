// What the Debian package asks of the system. Where a release renamed a package, either name will do.

/**
 * The new name first: where it is known the old one is still promised, also by packages that only pretend.
 * @param {readonly string[]} names of packages that became <name>t64 with Debian 13 and Ubuntu 24.04
 */
const sinceRenamed = (names) => names.map((name) => `${name}t64 | ${name}`);

// The libraries that Electron is linked with, and libnotify and xdg-utils, which it calls.
export const depends = [
  ...sinceRenamed([
    'libasound2',
    'libatk-bridge2.0-0',
    'libatk1.0-0',
    'libatspi2.0-0',
    'libcups2',
    'libglib2.0-0',
    'libgtk-3-0',
  ]),
  'libc6 (>= 2.28)',
  'libcairo2',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libgcc-s1',
  'libnotify4',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  // Of Node, inside the command and the root program.
  'libstdc++6',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
  'xdg-utils',
];

// Without an engine the app can only explain itself, and it works with others too, or with one on another machine.
// The rest is for names and the guard: without it the app says what is missing, or shows the command to copy.
export const recommends = [
  'docker.io | docker-ce | podman-docker',
  'pkexec | policykit-1',
  'polkitd | policykit-1',
  'nftables',
  'dnsmasq-base',
  'libsecret-1-0',
];
