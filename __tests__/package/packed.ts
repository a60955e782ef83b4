import { execFile } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
export const repository = resolve(__dirname, "../..");

export interface Packed {
  /** The tarball. */
  readonly path: string;
  readonly unpackedSize: number;
  readonly files: readonly string[];
}

interface NpmPack {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

/**
 * `npm pack` as for a release, into a folder. It builds, so it works on a copy of the repository: other tests run the
 * commands of the repository's own `dist` meanwhile.
 */
export async function pack(folder: string): Promise<Packed> {
  const copy = join(folder, "repository");
  const left = new Set([".git", "node_modules", "dist", "cdktf.out"]);
  cpSync(repository, copy, { recursive: true, filter: (path) => !left.has(relative(repository, path)) });
  symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"));
  const { stdout } = await run("npm", ["pack", "--json", "--pack-destination", folder], {
    cwd: copy,
    maxBuffer: 64 * 1024 * 1024,
  });
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf("[\n"))) as NpmPack[];
  if (!packed) throw new Error(`npm pack wrote no tarball: ${stdout}`);
  const { filename, unpackedSize, files } = packed;
  return { path: join(folder, filename), unpackedSize, files: files.map(({ path }) => path) };
}

/**
 * A project of its own with the tarball unpacked in node_modules. What npm would install beside it is linked from the
 * repository, because the provider's bindings alone have 400 MB.
 */
export async function freshProject(tarball: string): Promise<string> {
  const project = mkdtempSync(join(tmpdir(), "consumer-"));
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, "cdktf-agentcore"), { recursive: true });
  await run("tar", ["-xzf", tarball, "--strip-components=1", "-C", join(modules, "cdktf-agentcore")]);
  linkModules(modules);
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  const consumer = join(__dirname, "consumer");
  readdirSync(consumer).forEach((file) => copyFileSync(join(consumer, file), join(project, file)));
  return project;
}

function linkModules(modules: string): void {
  const installed = join(repository, "node_modules");
  const names = readdirSync(installed).filter((name) => !name.startsWith(".") && name !== "cdktf-agentcore");
  names.forEach((name) => symlinkSync(join(installed, name), join(modules, name)));
}
