// Stands in for packages that are left out of the bundles (see configs.mjs). Loading it is harmless; using it is an error.

export class Client {
  constructor() {
    throw new Error('Engines behind ssh:// are not supported: this program is built without ssh2');
  }
}
