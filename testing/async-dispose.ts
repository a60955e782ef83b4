/** Jest before version 30 runs tests in a realm without what Node has: `await using` could not be compiled for it. */
if (!Object.hasOwn(Symbol, "asyncDispose")) {
  Object.defineProperty(Symbol, "asyncDispose", { value: Symbol.for("Symbol.asyncDispose") });
}
