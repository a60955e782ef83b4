import { join } from "node:path";

import { installPackages, packagesFolder } from "../support/installed-packages";

const NAME = "package-tools";

export const PUBLINT = join(packagesFolder(NAME), "publint/src/cli.js");
export const ATTW = join(packagesFolder(NAME), "@arethetypeswrong/cli/dist/index.js");

/** Installs the programs that judge packages. Returns why they cannot be used, or undefined when they can. */
export function installPackageTools(): string | undefined {
  return installPackages(NAME, { publint: "0.3.25", "@arethetypeswrong/cli": "0.18.5" });
}

const COMPILERS = "compilers";

/** Compilers that projects may have, besides this repository's own, and what runs programs through the latter. */
const COMPILER_PACKAGES = {
  "typescript-5.4": "npm:typescript@5.4.5",
  "typescript-6.0": "npm:typescript@6.0.3",
  "typescript-7.0": "npm:typescript@7.0.2",
  "ts-node": "10.9.2",
};

export const TS_NODE = join(packagesFolder(COMPILERS), "ts-node/dist/bin.js");

/** The program of a compiler. By itself the newest has several threads check, which takes a half more time of processors. */
export const compilerOf = (version: "5.4" | "6.0" | "7.0"): readonly string[] => [
  join(packagesFolder(COMPILERS), `typescript-${version}`, "bin/tsc"),
  ...(version === "7.0" ? ["--singleThreaded"] : []),
];

/** Installs the compilers. Returns why they cannot be used, or undefined when they can. */
export function installCompilers(): string | undefined {
  return installPackages(COMPILERS, COMPILER_PACKAGES);
}

/** The program of TypeScript 7, which takes a quarter of the time, or where it cannot be used, of the repository's own. */
export const quickCompiler = (): readonly string[] =>
  installCompilers() === undefined ? compilerOf("7.0") : [require.resolve("typescript/bin/tsc")];

const TEST_RUNNERS = "test-runners";

export const VITEST = join(packagesFolder(TEST_RUNNERS), "vitest/vitest.mjs");

/** Installs Vitest. Returns why it cannot be used, or undefined when it can. */
export function installVitest(): string | undefined {
  // The newest that runs on Node.js 20.
  return installPackages(TEST_RUNNERS, { vitest: "4.1.12" });
}
