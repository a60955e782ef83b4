import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { onceARunSync } from "./once-a-run";

const CACHE = resolve(__dirname, "../../node_modules/.cache");

/** Where `installPackages` puts them: a folder `node_modules`. */
export function packagesFolder(name: string): string {
  return join(CACHE, name, "node_modules");
}

/**
 * Installs packages that judge this project from outside, on first use. They are kept out of package.json, as the
 * project's users need none of them.
 *
 * @param name of the folder below node_modules/.cache
 * @param versions by package, exact
 * @returns why they cannot be used, or undefined when they can
 */
export function installPackages(name: string, versions: Readonly<Record<string, string>>): string | undefined {
  const marker = `installed-${Object.values(versions).join("-")}`;
  if (existsSync(join(CACHE, name, marker))) return undefined;
  return onceARunSync(`installed-${name}`, () => install(name, versions, marker));
}

function install(name: string, versions: Readonly<Record<string, string>>, marker: string): string | undefined {
  const folder = join(CACHE, name);
  // Two runs may install at the same time, each for itself; the first that is done serves both.
  const fresh = `${folder}-${process.pid}`;
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, "package.json"), JSON.stringify({ private: true, dependencies: versions }));
  const command = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--no-package-lock"];
  const { status, stderr } = spawnSync("npm", command, { cwd: fresh, encoding: "utf8", timeout: 240_000 });
  if (status === 0 && !existsSync(join(folder, marker))) {
    writeFileSync(join(fresh, marker), "");
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  }
  rmSync(fresh, { recursive: true, force: true });
  const reason = stderr.trim().split("\n").pop();
  return status === 0
    ? undefined
    : `${Object.keys(versions).join(", ")} cannot be installed from the registry: ${reason}`;
}

/**
 * Unpacks parts of a package on first use, without what it depends on.
 *
 * @param name of the folder below node_modules/.cache
 * @param parts paths of files and folders in the package
 * @returns why they cannot be used, or undefined when they can
 */
export function unpackParts(
  name: string,
  packageName: string,
  version: string,
  parts: readonly string[],
): string | undefined {
  return onceARunSync(`unpacked-${name}`, () => {
    const folder = join(packagesFolder(name), packageName);
    const missing = parts.filter((part) => !existsSync(join(folder, part)));
    return missing.length === 0 ? undefined : unpack(name, `${packageName}@${version}`, folder, missing);
  });
}

function unpack(name: string, specifier: string, folder: string, parts: readonly string[]): string | undefined {
  mkdirSync(folder, { recursive: true });
  const tarball = join(CACHE, name, `${specifier.replace("/", "-")}.tgz`);
  if (!existsSync(tarball)) {
    const fresh = mkdtempSync(join(CACHE, name, "packed-"));
    const { status } = spawnSync("npm", ["pack", specifier, "--pack-destination", fresh], { stdio: "ignore" });
    // In one step, so that nobody unpacks half of it.
    readdirSync(fresh).forEach((file) => renameSync(join(fresh, file), tarball));
    rmSync(fresh, { recursive: true });
    if (status !== 0) return `${specifier} cannot be had from the registry`;
  }
  const paths = parts.map((part) => `package/${part}`);
  const { status, stderr } = spawnSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", folder, ...paths]);
  return status === 0 ? undefined : `${tarball} cannot be unpacked: ${String(stderr)}`;
}
