import type { Clock } from "../../clock";
import { identityProviderTaken, notFound } from "./errors";

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
export class IdentityProviders {
  private readonly byName = new Map<string, IdentityProvider>();

  constructor(private readonly clock: Clock) {}

  /** @throws AwsError DuplicateProviderException */
  create(settings: Settings & Pick<IdentityProvider, "name" | "type">): IdentityProvider {
    const { name, type } = settings;
    if (this.byName.has(name)) throw identityProviderTaken(name);
    const now = this.clock.now();
    const attributeMapping = settings.attributeMapping ?? (WITH_SUBJECT.includes(type) ? DEFAULT_MAPPING : {});
    const provider = { identifiers: [], ...defined(settings), name, type, details: settings.details, attributeMapping };
    const created = { ...provider, createdAt: now, modifiedAt: now };
    this.byName.set(name, created);
    return created;
  }

  /** Changes what is given. @throws AwsError ResourceNotFoundException */
  update(name: string, settings: Partial<Settings>): IdentityProvider {
    const changed = { ...this.get(name), ...defined(settings), modifiedAt: this.clock.now() };
    this.byName.set(name, changed);
    return changed;
  }

  /** @throws AwsError ResourceNotFoundException */
  get(name: string): IdentityProvider {
    return this.known(this.byName.get(name), name);
  }

  /** @throws AwsError ResourceNotFoundException */
  withIdentifier(identifier: string): IdentityProvider {
    const found = this.all().find(({ identifiers = [] }) => identifiers.includes(identifier));
    return this.known(found, identifier);
  }

  /** @throws AwsError ResourceNotFoundException */
  delete(name: string): void {
    this.get(name);
    this.byName.delete(name);
  }

  all(): readonly IdentityProvider[] {
    return [...this.byName.values()];
  }

  private known(provider: IdentityProvider | undefined, name: string): IdentityProvider {
    if (provider) return provider;
    throw notFound(`Identity provider ${name} does not exist.`);
  }
}

function defined<T extends object>(settings: T): Partial<T> {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined)) as Partial<T>;
}
