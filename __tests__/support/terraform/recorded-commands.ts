import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A call that a `local-exec` provisioner made. */
export interface RecordedCommand {
  readonly command: string;
  readonly arguments: readonly string[];
}

/** What a call begins with and a word ends with, which no argument has. */
const [CALL, WORD] = ["\x1e", "\x1f"];

const COMMANDS = ["docker", "aws", "sleep"];

/**
 * A folder of commands that write down how they were called and do nothing else. First on the PATH, it shows what a
 * provisioner would run (`docker buildx build …`, `aws ecr get-login-password …`, `sleep 20`) without running it.
 * Standard input is read and dropped, since passwords go that way, and each command prints its name in place of an
 * answer.
 */
export class RecordedCommands {
  private constructor(
    public readonly folder: string,
    private readonly log: string,
  ) {}

  /** @param folder - an empty folder for the commands and their log */
  public static async in(folder: string): Promise<RecordedCommands> {
    const commands = new RecordedCommands(join(folder, "bin"), join(folder, "calls"));
    await mkdir(commands.folder, { recursive: true });
    await writeFile(commands.log, "");
    await Promise.all(COMMANDS.map((name) => commands.write(name)));
    return commands;
  }

  /** Every call so far, in order. */
  public async calls(): Promise<readonly RecordedCommand[]> {
    const [, ...calls] = (await readFile(this.log, "utf8")).split(CALL);
    return calls.map((call) => {
      const [command = "", ...args] = call.split(WORD).slice(0, -1);
      return { command, arguments: args };
    });
  }

  private async write(name: string): Promise<void> {
    const file = join(this.folder, name);
    // For the shell, which starts ten times as fast as Node.js, and writes at once what one printf prints.
    const record = `printf '%s${WORD}' '${CALL}${name}' "$@" >>'${this.log}'`;
    await writeFile(file, ["#!/bin/sh", record, `echo ${name}`, "cat >/dev/null"].join("\n"));
    await chmod(file, 0o755);
  }
}
