/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "<rootDir>/__tests__/support/jest/environment.js",
  runtime: "<rootDir>/__tests__/support/jest/runtime.js",
  globalSetup: "<rootDir>/__tests__/support/bundle.ts",
  globalTeardown: "<rootDir>/__tests__/support/remove-tarball.ts",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
  transform: { "\\.ts$": "<rootDir>/__tests__/support/jest/transform.js" },
  maxWorkers: "100%",
  testTimeout: 60_000,
  // A test that fails half-way may leave a server running, which must not keep the whole run from ending.
  forceExit: true,
};
