/** @type {import("jest").Config} */
module.exports = {
  testEnvironment: "<rootDir>/__tests__/support/jest/environment.js",
  runtime: "<rootDir>/__tests__/support/jest/runtime.js",
  testSequencer: "<rootDir>/__tests__/support/jest/sequencer.js",
  globalSetup: "<rootDir>/__tests__/support/bundle.ts",
  globalTeardown: "<rootDir>/__tests__/support/remove-run-folder.ts",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
  transform: { "\\.ts$": "<rootDir>/__tests__/support/jest/transform.js" },
  maxWorkers: "100%",
  testTimeout: 60_000,
};
