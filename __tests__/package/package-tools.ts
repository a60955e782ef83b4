import { execFile } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { repository } from "./packed";

const run = promisify(execFile);

/** Programs that judge packages. They bring 25 MB of their own packages, so they stay out of package.json. */
const versions = { publint: "0.3.25", "@arethetypeswrong/cli": "0.18.5" };

export interface PackageTools {
  readonly publint: string;
  readonly attw: string;
}

/** The programs, installed on first use; undefined when the registry cannot be reached. */
export async function packageTools(): Promise<PackageTools | undefined> {
  const folder = join(repository, "node_modules/.cache/package-tools");
  const tools = {
    publint: join(folder, "node_modules/publint/src/cli.js"),
    attw: join(folder, "node_modules/@arethetypeswrong/cli/dist/index.js"),
  };
  if (!Object.values(tools).every((tool) => existsSync(tool))) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: versions }));
    const installed = await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund"], {
      cwd: folder,
    }).then(
      () => true,
      () => false,
    );
    if (!installed) return undefined;
  }
  return tools;
}
