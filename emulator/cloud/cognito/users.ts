import type { UserPoolDeclaration } from "../../../topology/model";
import type { Clock } from "../clock";
import { AwsError } from "../errors";
import { DIGITS, LOWER_CASE, UPPER_CASE, type Random } from "../random";
import { enforcePasswordPolicy } from "./password-policy";
import { attributesForUsername, checkAttributes } from "./user-attributes";

export interface User {
  /** A name that the caller chose or, where the pool's user names are attributes, equal to `sub`. */
  readonly username: string;
  readonly sub: string;
  /** Without `sub`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly status: "FORCE_CHANGE_PASSWORD" | "CONFIRMED";
  readonly password: string;
  /** Milliseconds since the epoch; a temporary password only. */
  readonly passwordExpiresAt?: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

export interface NewUser {
  readonly username: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** @default - one that nobody is told, since the emulator sends no mail */
  readonly temporaryPassword?: string;
}

const DAY = 24 * 60 * 60_000;

/** The users of a pool. */
export class Users {
  private readonly byUsername = new Map<string, User>();

  constructor(
    private readonly pool: UserPoolDeclaration,
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly onChange: () => void = () => undefined,
  ) {}

  all(): readonly User[] {
    return [...this.byUsername.values()];
  }

  /** Takes users over from an earlier run, as they were. */
  restore(users: readonly User[]): void {
    for (const user of users) this.byUsername.set(user.username, user);
  }

  /** @throws AwsError `UsernameExistsException`, `InvalidPasswordException`, `InvalidParameterException` */
  adminCreateUser({ username, attributes, temporaryPassword }: NewUser): User {
    const fromUsername = attributesForUsername(this.pool.usernameAttributes, username);
    const all = new Map([...fromUsername, ...attributes]);
    checkAttributes(all);
    if (this.lookUp(username)) throw new AwsError("UsernameExistsException", "User account already exists");
    if (temporaryPassword !== undefined) enforcePasswordPolicy(this.pool.passwordPolicy, temporaryPassword);
    const sub = this.newSub();
    const now = this.clock.now();
    return this.store({
      username: fromUsername.size === 0 ? username : sub,
      sub,
      attributes: all,
      createdAt: now,
      ...this.temporary(temporaryPassword ?? this.random.text(32, DIGITS + LOWER_CASE + UPPER_CASE)),
    });
  }

  /** The message action `RESEND`: a new invitation, which prolongs the temporary password. */
  adminResendInvitation({ username, temporaryPassword }: NewUser): User {
    const user = this.adminGetUser(username);
    if (user.status !== "FORCE_CHANGE_PASSWORD") {
      throw new AwsError(
        "UnsupportedUserStateException",
        `Resend not possible. ${username} status is not FORCE_CHANGE_PASSWORD`,
      );
    }
    if (temporaryPassword !== undefined) enforcePasswordPolicy(this.pool.passwordPolicy, temporaryPassword);
    return this.store({ ...user, ...this.temporary(temporaryPassword ?? user.password) });
  }

  /**
   * @param permanent whether the user may keep the password; otherwise the next sign-in asks for a new one.
   * @throws AwsError `UserNotFoundException`, `InvalidPasswordException`
   */
  adminSetUserPassword(username: string, password: string, permanent: boolean): User {
    const user = this.adminGetUser(username);
    enforcePasswordPolicy(this.pool.passwordPolicy, password);
    return this.store({ ...user, ...(permanent ? this.confirmed(password) : this.temporary(password)) });
  }

  /** @throws AwsError `UserNotFoundException` */
  adminGetUser(username: string): User {
    const user = this.lookUp(username);
    if (!user) throw new AwsError("UserNotFoundException", "User does not exist.");
    return user;
  }

  /**
   * The user himself chooses the password that replaces the temporary one.
   *
   * @throws AwsError `InvalidPasswordException`, `InvalidParameterException`
   */
  completeNewPassword(user: User, password: string, attributes: ReadonlyMap<string, string>): User {
    enforcePasswordPolicy(this.pool.passwordPolicy, password);
    checkAttributes(attributes);
    return this.store({
      ...user,
      attributes: new Map([...user.attributes, ...attributes]),
      ...this.confirmed(password),
    });
  }

  /** A seed draws the same again after a restart, when users of the earlier run may have it. */
  private newSub(): string {
    let sub = this.random.uuid();
    while (this.lookUp(sub)) sub = this.random.uuid();
    return sub;
  }

  /** By user name, by `sub`, or by the attribute that the pool uses as user name. */
  private lookUp(username: string): User | undefined {
    const found = this.byUsername.get(username);
    if (found) return found;
    const isSameUser = (user: User) =>
      user.sub === username || this.pool.usernameAttributes.some((name) => user.attributes.get(name) === username);
    return this.all().find(isSameUser);
  }

  private temporary(password: string) {
    const passwordExpiresAt = this.clock.now() + this.pool.passwordPolicy.temporaryPasswordValidityDays * DAY;
    return { password, passwordExpiresAt, status: "FORCE_CHANGE_PASSWORD" as const };
  }

  private confirmed(password: string) {
    return { password, passwordExpiresAt: undefined, status: "CONFIRMED" as const };
  }

  private store(user: Omit<User, "modifiedAt">): User {
    const stored = { ...user, modifiedAt: this.clock.now() };
    this.byUsername.set(user.username, stored);
    this.onChange();
    return stored;
  }
}
