import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * A folder of commands that hide those of the machine: `docker`, which notes that an image was pushed instead of building
 * it, and `aws`, which has a password for a registry that is not there.
 */
export class StandIns {
  private readonly folder = mkdtempSync(join(tmpdir(), "cdktf-agentcore-"));

  /** @param path the PATH on which the real `aws` is */
  constructor(private readonly path: string) {
    const docker = `exec ${quoted(process.execPath)} ${quoted(process.argv[1] ?? "")} docker-stand-in "$@"`;
    this.write("docker", docker);
    this.write(
      "aws",
      `case "$1 $2" in "ecr get-login-password") echo emulated; exit 0 ;; esac\nPATH=${quoted(path)} exec aws "$@"`,
    );
  }

  get pathBefore(): string {
    return [this.folder, this.path].join(delimiter);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private write(name: string, script: string): void {
    writeFileSync(join(this.folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
