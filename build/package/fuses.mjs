import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';

// What the packaged Electron can no longer do, in electron-builder's words. The executable belongs to root and is
// trusted by its place: no switch, variable or other file may turn it into a program of somebody else's.
export const wantedFuses = {
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: false,
  enableCookieEncryption: true,
  onlyLoadAppFromAsar: true,
  // Electron looks at it on macOS and Windows only; elsewhere it changes nothing.
  enableEmbeddedAsarIntegrityValidation: true,
  grantFileProtocolExtraPrivileges: false,
  loadBrowserProcessSpecificV8Snapshot: false,
};

// The same in the words of the wire.
const places = {
  runAsNode: FuseV1Options.RunAsNode,
  enableNodeOptionsEnvironmentVariable: FuseV1Options.EnableNodeOptionsEnvironmentVariable,
  enableNodeCliInspectArguments: FuseV1Options.EnableNodeCliInspectArguments,
  enableCookieEncryption: FuseV1Options.EnableCookieEncryption,
  onlyLoadAppFromAsar: FuseV1Options.OnlyLoadAppFromAsar,
  enableEmbeddedAsarIntegrityValidation: FuseV1Options.EnableEmbeddedAsarIntegrityValidation,
  grantFileProtocolExtraPrivileges: FuseV1Options.GrantFileProtocolExtraPrivileges,
  loadBrowserProcessSpecificV8Snapshot: FuseV1Options.LoadBrowserProcessSpecificV8Snapshot,
};

/** @typedef {keyof typeof wantedFuses} FuseName */

/**
 * Read from the executable itself, since a fuse that was never set fails in silence.
 * @param {string} executable
 * @returns {Promise<Record<FuseName, string>>}
 */
export async function readFuses(executable) {
  const wire = await getCurrentFuseWire(executable);
  const states = Object.entries(places).map(([name, place]) => [name, stateName(wire[place])]);
  return Object.fromEntries(states);
}

/** @param {FuseState | undefined} state */
function stateName(state) {
  if (state === FuseState.ENABLE) return 'on';
  return state === FuseState.DISABLE ? 'off' : 'absent';
}

/** @param {string} executable */
export async function checkFuses(executable) {
  const found = await readFuses(executable);
  const wrong = Object.entries(wantedFuses).filter(
    ([name, isOn]) => found[/** @type {FuseName} */ (name)] !== (isOn ? 'on' : 'off'),
  );
  if (wrong.length === 0) return;
  const told = wrong.map(
    ([name, isOn]) => `${name} is ${found[/** @type {FuseName} */ (name)]}, not ${isOn ? 'on' : 'off'}`,
  );
  throw new Error(`The packaged Electron has other fuses than it should: ${told.join('; ')}`);
}
