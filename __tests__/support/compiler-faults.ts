import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { quickCompiler } from "../package/package-tools";

const repository = resolve(__dirname, "../..");

/**
 * What the compiler finds in the TypeScript files of a folder, and in what these import, by the repository's options. It has
 * a process of its own: the more memory that of the tests has, the longer it takes to start another.
 */
export function compilerFaults(folder: string): string[] {
  const compilerOptions = {
    incremental: false,
    tsBuildInfoFile: null,
    typeRoots: [`${repository}/node_modules/@types`],
  };
  const configuration = { extends: join(repository, "tsconfig.json"), compilerOptions, include: ["*.ts"] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(configuration));
  const command = [...quickCompiler(), "-p", folder, "--pretty", "false"];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: folder, encoding: "utf8" });
  const faults = stdout.split("\n").filter((line) => /^(\S.*: )?error TS\d+: /.test(line));
  if ((status === 0) !== (faults.length === 0)) throw new Error(`${stdout}${stderr}The compiler ended with ${status}.`);
  return faults;
}
