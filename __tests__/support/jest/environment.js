const { ModernFakeTimers } = require("@jest/fake-timers");
const { ModuleMocker } = require("jest-mock");

/**
 * Tests run in the process's own JavaScript context. In a context of node:vm each use of a global, such as
 * Array.isArray, goes through an interceptor, which makes the same code take twice as long.
 */
module.exports = class OwnContext {
  constructor({ projectConfig }) {
    this.global = globalThis;
    this.moduleMocker = new ModuleMocker(globalThis);
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    this.before = processState();
  }

  async setup() {
    // What is tested finds no terminal, wherever the tests run.
    for (const stream of [process.stdout, process.stderr]) stream.isTTY = false;
    const { prepareStackTrace } = Error;
    // CDKTF notes for each token where it was made: looking all of that up in source maps takes a third of the time, and
    // to write down all of it a twentieth.
    Error.prepareStackTrace = (error, frames) =>
      error instanceof Error ? prepareStackTrace(error, frames) : ["", ...frames.slice(0, 3)].join("\n    at ");
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    restore(this.before);
  }

  exportConditions() {
    return ["node", "node-addons"];
  }

  /** The runtime has to be given one; that of runtime.js runs scripts without it. */
  getVmContext() {
    return this.global;
  }
};

/** What Jest and a test file change in the process, and the next file has to find as it was. */
function processState() {
  const { console, fetch } = globalThis;
  const { env, exit, exitCode } = process;
  const { prepareStackTrace, stackTraceLimit } = Error;
  const { stdout, stderr } = process;
  return {
    globals: { console, fetch },
    process: { env, exit, exitCode },
    variables: { ...env },
    folder: process.cwd(),
    error: { prepareStackTrace, stackTraceLimit },
    terminals: [stdout.isTTY, stderr.isTTY],
  };
}

function restore(before) {
  Object.assign(globalThis, before.globals);
  Object.assign(process, before.process);
  Object.assign(Error, before.error);
  for (const name of Object.keys(process.env)) if (!(name in before.variables)) delete process.env[name];
  Object.assign(process.env, before.variables);
  process.chdir(before.folder);
  [process.stdout.isTTY, process.stderr.isTTY] = before.terminals;
}
