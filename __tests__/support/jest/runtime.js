const { AsyncResource } = require("node:async_hooks");
const { join } = require("node:path");
const { Script } = require("node:vm");
const { default: Runtime } = require("jest-runtime");

const repository = join(__dirname, "../../..");

/** What does something when it is loaded, such as to register a hook: each test file loads it for itself. */
const OWN = ["__tests__", "bench", "docs", "examples", "main.ts", "testing"].map((name) => join(repository, name));
const isShared = (path, { loaded }) => loaded && !OWN.some((own) => path.startsWith(own));

/** By path, what the test files that ran in this process have loaded. */
const modules = new Map();
const sourceMaps = new Map();
let current;

/** Where Jest compiles, and listens for signals while it writes: not where the code runs that asks for a file. */
const outside = new AsyncResource("Jest");

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

  /** Isolated, too, are only the modules that test files have for themselves. */
  isolateModules(act) {
    super.isolateModules(() => {
      for (const [path, module] of this._moduleRegistry)
        if (isShared(path, module)) this._isolatedModuleRegistry.set(path, module);
      act();
    });
  }

  /** What a shared module loads later, it loads for the file that runs by then. */
  requireModuleOrMock(from, name) {
    // TypeScript calls a file that it imports() what it will be once it is compiled.
    const file = from.endsWith(".ts") ? name.replace(/^(\.{1,2}\/.*)\.js$/, "$1") : name;
    return this === current ? super.requireModuleOrMock(from, file) : current.requireModuleOrMock(from, file);
  }

  transformFile(...parameters) {
    return outside.runInAsyncScope(() => super.transformFile(...parameters));
  }

  createScriptFromCode(source, filename) {
    const script = new Script(this.wrapCodeInModuleWrapper(source), { filename });
    return { runInContext: () => script.runInThisContext() };
  }

  teardown() {
    for (const [path, module] of this.isAlone ? [] : this._moduleRegistry)
      if (isShared(path, module)) modules.set(path, module);
    super.teardown();
  }
};
