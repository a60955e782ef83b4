import { createHash, randomBytes } from "node:crypto";

import type { MfaFactor } from "../../../../aws/cognito/mfa";
import type { Clock } from "../../../clock";
import type { UserPoolDeclaration } from "../../../../topology";
import { DIGITS, LOWER_CASE, UPPER_CASE, type Random } from "../../random";
import { aliasTaken, attributeTaken, invitationFinal, userTaken, userUnknown } from "../errors";
import { enforcePasswordPolicy } from "./password-policy";
import { isPassword, verifierOf, type PasswordVerifier } from "../srp/password-verifier";
import { GROUP_BYTES, toNumber } from "../srp/srp-numbers";
import { attributesForUsername, checkAttributes, refuseAliasAsUsername, usableAliases } from "./user-attributes";

export interface User {
  /** A name that the caller chose or, where the pool's user names are attributes, equal to `sub`. */
  readonly username: string;
  readonly sub: string;
  /** Without `sub`. */
  readonly attributes: ReadonlyMap<string, string>;
  readonly status: "UNCONFIRMED" | "FORCE_CHANGE_PASSWORD" | "CONFIRMED";
  /** A disabled user cannot sign in. */
  readonly isEnabled: boolean;
  readonly password: PasswordVerifier;
  /** Milliseconds since the epoch; a temporary password only. */
  readonly passwordExpiresAt?: number;
  readonly mfa?: UserMfa | undefined;
  /** A digest of what a stack declares of the user. @default - none declares him */
  readonly declared?: string | undefined;
  /** Of an authenticator app that the user has shown a code of; in base32. */
  readonly totpSecret?: string | undefined;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** Which second factors a user has turned on. */
export interface UserMfa {
  readonly enabled: readonly MfaFactor[];
  /** The one that is asked for where there are several. */
  readonly preferred?: MfaFactor | undefined;
}

export interface NewUser extends Partial<Pick<User, "sub" | "declared">> {
  readonly username: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** @default - one that nobody is told, since the emulator sends no mail */
  readonly temporaryPassword?: string;
  /** Takes an alias away from the user who has it. @default false */
  readonly forcesAlias?: boolean;
}

const SALT_BYTES = 16;

const DAY = 24 * 60 * 60_000;

/** The users of a pool. */
export class Users {
  private readonly nobodysSalt = randomBytes(SALT_BYTES);
  private readonly byUsername = new Map<string, User>();

  constructor(
    private readonly pool: {
      readonly declaration: UserPoolDeclaration & { readonly aliasAttributes?: readonly string[] | undefined };
      readonly shortName: string;
    },
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly onChange: () => void = () => undefined,
  ) {}

  /** In order of creation. */
  all(): readonly User[] {
    return [...this.byUsername.values()];
  }

  /** Takes users over from an earlier run, as they were. */
  restore(users: readonly User[]): void {
    for (const user of users) this.byUsername.set(user.username, user);
  }

  /** @throws AwsError `UsernameExistsException`, `InvalidPasswordException`, `InvalidParameterException` */
  adminCreateUser({ username, attributes, temporaryPassword, forcesAlias, sub, declared }: NewUser): User {
    const identity = { ...this.newIdentity(username, attributes, sub), declared };
    this.claimAliases(identity.attributes, identity, forcesAlias);
    if (temporaryPassword !== undefined) this.enforcePasswordPolicy(temporaryPassword);
    const password = temporaryPassword ?? this.random.text(32, DIGITS + LOWER_CASE + UPPER_CASE);
    return this.store({ ...identity, ...this.temporary(this.verifier(identity, password)) });
  }

  /**
   * A user who registers himself, unconfirmed at first.
   *
   * @throws AwsError `UsernameExistsException`, `InvalidPasswordException`, `InvalidParameterException`
   */
  signUp(username: string, password: string, attributes: ReadonlyMap<string, string>): User {
    const identity = this.newIdentity(username, attributes);
    this.enforcePasswordPolicy(password);
    return this.store({ ...identity, password: this.verifier(identity, password), status: "UNCONFIRMED" });
  }

