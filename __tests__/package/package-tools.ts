import { join } from "node:path";

import { installPackages, packagesFolder } from "../support/installed-packages";

const NAME = "package-tools";

export const PUBLINT = join(packagesFolder(NAME), "publint/src/cli.js");
export const ATTW = join(packagesFolder(NAME), "@arethetypeswrong/cli/dist/index.js");

/** Installs the programs that judge packages. Returns why they cannot be used, or undefined when they can. */
export function installPackageTools(): string | undefined {
  return installPackages(NAME, { publint: "0.3.25", "@arethetypeswrong/cli": "0.18.5" });
}
