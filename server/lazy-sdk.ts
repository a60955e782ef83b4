let loaded: typeof import("./sdk") | undefined;

/**
 * What the server runs of the SDK, loaded by the first request that needs it: loading takes as long as all the rest of a
 * start, and a call of a tool rarely needs it.
 */
export function sdk(): typeof import("./sdk") {
  // import() would make every reader of messages wait for a promise.
  // oxlint-disable-next-line typescript/no-require-imports
  return (loaded ??= require("./sdk") as typeof import("./sdk"));
}
