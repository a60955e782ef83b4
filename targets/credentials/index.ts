// targets/credentials/: how a gateway authorizes itself to targets, a file for each kind of credential.
import type { CredentialKind as Column } from "../../aws/agentcore/outbound-matrix";
import type { Known, Readable, ValueTypes } from "../readable";
import { apiKey, type ApiKeySettings } from "./api-key";
import { callerIamCredentials } from "./caller-iam-credentials";
import type { CredentialKind } from "./credential-kind";
import { gatewayIamRole, type GatewayRoleSettings } from "./gateway-iam-role";
import { jwtPassthrough } from "./jwt-passthrough";
import { oauth, type OAuthSettings } from "./oauth";

/** Every kind that is imitated, by the API's `credentialProviderType`. */
export const CREDENTIAL_KINDS: Readonly<Record<string, CredentialKind>> = {
  OAUTH: oauth,
  API_KEY: apiKey,
  GATEWAY_IAM_ROLE: gatewayIamRole,
  CALLER_IAM_CREDENTIALS: callerIamCredentials,
  JWT_PASSTHROUGH: jwtPassthrough,
};

/** How a gateway authorizes itself to a target. */
export type OutboundCredential<V extends ValueTypes = Known> =
  | { readonly type: "NONE" | "JWT_PASSTHROUGH" }
  | ({ readonly type: "OAUTH" } & OAuthSettings<V>)
  | ({ readonly type: "API_KEY" } & ApiKeySettings<V>)
  | ({ readonly type: "GATEWAY_IAM_ROLE" | "CALLER_IAM_CREDENTIALS" } & GatewayRoleSettings<V>);

/** @returns undefined for a kind that is not imitated */
export function readCredential<V extends ValueTypes>(
  block: string,
  settings: Readable<V>,
): OutboundCredential<V> | undefined {
  const [type, kind] = Object.entries(CREDENTIAL_KINDS).find(([, each]) => each.block === block) ?? [];
  return kind && ({ type, ...kind.read(settings) } as OutboundCredential<V>);
}

/** Its column in the outbound matrix; undefined where the grant is not known. */
export function columnOf(credential: OutboundCredential<ValueTypes>): Column | undefined {
  return credential.type === "NONE" ? "none" : CREDENTIAL_KINDS[credential.type]?.column(credential);
}

/** What a gateway shows to a target, for the picture. */
export function credentialLabel(credential: OutboundCredential<ValueTypes>): string {
  return CREDENTIAL_KINDS[credential.type]?.label(credential) ?? "no token";
}

/** The same for a person. */
export function describeCredential(credential: OutboundCredential): string {
  return CREDENTIAL_KINDS[credential.type]?.describe(credential) ?? "nothing";
}
