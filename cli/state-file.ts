import { randomBytes } from "node:crypto";
import { closeSync, fsyncSync, openSync, readFileSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { z } from "zod";

import type { Emulator, User } from "../emulator";
import { systemCode, UsageError } from "./errors";
import { parseJson } from "./json-text";

const savedUser = z.object({
  username: z.string(),
  sub: z.string(),
  attributes: z.record(z.string(), z.string()),
  status: z.enum(["UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "CONFIRMED"]),
  isEnabled: z.boolean().default(true),
  password: z.string(),
  passwordExpiresAt: z.number().optional(),
  createdAt: z.number(),
  modifiedAt: z.number(),
});

const savedState = z.object({
  version: z.literal(1),
  seed: z.string(),
  /** By pool id. */
  users: z.record(z.string(), z.array(savedUser)),
});

type SavedState = z.infer<typeof savedState>;

/**
 * What outlives the emulator: the seed, from which ids and signing keys follow, and the users of its pools. It holds
 * passwords in clear text and is therefore readable by its owner alone.
 */
export class StateFile {
  private constructor(
    private readonly path: string,
    private state: SavedState,
  ) {}

  /**
   * Reads the file, or makes it where there is none.
   *
   * @param seed - what ids and keys are to follow. @default - that of the file, or a random one
   * @throws UsageError for a file that cannot be read, used or written, or that another emulator has; it is left as it is
   */
  static open(path: string, seed?: string): StateFile {
    const known = read(path);
    if (known && seed !== undefined && seed !== known.seed) {
      throw new UsageError(
        `The state file ${path} was made with another seed: leave out --seed, or name another file.`,
      );
    }
    const file = new StateFile(path, known ?? { version: 1, seed: seed ?? randomBytes(16).toString("hex"), users: {} });
    try {
      reserve(targetOf(path));
      file.write();
    } catch (error) {
      if (error instanceof UsageError) throw error;
      throw new UsageError(
        `The state file ${path} cannot be written: ${systemCode(error)}; name one in a folder that is there and yours.`,
      );
    }
    return file;
  }

  get seed(): string {
    return this.state.seed;
  }

  /** Gives a freshly deployed account its users back, and from then on saves every change before it is answered. */
  attach({ account: { cognito } }: Emulator): void {
    for (const pool of cognito.userPools()) pool.users.restore((this.state.users[pool.id] ?? []).map(revive));
    cognito.onUsersChanged = () => {
      // Users of a pool that this stack does not have stay: the file may have been named with the wrong stack.
      const users = Object.fromEntries(cognito.userPools().map((pool) => [pool.id, pool.users.all().map(preserve)]));
      this.state = { ...this.state, users: { ...this.state.users, ...users } };
      this.write();
    };
  }

  /** Whoever reads the file, and whenever the machine stops, finds the old state or the new one, whole. */
  private write(): void {
    const path = targetOf(this.path);
    const temporary = `${path}.${process.pid}.tmp`;
    const descriptor = openSync(temporary, "w", 0o600);
    try {
      writeFileSync(descriptor, `${JSON.stringify(this.state, undefined, 2)}\n`);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(temporary, path);
    const folder = openSync(dirname(path), "r");
    fsyncSync(folder);
    closeSync(folder);
  }
}

/** Two emulators would each write its own users over those of the other. The file is free again when this process ends. */
function reserve(path: string): void {
  const lock = `${path}.lock`;
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx", mode: 0o600 });
    process.once("exit", () => rmSync(lock, { force: true }));
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
    const holder = Number(readFileSync(lock, "utf8"));
    if (holder === process.pid) return;
    if (isRunning(holder)) {
      throw new UsageError(
        `The state file ${path} is in use by process ${holder}: stop it, or name another file. If it is no emulator, remove ${lock}.`,
      );
    }
    // Its process was killed.
    rmSync(lock, { force: true });
    reserve(path);
  }
}

function isRunning(processId: number): boolean {
  if (!Number.isInteger(processId) || processId <= 0) return false;
  try {
    return process.kill(processId, 0);
  } catch (error) {
    return systemCode(error) === "EPERM";
  }
}

function read(path: string): SavedState | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw new UsageError(`The state file ${path} cannot be read: ${systemCode(error)}.`);
  }
  const parsed = savedState.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  throw new UsageError(
    `The state file ${path} is damaged or was made by something else: move it away, or name another file.`,
  );
}

/** A rename would replace a symbolic link, not the file that it means. */
function targetOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function preserve(user: User): z.infer<typeof savedUser> {
  return { ...user, attributes: Object.fromEntries(user.attributes) };
}

function revive(user: z.infer<typeof savedUser>): User {
  return { ...user, attributes: new Map(Object.entries(user.attributes)) };
}
