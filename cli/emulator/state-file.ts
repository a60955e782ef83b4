import { randomBytes } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  linkSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";

import { MFA_FACTORS } from "../../aws/cognito/mfa";
import { compacted, type Emulator, verifierOf } from "../../emulator";
import { parseJson } from "../../targets/json";
import { systemCode, UsageError } from "../errors";

const HEXADECIMAL = z.string().regex(/^[0-9a-f]+$/);

const savedUser = z.object({
  username: z.string(),
  sub: z.string(),
  attributes: z.record(z.string(), z.string()),
  status: z.enum(["UNCONFIRMED", "FORCE_CHANGE_PASSWORD", "CONFIRMED"]),
  isEnabled: z.boolean().default(true),
  password: z.object({ salt: HEXADECIMAL, verifier: HEXADECIMAL }),
  passwordExpiresAt: z.number().optional(),
  mfa: z
    .object({ enabled: z.array(z.enum(MFA_FACTORS)).readonly(), preferred: z.enum(MFA_FACTORS).optional() })
    .optional(),
  totpSecret: z.string().optional(),
  declared: z.string().optional(),
  /** Their names. */
  groups: z.array(z.string()).default([]),
  /** Those of them that the stack puts the user into. */
  declaredGroups: z.array(z.string()).default([]),
  createdAt: z.number(),
  modifiedAt: z.number(),
});

const savedCall = z.object({
  service: z.string(),
  operation: z.string(),
  input: z.unknown(),
  time: z.number(),
  drawn: z.array(z.string()).readonly(),
  made: z.array(z.string()).readonly().optional(),
});

const savedState = z.object({
  version: z.literal(1),
  seed: z.string(),
  /** By pool id. */
  users: z.preprocess(withoutPasswords, z.record(z.string(), z.array(savedUser))),
  /** What made the account of `serve`, in order. */
  calls: z.array(savedCall).readonly().default([]),
});

/** So many calls that later ones made superfluous may stand in the file, and as many again as are needed. */
const SUPERFLUOUS = 50;

type Pool = ReturnType<Emulator["account"]["cognito"]["userPools"]>[number];
type SavedUser = z.infer<typeof savedUser>;
type SavedState = z.infer<typeof savedState>;

/**
 * What outlives the emulator: the seed, from which ids and signing keys follow, the users of its pools, and where nothing
 * was deployed the calls that made the account. Of passwords it holds what proves them alone, but keys follow from
 * the seed: it is readable by its owner alone.
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
    const cannotBeWritten = (error: unknown): unknown =>
      error instanceof UsageError
        ? error
        : new UsageError(
            `The state file ${path} cannot be written: ${systemCode(error)}; name one in a folder that is there and yours.`,
          );
    try {
      refuseDevice(path);
      reserve(targetOf(path));
      removeLeftOvers(targetOf(path));
    } catch (error) {
      throw cannotBeWritten(error);
    }
    const known = read(path);
    if (known && seed !== undefined && seed !== known.seed) {
      throw new UsageError(
        `The state file ${path} was made with another seed: leave out --seed, or name another file.`,
      );
    }
    const file = new StateFile(
      path,
      known ?? { version: 1, seed: seed ?? randomBytes(16).toString("hex"), users: {}, calls: [] },
    );
    try {
      file.write();
    } catch (error) {
      throw cannotBeWritten(error);
    }
    return file;
  }

  get seed(): string {
    return this.state.seed;
  }

  /**
   * Gives a freshly deployed account its users back, and from then on saves every change before it is answered. What
   * cannot be saved, as on a full disk, is told and saved with the next change.
   */
  attach({ account: { cognito } }: Emulator): void {
    const declared = new Map(cognito.userPools().map((pool) => [pool, groupsByUser(pool)]));
    for (const pool of declared.keys()) restoreUsers(pool, this.state.users[pool.id] ?? []);
    cognito.onUsersChanged = () => {
      // Users of a pool that this stack does not have stay: the file may have been named with the wrong stack.
      const users = Object.fromEntries(
        cognito.userPools().map((pool) => [pool.id, preserveUsers(pool, declared.get(pool) ?? new Map())]),
      );
      this.save({ users: { ...this.state.users, ...users } });
    };
  }

  /** Makes the account of `serve` again as it was, and from then on saves every call that changes it. */
  async attachAccount(emulator: Emulator): Promise<void> {
    const { journal } = emulator.account;
    await emulator.restore(this.state.calls, ({ operation }, error) => {
      if (error instanceof Error) {
        process.stderr.write(`cdktf-agentcore: ${operation} of the state file is refused now: ${error.message}\n`);
      }
    });
    this.attach(emulator);
    this.save({ calls: compacted(this.state.calls) });
    let most = SUPERFLUOUS + 2 * this.state.calls.length;
    journal.onKept = (call) => {
      const all = [...this.state.calls, call];
      const calls = all.length < most ? all : compacted(all);
      if (all.length >= most) most = SUPERFLUOUS + 2 * calls.length;
      this.save({ calls });
    };
  }

  private save(changed: Partial<SavedState>): void {
    this.state = { ...this.state, ...changed };
    try {
      this.write();
    } catch (error) {
      process.stderr.write(
        `cdktf-agentcore: The state file ${this.path} cannot be written: ${systemCode(error)}; the latest change is in memory alone.\n`,
      );
    }
  }

  /** Whoever reads the file, and whenever the machine stops, finds the old state or the new one, whole. */
  private write(): void {
    const path = targetOf(this.path);
    const temporary = temporaryOf(path, process.pid);
    try {
      writeDurably(temporary, `${JSON.stringify(this.state, undefined, 2)}\n`);
      renameSync(temporary, path);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    }
    const folder = openSync(dirname(path), "r");
    fsyncSync(folder);
    closeSync(folder);
  }
}

