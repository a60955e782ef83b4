import { execFile } from "node:child_process";
import {
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";
import { onceARun } from "../support/once-a-run";

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

/** The tarball of a run of the tests. */
export function pack(): Promise<Packed> {
  return onceARun("packed", packInto);
}

/**
 * `npm pack` as for a release, into a folder. It builds, so it works on a copy of the repository: other tests run the
 * commands of the repository's own `dist` meanwhile.
 */
async function packInto(folder: string): Promise<Packed> {
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

/** Packages that this one brings along: its dependencies with theirs, by the keys of package-lock.json. */
export function addedPackages(): string[] {
  const { packages } = JSON.parse(readFileSync(join(repository, "package-lock.json"), "utf8")) as PackageLock;
  const found = new Set<string>();
  const queue = Object.keys(packages[""]?.dependencies ?? {}).map((name) => locate(packages, "", name));
  for (const key of queue) {
    if (found.has(key)) continue;
    found.add(key);
    queue.push(...Object.keys(packages[key]?.dependencies ?? {}).map((name) => locate(packages, key, name)));
  }
  return [...found].sort();
}

interface PackageLock {
  readonly packages: Readonly<Record<string, { readonly dependencies?: Readonly<Record<string, string>> } | undefined>>;
}

/** The key under which the package at `from` finds `name`: Node's look-up, from the innermost folder outwards. */
function locate(packages: PackageLock["packages"], from: string, name: string): string {
  const key = `${from}${from && "/"}node_modules/${name}`;
  return from === "" || packages[key]
    ? key
    : locate(packages, from.slice(0, from.lastIndexOf("node_modules/")).replace(/\/$/, ""), name);
}

/**
 * A project of its own with the tarball unpacked in node_modules, and beside it links to what npm would install there:
 * the provider's bindings alone have 400 MB.
 *
 * @param tarball - what `pack` made
 * @param modules - further packages, by name, with the folders that they are in
 */
export async function freshProject(tarball: string, modules: Readonly<Record<string, string>>): Promise<string> {
  const project = mkdtempSync(join(tmpdir(), "consumer-"));
  const own = join(project, "node_modules/cdktf-agentcore");
  mkdirSync(own, { recursive: true });
  await run("tar", ["-xzf", tarball, "--strip-components=1", "-C", own]);
  const added = addedPackages().map((key) => [key.slice("node_modules/".length), join(repository, key)] as const);
  for (const [name, folder] of [...added, ...Object.entries(modules)]) {
    const link = join(project, "node_modules", name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(folder, link);
  }
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  const consumer = join(__dirname, "consumer");
  readdirSync(consumer).forEach((file) => copyFileSync(join(consumer, file), join(project, file)));
  return project;
}

/** Packages of this repository, for `freshProject`. */
export function ownPackages(...names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.map((name) => [name, join(repository, "node_modules", name)]));
}

/** The compiler options that `cdktf init --template=typescript` and `cdktn init` write. */
export const STOCK_COMPILER_OPTIONS = {
  alwaysStrict: true,
  declaration: true,
  experimentalDecorators: true,
  inlineSourceMap: true,
  inlineSources: true,
  lib: ["es2018"],
  module: "CommonJS",
  noEmitOnError: true,
  noFallthroughCasesInSwitch: true,
  noImplicitAny: true,
  noImplicitReturns: true,
  noImplicitThis: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  resolveJsonModule: true,
  strict: true,
  strictNullChecks: true,
  strictPropertyInitialization: true,
  stripInternal: true,
  target: "ES2018",
  incremental: true,
  skipLibCheck: true,
};

/** The README's program. */
export function readmeProgram(): string {
  const readme = readFileSync(join(repository, "README.md"), "utf8");
  const program = [...readme.matchAll(/```ts\n([^]*?)```/g)].map(([, code = ""]) => code);
  const found = program.find((code) => code.includes("new McpServerBehindGateway("));
  if (!found) throw new Error("The README shows no program.");
  return found;
}
