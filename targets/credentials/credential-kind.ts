import type { CredentialKind as Column } from "../../aws/agentcore/outbound-matrix";
import type { Readable, ValueTypes } from "../readable";
import type { Constraints } from "../target-kind";

/** Settings of which a source may not show the values. */
type AsShown<Settings> = { readonly [Name in keyof Settings]: unknown };

/** A kind of credential: all of it but how a gateway gets hold of it. */
export interface CredentialKind<Settings extends object = object> {
  /** Terraform's name in `credential_provider_configuration`. */
  readonly block: string;
  /** The API's name in `credentialProvider`. @default - it has no settings */
  readonly member?: string;
  /** Whether there is none without that member. */
  readonly isConfigured: boolean;
  /** What the gateway shows, in the picture. */
  label(settings: AsShown<Settings>): string;
  /** The constraints on its settings: botocore `bedrock-agentcore-control/2023-06-05`. */
  members<C>(constraints: Constraints<C>): C;
  /** @returns its settings, in the shape of the API, as far as they are shown */
  read(block: Readable<ValueTypes>): AsShown<Settings>;
  /** @returns undefined for a way that the matrix does not know */
  column(settings: AsShown<Settings>): Column | undefined;
  /** What the gateway shows, for a person. */
  describe(settings: Settings): string;
}

/** For a kind, of which the settings follow. */
export function credentialKind<Settings extends object>(kind: CredentialKind<Settings>): CredentialKind<Settings> {
  return kind;
}

export const PROVIDER_ARN = "arn:([^:]*):([^:]*):([^:]*):([0-9]{12})?:(.+)";

export function nameOfArn(providerArn: string): string {
  return providerArn.split("/").at(-1) ?? "";
}