/** Reading a pipe waits for ever, and a write would put a file in the place of a device. */
function refuseDevice(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found || found.isFile() || found.isDirectory()) return;
  throw new UsageError(`The state file ${path} is a device, a pipe or a socket: name a file.`);
}

/** A file of its own, whatever other users of the folder have put in its place: a link, or a file that they read. */
function openAnew(path: string): number {
  rmSync(path, { force: true });
  return openSync(path, "wx", 0o600);
}

function writeDurably(path: string, text: string): void {
  const descriptor = openAnew(path);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function temporaryOf(path: string, processId: number): string {
  return `${path}.${processId}.tmp`;
}

/** An emulator that was killed while it wrote leaves a file with secrets. Whoever has the lock is the only writer. */
function removeLeftOvers(path: string): void {
  const [before, after] = [`${basename(path)}.`, ".tmp"];
  const isLeftOver = (name: string): boolean =>
    name.startsWith(before) && name.endsWith(after) && /^\d+$/.test(name.slice(before.length, -after.length));
  for (const name of readdirSync(dirname(path)).filter(isLeftOver)) rmSync(join(dirname(path), name), { force: true });
}

/** How often a lock that others take and leave is tried for. */
const ATTEMPTS = 20;

/** Two emulators would each write its own users over those of the other. The file is free again when this process ends. */
function reserve(path: string): void {
  const lock = `${path}.lock`;
  const claim = `${lock}.${process.pid}`;
  // A link is made with its content or not at all, so that nobody ever reads half a lock.
  writeDurably(claim, String(process.pid));
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (links(claim, lock)) return hold(lock);
      const holder = holderOf(lock);
      if (holder === process.pid) return;
      if (holder !== undefined && isRunning(holder)) throw inUse(path, lock, `process ${holder}`);
      if (holder !== undefined) discard(lock);
    }
    throw inUse(path, lock, "another process");
  } finally {
    rmSync(claim, { force: true });
  }
}

const held = new Set<string>();

function hold(lock: string): void {
  if (held.size === 0) process.once("exit", () => held.forEach((each) => rmSync(each, { force: true })));
  held.add(lock);
}

function inUse(path: string, lock: string, holder: string): UsageError {
  return new UsageError(
    `The state file ${path} is in use by ${holder}: stop it, or name another file. If it is no emulator, remove ${lock}.`,
  );
}

/** @returns false where the lock is there already */
function links(claim: string, lock: string): boolean {
  try {
    linkSync(claim, lock);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

/** @returns undefined for a lock that is gone */
function holderOf(lock: string): number | undefined {
  try {
    return Number(readFileSync(lock, "utf8"));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Takes the lock of a killed process away. Who is late and finds that of a living one in hand gives it back. */
function discard(lock: string): void {
  const taken = `${lock}.${process.pid}.stale`;
  try {
    renameSync(lock, taken);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return;
    throw error;
  }
  const holder = holderOf(taken);
  if (holder !== undefined && isRunning(holder)) links(taken, lock);
  rmSync(taken, { force: true });
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

/** The names of the groups that each user is in, by the user's `sub`. */
function groupsByUser({ users, groups }: Pool): ReadonlyMap<string, readonly string[]> {
  return new Map(users.all().map((user) => [user.sub, groups.of(user).map(({ groupName }) => groupName)]));
}

function preserveUsers(pool: Pool, declared: ReadonlyMap<string, readonly string[]>): SavedUser[] {
  const groups = groupsByUser(pool);
  return pool.users.all().map((user) => ({
    ...user,
    attributes: Object.fromEntries(user.attributes),
    groups: [...(groups.get(user.sub) ?? [])],
    declaredGroups: [...(declared.get(user.sub) ?? [])],
  }));
}

/**
 * A group that is not there has no members, and who was in one because the stack said so is in it if it still does. Users
 * whom the stack declares are as it says, unless it says the same as before; those whom it declares no longer are gone.
 */
function restoreUsers({ declaration, users, groups }: Pool, saved: readonly SavedUser[]): void {
  for (const { groups: names, declaredGroups, ...user } of saved) {
    const aliases = declaration.usernameAttributes.flatMap((name) => user.attributes[name] ?? []);
    const [there] = [user.username, ...aliases].flatMap((name) => users.find(name) ?? []);
    if (there?.declared !== user.declared) continue;
    users.restore([{ ...user, attributes: new Map(Object.entries(user.attributes)) }]);
    const own = names.filter((name) => !declaredGroups.includes(name));
    for (const { groupName, members } of groups.all()) if (own.includes(groupName)) members.add(user.sub);
  }
}

const passwordInClear = z.looseObject({ username: z.string(), password: z.string() });

/** Older files hold the passwords themselves. @param saved users by pool id */
function withoutPasswords(saved: unknown): unknown {
  const users = z.record(z.string(), z.array(z.unknown())).safeParse(saved);
  if (!users.success) return saved;
  return Object.fromEntries(
    Object.entries(users.data).map(([id, list]) => [id, list.map((user) => convert(id, user))]),
  );
}

function convert(poolId: string, saved: unknown): unknown {
  const { data: user } = passwordInClear.safeParse(saved);
  if (!user) return saved;
  const owner = { poolName: poolId.slice(poolId.indexOf("_") + 1), userId: user.username };
  return { ...user, password: verifierOf(owner, user.password, randomBytes(16)) };
}