  /** @param verified the attribute that the user proved to own */
  confirmSignUp(user: User, verified?: string): User {
    const attributes = new Map(user.attributes);
    if (verified !== undefined) attributes.set(`${verified}_verified`, "true");
    this.claimAliases(attributes, user);
    return this.store({ ...user, attributes, status: "CONFIRMED" });
  }

  /** The message action `RESEND`: a new invitation, which prolongs the temporary password. */
  adminResendInvitation({ username, temporaryPassword }: NewUser): User {
    const user = this.adminGetUser(username);
    if (user.status !== "FORCE_CHANGE_PASSWORD") {
      throw invitationFinal(username);
    }
    if (temporaryPassword !== undefined) this.enforcePasswordPolicy(temporaryPassword);
    const password = temporaryPassword === undefined ? user.password : this.verifier(user, temporaryPassword);
    return this.store({ ...user, ...this.temporary(password) });
  }

  /**
   * @param permanent whether the user may keep the password; otherwise the next sign-in asks for a new one.
   * @throws AwsError `UserNotFoundException`, `InvalidPasswordException`
   */
  adminSetUserPassword(username: string, password: string, permanent: boolean): User {
    const user = this.adminGetUser(username);
    this.enforcePasswordPolicy(password);
    const verifier = this.verifier(user, password);
    return this.store({ ...user, ...(permanent ? this.confirmed(verifier) : this.temporary(verifier)) });
  }

  /** Takes as long for a user who is not there: one modular power. */
  hasPassword(user: User | undefined, password: string): user is User {
    const userId = user?.username ?? "";
    const kept = user?.password ?? this.nobodysPassword(userId);
    return isPassword({ poolName: this.pool.shortName, userId }, password, kept) && user !== undefined;
  }

  /** What no password gives, for a user who is not there: with the same salt each time, as if he were. */
  nobodysPassword(userId: string): PasswordVerifier {
    const salt = createHash("sha256").update(this.nobodysSalt).update(userId).digest().subarray(0, SALT_BYTES);
    return { salt: toNumber(salt).toString(16), verifier: this.random.bytes(GROUP_BYTES).toString("hex") };
  }

  /** What is kept of a password. */
  verifier({ username: userId }: Pick<User, "username">, password: string): PasswordVerifier {
    return verifierOf({ poolName: this.pool.shortName, userId }, password, this.random.bytes(SALT_BYTES));
  }

  /** By user name, by `sub`, or by the attribute that the pool uses as user name. */
  find(username: string): User | undefined {
    const found = this.byUsername.get(username);
    if (found) return found;
    const isSameUser = (user: User) =>
      user.sub === username ||
      this.pool.declaration.usernameAttributes.some((name) => user.attributes.get(name) === username) ||
      this.aliasesOf(user.attributes).some(([, alias]) => alias === username);
    return this.all().find(isSameUser);
  }

  /** @throws AwsError `UserNotFoundException` */
  adminGetUser(username: string): User {
    const user = this.find(username);
    if (!user) throw userUnknown();
    return user;
  }

  /** @throws AwsError `UserNotFoundException` */
  adminDeleteUser(username: string): User {
    const user = this.adminGetUser(username);
    this.byUsername.delete(user.username);
    this.onChange();
    return user;
  }

  /** @throws AwsError `UserNotFoundException` */
  setEnabled(username: string, isEnabled: boolean): User {
    return this.store({ ...this.adminGetUser(username), isEnabled });
  }

  /** @throws AwsError `UserNotFoundException`, `InvalidParameterException`, `AliasExistsException` */
  adminUpdateUserAttributes(username: string, attributes: ReadonlyMap<string, string>): User {
    const user = this.adminGetUser(username);
    return this.store({ ...user, attributes: this.changedAttributes(user, attributes) });
  }

