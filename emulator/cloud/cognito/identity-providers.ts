import type { Clock } from "../../clock";
import { defined } from "../defined";
import { Registry } from "../registry";
import { identityProviderTaken, identityProviderUnknown } from "./errors";

interface Settings {
  readonly details: Readonly<Record<string, string>>;
  readonly attributeMapping?: Readonly<Record<string, string>>;
  readonly identifiers?: readonly string[];
}

export interface IdentityProvider extends Settings {
  readonly name: string;
  readonly type: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** What every user is mapped by unless the request says otherwise (API reference, CreateIdentityProvider). */
const DEFAULT_MAPPING = { username: "sub" };
/** Kinds whose subject is the claim `sub`. */
const WITH_SUBJECT = ["Google", "SignInWithApple", "OIDC"];

/** The identity providers of a user pool. */
export class IdentityProviders extends Registry<IdentityProvider> {
  constructor(private readonly clock: Clock) {
    super(identityProviderUnknown);
  }

  /** @throws AwsError DuplicateProviderException */
  create(settings: Settings & Pick<IdentityProvider, "name" | "type">): IdentityProvider {
    const { name, type } = settings;
    if (this.items.has(name)) throw identityProviderTaken(name);
    const now = this.clock.now();
    const attributeMapping = settings.attributeMapping ?? (WITH_SUBJECT.includes(type) ? DEFAULT_MAPPING : {});
    const provider = { identifiers: [], ...defined(settings), name, type, details: settings.details, attributeMapping };
    const created = { ...provider, createdAt: now, modifiedAt: now };
    this.items.set(name, created);
    return created;
  }

  /** Changes what is given. @throws AwsError ResourceNotFoundException */
  update(name: string, settings: Partial<Settings>): IdentityProvider {
    const changed = { ...this.get(name), ...defined(settings), modifiedAt: this.clock.now() };
    this.items.set(name, changed);
    return changed;
  }

  /** @throws AwsError ResourceNotFoundException */
  withIdentifier(identifier: string): IdentityProvider {
    const found = this.all().find(({ identifiers = [] }) => identifiers.includes(identifier));
    if (!found) throw this.unknown(identifier);
    return found;
  }
}
