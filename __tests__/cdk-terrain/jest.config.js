const { join, resolve } = require("node:path");

const { cacheDirectory, id } = require("../../jest.config");

const repository = resolve(__dirname, "../..");
const packages = join(repository, "node_modules/.cache/cdk-terrain/node_modules");

// What a project says in its cdktf.json, and the command-line tool hands on. Write-only arguments need it.
process.env.CDKTF_CONTEXT_JSON = JSON.stringify({ targetVersions: { terraform: ">=1.11.0" } });

/** Tests that see nothing of the framework, because they run other programs (main.ts, terraform, docker, compilers). */
const ELSEWHERE = [
  "main",
  "synchronization",
  "scale",
  "asset-image",
  "build-and-push",
  "\\w+-commands",
  "matrix",
  "mistakes",
];

/**
 * The construct tests on CDK Terrain: the same sources, with the import specifiers that the build rewrites.
 * @type {import("jest").Config}
 */
module.exports = {
  rootDir: repository,
  id,
  cacheDirectory,
  testEnvironment: "<rootDir>/__tests__/support/jest/environment.js",
  runtime: "<rootDir>/__tests__/support/jest/runtime.js",
  testMatch: ["<rootDir>/__tests__/constructs/**/*.test.ts"],
  testPathIgnorePatterns: ELSEWHERE.map((name) => `/${name}\\.test\\.ts$`),
  transform: { "\\.ts$": "<rootDir>/__tests__/support/jest/transform.js" },
  moduleNameMapper: {
    "^cdktf-agentcore$": join(repository, "constructs"),
    "^cdktf$": join(packages, "cdktn"),
    "^@cdktf/provider-aws/(.*)$": join(packages, "@cdktn/provider-aws/$1"),
    "^constructs$": join(packages, "constructs"),
  },
  testTimeout: 60_000,
};