  setMfa(user: User, mfa: UserMfa): User {
    return this.store({ ...user, mfa });
  }

  setTotpSecret(user: User, totpSecret: string): User {
    return this.store({ ...user, totpSecret });
  }

  /**
   * The user himself chooses the password that replaces the temporary one.
   *
   * @throws AwsError `InvalidPasswordException`, `InvalidParameterException`, `AliasExistsException`
   */
  completeNewPassword(user: User, password: string, attributes: ReadonlyMap<string, string>): User {
    this.enforcePasswordPolicy(password);
    const attributesOfUser = this.changedAttributes(user, attributes);
    return this.store({ ...user, attributes: attributesOfUser, ...this.confirmed(this.verifier(user, password)) });
  }

  private newIdentity(username: string, attributes: ReadonlyMap<string, string>, sub = this.random.uuid()) {
    refuseAliasAsUsername(this.pool.declaration.aliasAttributes, username);
    const fromUsername = attributesForUsername(this.pool.declaration.usernameAttributes, username);
    const all = new Map([...fromUsername, ...attributes]);
    checkAttributes(all);
    const taken = this.takenAttribute(all);
    if (taken !== undefined) throw attributeTaken(taken);
    if (this.find(username)) throw userTaken();
    return {
      username: fromUsername.size === 0 ? username : sub,
      sub,
      attributes: all,
      isEnabled: true,
      createdAt: this.clock.now(),
    };
  }

  /** A blank value deletes an attribute: API reference, AdminUpdateUserAttributes. */
  private changedAttributes(user: User, changes: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
    const merged = new Map([...user.attributes, ...changes]);
    const attributes = new Map([...merged].filter(([, value]) => value !== ""));
    checkAttributes(attributes);
    const taken = this.takenAttribute(attributes, user);
    if (taken !== undefined) throw aliasTaken(taken);
    this.claimAliases(attributes, user);
    return attributes;
  }

  private aliasesOf(attributes: ReadonlyMap<string, string>) {
    return usableAliases(this.pool.declaration.aliasAttributes, attributes);
  }

  /** @throws AwsError `AliasExistsException` where another user has one, unless it is taken away from him */
  private claimAliases(attributes: ReadonlyMap<string, string>, own: Pick<User, "sub">, isForced = false): void {
    for (const [name, alias] of this.aliasesOf(attributes)) {
      const has = ({ sub, attributes: others }: User) =>
        sub !== own.sub && this.aliasesOf(others).some((other) => other[0] === name && other[1] === alias);
      const holder = this.all().find(has);
      if (!holder) continue;
      if (!isForced) throw aliasTaken(name);
      this.store({ ...holder, attributes: new Map([...holder.attributes].filter(([key]) => !key.startsWith(name))) });
    }
  }

  /** An attribute that is a user name, and that another user has already. */
  private takenAttribute(attributes: ReadonlyMap<string, string>, own?: User): string | undefined {
    const others = this.all().filter(({ sub }) => sub !== own?.sub);
    return this.pool.declaration.usernameAttributes.find(
      (name) => attributes.has(name) && others.some((other) => other.attributes.get(name) === attributes.get(name)),
    );
  }

  private enforcePasswordPolicy(password: string): void {
    enforcePasswordPolicy(this.pool.declaration.passwordPolicy, password);
  }

  private temporary(password: PasswordVerifier) {
    const passwordExpiresAt =
      this.clock.now() + this.pool.declaration.passwordPolicy.temporaryPasswordValidityDays * DAY;
    return { password, passwordExpiresAt, status: "FORCE_CHANGE_PASSWORD" as const };
  }

  private confirmed(password: PasswordVerifier) {
    return { password, passwordExpiresAt: undefined, status: "CONFIRMED" as const };
  }

  private store(user: Omit<User, "modifiedAt">): User {
    const stored = { ...user, modifiedAt: this.clock.now() };
    this.byUsername.set(user.username, stored);
    this.onChange();
    return stored;
  }
}
