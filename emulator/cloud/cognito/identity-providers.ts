import type { Clock } from "../../clock";
import { defined } from "../defined";
import { Registry } from "../registry";
import { timesNow, type Times } from "../times";
import { identityProviderTaken, identityProviderUnknown } from "./errors";

interface Settings {
  readonly providerName: string;
  readonly providerType: string;
  readonly providerDetails: Readonly<Record<string, string>>;
  readonly attributeMapping?: Readonly<Record<string, string>>;
  readonly idpIdentifiers?: readonly string[];
}

export interface IdentityProvider extends Settings, Times {}

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
  create(settings: Settings): IdentityProvider {
    const { providerName, providerType, idpIdentifiers = [] } = settings;
    if (this.items.has(providerName)) throw identityProviderTaken(providerName);
    const attributeMapping = settings.attributeMapping ?? (WITH_SUBJECT.includes(providerType) ? DEFAULT_MAPPING : {});
    const created = { ...settings, idpIdentifiers, attributeMapping, ...timesNow(this.clock) };
    this.items.set(providerName, created);
    return created;
  }

  /** Changes what is given. @throws AwsError ResourceNotFoundException */
  update(settings: Pick<Settings, "providerName"> & Partial<Settings>): IdentityProvider {
    const { providerName } = settings;
    const changed = { ...this.get(providerName), ...defined(settings), updatedAt: this.clock.now() };
    this.items.set(providerName, changed);
    return changed;
  }

  /** @throws AwsError ResourceNotFoundException */
  withIdentifier(identifier: string): IdentityProvider {
    const found = this.all().find(({ idpIdentifiers = [] }) => idpIdentifiers.includes(identifier));
    if (!found) throw this.unknown(identifier);
    return found;
  }
}
