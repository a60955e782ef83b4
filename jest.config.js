const { availableParallelism } = require("node:os");

/** @type {import("jest").Config} */
module.exports = {
  // Said, so that the construct tests on CDK Terrain find what these have been compiled to.
  id: "cdktf-agentcore",
  cacheDirectory: "<rootDir>/node_modules/.cache/jest",
  testEnvironment: "<rootDir>/__tests__/support/jest/environment.js",
  runtime: "<rootDir>/__tests__/support/jest/runtime.js",
  testSequencer: "<rootDir>/__tests__/support/jest/sequencer.js",
  globalSetup: "<rootDir>/__tests__/support/bundle.ts",
  globalTeardown: "<rootDir>/__tests__/support/remove-run-folder.ts",
  testMatch: ["<rootDir>/__tests__/**/*.test.ts"],
  modulePathIgnorePatterns: ["<rootDir>/dist", "<rootDir>/cdktf.out"],
  // As they are imported; in a checkout they would be started from their sources.
  moduleNameMapper: {
    "^\\.\\./(cli/)?bundled-server$": "<rootDir>/__tests__/support/published-server.ts",
    "^\\./own-bootstrap$": "<rootDir>/__tests__/support/published-bootstrap.ts",
  },
  transform: { "\\.ts$": "<rootDir>/__tests__/support/jest/transform.js" },
  // More than there are processors, because tests wait for programs, the network and the disk.
  maxWorkers: Math.ceil(availableParallelism() * 1.5),
  testTimeout: 60_000,
};
