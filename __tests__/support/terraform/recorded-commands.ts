import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A call that a `local-exec` provisioner made. */
export interface RecordedCommand {
  readonly command: string;
  readonly arguments: readonly string[];
}

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
    const commands = new RecordedCommands(join(folder, "bin"), join(folder, "commands.jsonl"));
    await mkdir(commands.folder, { recursive: true });
    await writeFile(commands.log, "");
    await Promise.all(COMMANDS.map((name) => commands.write(name)));
    return commands;
  }

  /** Every call so far, in order. */
  public async calls(): Promise<readonly RecordedCommand[]> {
    const lines = (await readFile(this.log, "utf8")).split("\n").filter((line) => line !== "");
    return lines.map((line) => JSON.parse(line) as RecordedCommand);
  }

  private async write(name: string): Promise<void> {
    const file = join(this.folder, name);
    await writeFile(
      file,
      [
        `#!${process.execPath}`,
        `const call = { command: ${JSON.stringify(name)}, arguments: process.argv.slice(2) };`,
        `require("node:fs").appendFileSync(${JSON.stringify(this.log)}, JSON.stringify(call) + "\\n");`,
        `console.log(call.command);`,
        `process.stdin.resume();`,
      ].join("\n"),
    );
    await chmod(file, 0o755);
  }
}
