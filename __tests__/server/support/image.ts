import { execFileSync } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const ROOT = join(__dirname, "../../..");

/** Image building without an engine, in a store of its own: no daemon, no overlay file system, no network namespace. */
export class Buildah {
  readonly folder = mkdtempSync(join(tmpdir(), "mcp-image-"));

  run(...args: string[]): string {
    const global = ["--root", join(this.folder, "store"), "--runroot", join(this.folder, "run")];
    return execFileSync("buildah", [...global, ...args], {
      encoding: "utf8",
      env: { ...process.env, STORAGE_DRIVER: "vfs", BUILDAH_ISOLATION: "chroot" },
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64 * 1024 * 1024,
    }).trim();
  }

  /** Builds the repository's Dockerfile on base images made from this machine's own Node. */
  buildServer(): void {
    this.makeBase("runtime-base", join(this.folder, "runtime"), [process.execPath], ["--arch", "arm64"]);
    this.makeBuildBase("bundle-base");
    const bases = ["BUNDLE_IMAGE=localhost/bundle-base", "RUNTIME_IMAGE=localhost/runtime-base"];
    this.run("bud", "--pull-never", ...bases.flatMap((base) => ["--build-arg", base]), "-t", "localhost/server", ROOT);
  }

  /** Builds the repository's Dockerfile.emulator with the package as it is bundled, on this machine's own Node. */
  buildEmulator(): void {
    this.makeBuildBase("emulator-base");
    const context = join(this.folder, "context");
    mkdirSync(context);
    execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", context], { cwd: ROOT, stdio: "ignore" });
    const options = ["--build-arg", "BASE_IMAGE=localhost/emulator-base", "-f", join(ROOT, "Dockerfile.emulator")];
    this.run("bud", "--pull-never", ...options, "-t", "localhost/emulator", context);
  }

  /** A base image with npm and a shell. */
  private makeBuildBase(name: string): void {
    const folder = join(this.folder, name);
    copyNpm(folder);
    const certificates = "/etc/ssl/certs/ca-certificates.crt";
    this.makeBase(
      name,
      folder,
      [process.execPath, "/bin/sh", "/bin/rm", "/usr/bin/env", certificates],
      ["--env", `NODE_EXTRA_CA_CERTS=${certificates}`, "--env", `PATH=${dirname(process.execPath)}:/usr/bin:/bin`],
    );
  }

  /** The root file system of an image. */
  mount(image: string): string {
    return this.run("mount", this.run("from", "--pull-never", image));
  }

  remove(): void {
    this.run("rm", "--all");
    execFileSync("rm", ["-rf", this.folder]);
  }

  private makeBase(name: string, folder: string, files: readonly string[], config: readonly string[]): void {
    files.forEach((file) => copyWithLibraries(file, folder));
    const container = this.run("from", "scratch");
    this.run("copy", "--quiet", container, folder, "/");
    this.run("config", ...config, container);
    this.run("commit", "--quiet", container, `localhost/${name}`);
    this.run("rm", container);
  }
}

function copyWithLibraries(file: string, folder: string): void {
  const libraries = file.endsWith(".crt") ? [] : execFileSync("ldd", [file], { encoding: "utf8" }).match(/\/[^ )\n]+/g);
  for (const path of [file, ...(libraries ?? [])]) {
    mkdirSync(join(folder, dirname(path)), { recursive: true });
    cpSync(realpathSync(path), join(folder, path));
  }
}

function copyNpm(folder: string): void {
  const npm = join(dirname(process.execPath), "../lib/node_modules/npm");
  cpSync(npm, join(folder, "usr/lib/node_modules/npm"), { recursive: true });
  mkdirSync(join(folder, "usr/bin"), { recursive: true });
  mkdirSync(join(folder, "tmp"));
  symlinkSync("../lib/node_modules/npm/bin/npm-cli.js", join(folder, "usr/bin/npm"));
}

/** Every file below a folder, relative to it. */
export function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => !lstatSync(join(folder, path)).isDirectory())
    .sort();
}
