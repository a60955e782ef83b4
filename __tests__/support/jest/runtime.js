const { join, sep } = require("node:path");
const { Script } = require("node:vm");
const { default: Runtime } = require("jest-runtime");

const repository = join(__dirname, "../../..");
const SHARED = ["node_modules", "aws", "cli", "constructs", "emulator", "review", "server", "topology"].map(
  (folder) => join(repository, folder) + sep,
);

/** By path, what the test files that ran in this process have loaded. */
const modules = new Map();
const sourceMaps = new Map();
let current;

/**
 * Loads the project and its packages once in a process, instead of once for each test file, and so keeps what V8 has
 * made of them. Tests and what supports them are loaded for each file: they register hooks.
 */
module.exports = class SharingRuntime extends Runtime {
  constructor(...parameters) {
    super(...parameters);
    current = this;
    this._sourceMapRegistry = sourceMaps;
    for (const [path, module] of modules) this._moduleRegistry.set(path, module);
  }

  /** A file that replaces a module has all the others for itself. */
  setMock(...parameters) {
    this.isAlone = true;
    this._moduleRegistry.clear();
    super.setMock(...parameters);
  }

  /** What a shared module loads later, it loads for the file that runs by then. */
  requireModuleOrMock(from, name) {
    return this === current ? super.requireModuleOrMock(from, name) : current.requireModuleOrMock(from, name);
  }

  createScriptFromCode(source, filename) {
    const script = new Script(this.wrapCodeInModuleWrapper(source), { filename });
    return { runInContext: () => script.runInThisContext() };
  }

  teardown() {
    for (const [path, module] of this.isAlone ? [] : this._moduleRegistry) {
      if (module.loaded && SHARED.some((folder) => path.startsWith(folder))) modules.set(path, module);
    }
    super.teardown();
  }
};
