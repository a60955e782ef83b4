import { execFileSync } from "node:child_process";
import { cpSync, lstatSync, mkdirSync, readdirSync, realpathSync, symlinkSync } from "node:fs";
import { dirname, join } from "node:path";

import { endAfterTests } from "../../support/end-after-tests";
import { onceARun } from "../../support/once-a-run";
import { temporaryFolder } from "../../support/temporary-folder";

const ROOT = join(__dirname, "../../..");

/** Image building without an engine, in a store of the test run: no daemon, no overlay file system, no network namespace. */
export class Buildah {
  private readonly containers: string[] = [];

  private constructor(private readonly store: string) {
    endAfterTests(() => this.containers.forEach((container) => this.run("rm", container)));
  }

  /** With a base image to build on, which has npm and a shell. */
  static async start(): Promise<Buildah> {
    return new Buildah(
      await onceARun("images", async (folder) => {
        new Buildah(folder).makeBuildBase();
        return Promise.resolve(folder);
      }),
    );
  }

  run(...args: string[]): string {
    const global = ["--root", join(this.store, "store"), "--runroot", join(this.store, "run")];
    return execFileSync("buildah", [...global, ...args], {
      encoding: "utf8",
      env: { ...process.env, STORAGE_DRIVER: "vfs", BUILDAH_ISOLATION: "chroot" },
      stdio: ["ignore", "pipe", "pipe"],
      maxBuffer: 64 * 1024 * 1024,
    }).trim();
  }

  /** Builds the repository's Dockerfile on base images made from this machine's own Node. */
  buildServer(): void {
    this.makeBase("runtime-base", ["--arch", "arm64"], (root) => copyWithLibraries(process.execPath, root));
    const bases = ["BUNDLE_IMAGE=localhost/build-base", "RUNTIME_IMAGE=localhost/runtime-base"];
    this.run("bud", "--pull-never", ...bases.flatMap((base) => ["--build-arg", base]), "-t", "localhost/server", ROOT);
  }

  /** Builds the repository's Dockerfile.emulator with the package as it is bundled, on this machine's own Node. */
  buildEmulator(): void {
    const context = temporaryFolder({});
    execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", context], { cwd: ROOT, stdio: "ignore" });
    const options = ["--build-arg", "BASE_IMAGE=localhost/build-base", "-f", join(ROOT, "Dockerfile.emulator")];
    this.run("bud", "--pull-never", ...options, "-t", "localhost/emulator", context);
  }

  /** The root file system of an image. */
  mount(image: string): string {
    const container = this.run("from", "--pull-never", image);
    this.containers.push(container);
    return this.run("mount", container);
  }

  private makeBuildBase(): void {
    const certificates = "/etc/ssl/certs/ca-certificates.crt";
    const variables = [`NODE_EXTRA_CA_CERTS=${certificates}`, `PATH=${dirname(process.execPath)}:/usr/bin:/bin`];
    this.makeBase(
      "build-base",
      variables.flatMap((variable) => ["--env", variable]),
      (root) => {
        copyNpm(root);
        for (const file of [process.execPath, "/bin/sh", "/bin/rm", "/usr/bin/env", certificates]) {
          copyWithLibraries(file, root);
        }
      },
    );
  }

  private makeBase(name: string, config: readonly string[], fill: (root: string) => void): void {
    const root = this.mount("scratch");
    const container = this.containers.at(-1) ?? "";
    fill(root);
    this.run("config", ...config, container);
    this.run("commit", "--quiet", container, `localhost/${name}`);
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
