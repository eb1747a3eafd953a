// What each failure means and what to do next. A code without a row does not compile.
import { foreignText, inUseText } from './foreign-text.ts';
import { hostTitles } from './host/refusal-titles.ts';
import { bundleText } from './images/bundle-text.ts';
import { importRefusalText } from './import-refusal.ts';
import { logFailureText } from './log-failure-text.ts';
import { settingFailureText } from './setting-failure-text.ts';
import { writeTrouble } from './write-trouble.ts';
import type { Failure, FailureAction, FailureCode, FailureText } from './failure.ts';
import { attempts, capital, listed, quoted, wideWords } from './failure-words.ts';

type Rows = { readonly [Code in FailureCode]: (failure: Extract<Failure, { code: Code }>) => FailureText };

const retry: FailureAction = { kind: 'retry', label: 'Try again' };
const openSettings: FailureAction = { kind: 'open-settings', label: 'Open Settings' };

const openHost: FailureAction = { kind: 'open-host', label: 'Open Host' };

const rows: Rows = {
  'config-refused': (failure) => ({
    title: `The configuration of ${failure.service} was refused`,
    detail: `Its own program says: ${failure.words}`,
    nextStep:
      'What ran before goes on running. Undo the last change of the settings or of a template of yours (macula config list), and start again.',
  }),
  'telemetry-unavailable': logFailureText,
  'engine-not-found': (failure) => ({
    title: 'No container engine was found',
    detail: attempts(failure.tried),
    nextStep:
      'Install Docker (on Debian or Ubuntu: sudo apt-get install docker.io) or Podman, start it and try again. If yours listens elsewhere, name its address in Settings.',
    action: retry,
  }),
  'engine-not-running': (failure) => ({
    title: 'The container engine is not running',
    detail: `Nothing answers at ${failure.endpoint}. ${attempts(failure.tried)}`.trim(),
    nextStep:
      'Start it (Docker: sudo systemctl start docker; Docker Desktop, Colima or OrbStack: start the program) and try again.',
    action: retry,
  }),
  'engine-permission-denied': (failure) => ({
    title: 'You may not use the container engine',
    detail: `The engine at ${failure.endpoint} refuses this user. ${attempts(failure.tried)}`.trim(),
    nextStep:
      'Join its group (sudo usermod -aG docker $USER), log out and in again; membership is as powerful as root. Or use a rootless engine (dockerd-rootless-setuptool.sh install, or Podman).',
    action: retry,
  }),
  'engine-too-old': (failure) => ({
    title: 'The container engine is too old',
    detail: `${failure.endpoint} speaks version ${failure.found} of the engine's interface; ${failure.needed} is needed.`,
    nextStep: 'Update Docker to 20.10 or newer (Podman to 4.0 or newer) and try again.',
    action: retry,
  }),
  'engine-lost': (failure) => ({
    title: 'The container engine went away',
    detail: failure.detail,
    nextStep: 'Macula reconnects by itself as soon as the engine answers again; then press Start. Nothing was lost.',
    action: retry,
  }),
  'port-taken': (failure) => ({
    title: `Port ${failure.port} on ${failure.address} is taken`,
    detail: `${capital(failure.service)} needs it, but ${failure.owner} holds it.`,
    nextStep:
      failure.port === 80
        ? 'Stop the other program and try again, or switch off port 80 in Settings: every page stays reachable below .localhost, at the port that Settings names.'
        : 'Stop the other program and try again, or switch this service off in Settings.',
    action: failure.port === 80 ? openSettings : retry,
  }),
  'port-not-permitted': (failure) => ({
    title: `The engine may not open a port that ${failure.service} needs`,
    detail: failure.detail,
    nextStep:
      'Switch off port 80 in Settings: every page stays reachable below .localhost, at the port that Settings names.',
    action: openSettings,
  }),
  'no-free-subnet': (failure) => ({
    title: 'No free network range is left',
    detail: `All of these are in use on this machine: ${failure.tried.join(', ')}.`,
    nextStep:
      'Remove a network that is not needed (docker network ls, docker network rm) or leave the VPN, then try again.',
    action: retry,
  }),
  'foreign-container': (failure) => foreignText('container', failure.name),
  'foreign-network': (failure) => foreignText('network', failure.name),
  'foreign-volume': (failure) => foreignText('volume', failure.name),
  'volume-in-use': (failure) => inUseText(failure.name, failure.containers),
  'image-denied': (failure) => ({
    title: `The registry refuses ${failure.image}`,
    detail: failure.detail,
    nextStep:
      'Sign in to the registry (docker login) and try again. Docker Hub also refuses after too many downloads: wait an hour.',
    action: retry,
  }),
  'image-not-found': (failure) => ({
    title: `${failure.image} does not exist in the registry`,
    detail: failure.detail,
    nextStep: 'Update Macula: the pinned image was removed. Until then this service stays off.',
    action: retry,
  }),
  'registry-unreachable': (failure) => ({
    title: `${failure.image} could not be downloaded`,
    detail: failure.detail,
    nextStep:
      "Check the network and the engine's proxy settings and try again. Without a registry: bring the images in a file from another machine (macula bundle export, then macula bundle import), or build stand-ins in a checkout with npm run images.",
    action: retry,
  }),
  'disk-full': (failure) => ({
    title: 'The disk is full',
    detail: failure.detail,
    nextStep:
      "Free some space on the engine's disk (docker system df shows what it uses) and try again. What is there was kept.",
    action: retry,
  }),
  'container-exited': (failure) => ({
    title: `${capital(failure.service)} stopped by itself`,
    detail: `${failure.outOfMemory ? 'It ran out of memory' : `It exited with code ${failure.exitCode}`}. ${quoted(failure.lastLines)}`,
    nextStep: failure.outOfMemory
      ? 'Close other programs or give the engine more memory, then start it again.'
      : 'Look at its logs, then start it again.',
    action: { kind: 'show-logs', label: 'Show logs', service: failure.service },
  }),
  'not-ready': (failure) => ({
    title: `${capital(failure.service)} did not become ready`,
    detail: `${failure.seconds} seconds after its start: ${failure.reason}. ${quoted(failure.lastLines)}`.trim(),
    nextStep: 'Look at its logs. It goes on trying; its state changes as soon as it answers.',
    action: { kind: 'show-logs', label: 'Show logs', service: failure.service },
  }),
  'needed-service-failed': (failure) => ({
    title: `${capital(failure.service)} was not started`,
    detail: `It needs ${capital(failure.needed)}, which failed.`,
    nextStep: `Repair ${capital(failure.needed)}, then start ${capital(failure.service)} again.`,
    action: { kind: 'show-logs', label: `Show logs of ${capital(failure.needed)}`, service: failure.needed },
  }),
  'unknown-service': (failure) => ({
    title: `There is no service "${failure.id}"`,
    detail: `The services are ${failure.known.join(', ')}.`,
    nextStep: 'Use one of these names.',
  }),
  'service-disabled': (failure) => ({
    title: `${capital(failure.id)} is switched off`,
    detail: 'Services that are switched off in Settings are not started.',
    nextStep: `Switch it on in Settings, then start it.`,
    action: openSettings,
  }),
  'settings-corrupt': (failure) => ({
    title: 'The settings file could not be read',
    detail: `${failure.path}: ${failure.detail}. It was kept as ${failure.keptAs}; default settings are used, but the widest limits of retention, so that nothing is deleted.`,
    nextStep:
      'Check Settings, and how long telemetry is kept (macula retention). To get the old ones back, repair the kept file and put it in place.',
    action: openSettings,
  }),
  'settings-rejected': (failure) => ({
    title: 'Some settings could not be used',
    detail: `In ${failure.path}: ${failure.keys.join(', ')}. The defaults are used for these${wideWords(failure.keys)}; the file was not changed.`,
    nextStep: 'Set them again in Settings.',
    action: openSettings,
  }),
  'settings-unwritable': (failure) => ({
    title: 'The settings could not be saved',
    detail: `${failure.path}: ${failure.detail}`,
    nextStep: writeTrouble(failure.detail).nextStep,
    action: retry,
  }),
  'settings-collide': settingFailureText,
  'password-not-changed': settingFailureText,
  'password-not-kept': settingFailureText,
  'login-unavailable': settingFailureText,
  'host-refused': (failure) => ({
    title: hostTitles[failure.reason],
    detail: /[.!?]$/.test(failure.detail) ? failure.detail : `${failure.detail}.`,
    nextStep:
      failure.reason === 'missing-program'
        ? 'Install it and try again.'
        : 'Look at the preview again. Nothing has to be undone first.',
    action: openHost,
  }),
  'host-dismissed': () => ({
    title: 'Nothing was changed',
    detail: 'The password prompt was dismissed.',
    nextStep: 'Try again when you want it; everything works without it too, at the addresses that need no set-up.',
  }),
  'host-by-hand': (failure) => ({
    title: 'This has to be done in a terminal',
    detail: `Nobody could be asked for a password here, or it was not taken. As root, this does the same: ${failure.commandLine}`,
    nextStep: 'Run that line. For a password prompt here, install and start a polkit agent.',
    action: openHost,
  }),
  'host-unavailable': (failure) => ({
    title: 'This machine cannot be changed from here',
    detail: failure.detail,
    nextStep: 'Everything works without it too, at the addresses that need no set-up.',
  }),
  'names-unusable': (failure) => ({
    title: `Names cannot be set up with ${failure.backend} here`,
    detail: failure.detail,
    nextStep:
      failure.remedy === undefined ? 'Choose another way (macula host status lists them).' : `Run: ${failure.remedy}`,
    action: openHost,
  }),
  'lan-unavailable': (failure) => ({
    title: 'LAN mode cannot be turned on',
    detail: failure.detail,
    nextStep: 'Put that right and try again. Nothing was opened.',
    action: openHost,
  }),
  'lan-unprotected': (failure) => ({
    title: `${listed(failure.services)} would be open to everybody on the network`,
    detail: 'They have no password of their own: whoever reaches them can read and write. Nothing was opened.',
    nextStep: 'Leave them out, or say that this is wanted (macula lan on --allow-unprotected).',
    action: openHost,
  }),
  'lan-default-password': (failure) => ({
    title: 'Grafana still has its first password',
    detail: failure.detail,
    nextStep:
      'Give Grafana another password (page Settings, or macula settings password) and try again. Nothing was opened.',
    action: openSettings,
  }),
  'import-refused': (failure) => importRefusalText(failure.service, failure.refusal),
  'bundle-failed': bundleText,
  busy: (failure) => ({
    title: 'Something else is under way',
    detail: `"${failure.running}" has not finished.`,
    nextStep: 'Wait for it or cancel it, then try again.',
  }),
  'engine-rules-gone': (failure) => ({
    title: "The engine's own firewall rules are gone",
    detail: `Somebody emptied this machine's rules (nft flush ruleset, or a firewall that was started anew). ${failure.detail}`,
    nextStep: 'Restart the engine (sudo systemctl restart docker): it makes them again. Then try again.',
    action: retry,
  }),
  'file-unwritable': logFailureText,
  'grafana-off': logFailureText,
  'operation-failed': (failure) => ({
    title: `The engine could not ${failure.operation}`,
    detail: failure.detail,
    nextStep:
      "Try again. If it stays, the engine's own log says more (Docker: journalctl -u docker; Podman: journalctl --user -u podman).",
    action: retry,
  }),
};

export function failureText(failure: Failure): FailureText {
  // Each row takes the failure of its own code; the compiler cannot follow that through the look-up.
  const row = rows[failure.code] as (failure: Failure) => FailureText;
  return row(failure);
}
