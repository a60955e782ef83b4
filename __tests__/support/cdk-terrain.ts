import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { newerResources, supportedDataSources, supportedResources } from "../../provider/schema/supported-types";
import { installPackages, packagesFolder, unpackParts } from "./installed-packages";

const repository = resolve(__dirname, "../..");
const NAME = "cdk-terrain";
const BINDINGS = "@cdktn/provider-aws";
const BINDINGS_VERSION = "25.7.0";

/** CDK Terrain and the parts of its AWS bindings that the constructs and their tests use: a folder `node_modules`. */
export const cdkTerrain = packagesFolder(NAME);

/**
 * Installs CDK Terrain on first use. Of its AWS bindings, 480 MB, only what is used is unpacked.
 *
 * @returns why it cannot be used, or undefined when it can
 */
export function installCdkTerrain(): string | undefined {
  const reason = installPackages(NAME, { cdktn: "0.24.0", constructs: "10.7.0", semver: "7.8.5" });
  const parts = usedBindings().map((name) => `lib/${name}`);
  return reason ?? unpackParts(NAME, BINDINGS, BINDINGS_VERSION, ["package.json", ...parts]);
}

/** Names of the bindings' folders that the constructs, their tests, their examples and the stand-in provider use. */
function usedBindings(): string[] {
  const files = ["constructs", "__tests__/constructs", "examples"].flatMap((folder) =>
    readdirSync(join(repository, folder), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(repository, folder, file), "utf8")),
  );
  const imported = files.flatMap((text) => [...text.matchAll(/"@cdktf\/provider-aws\/lib\/([\w-]+)/g)]);
  // The provider's own binding loads the one of its functions.
  const names = imported.map(([, name = ""]) => name);
  return [
    ...new Set(["provider-functions", ...supportedResources, ...newerResources, ...supportedDataSources, ...names]),
  ].sort();
}
