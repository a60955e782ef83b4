// targets/credentials/: how a gateway authorizes itself to targets, a file for each kind of credential.
import type { CredentialKind as Column } from "../../aws/agentcore/outbound-matrix";
import type { TargetBlock } from "../target-kind";
import { apiKey } from "./api-key";
import type { CredentialKind } from "./credential-kind";
import { gatewayIamRole } from "./gateway-iam-role";
import { oauth } from "./oauth";

/** Every kind that is imitated, by the API's `credentialProviderType`. */
const KINDS = {
  OAUTH: oauth,
  API_KEY: apiKey,
  GATEWAY_IAM_ROLE: gatewayIamRole,
};

export const CREDENTIAL_KINDS: Readonly<Record<string, CredentialKind>> = KINDS;

type Kinds = typeof KINDS;

/** How a gateway authorizes itself to a target. */
export type OutboundCredential =
  | { readonly type: "NONE" }
  | { readonly [T in keyof Kinds]: { readonly type: T } & ReturnType<Kinds[T]["read"]> }[keyof Kinds];

/** @returns undefined for a kind that is not imitated */
export function readCredential(block: string, settings: TargetBlock): OutboundCredential | undefined {
  const [type, kind] = Object.entries(CREDENTIAL_KINDS).find(([, each]) => each.block === block) ?? [];
  return kind && ({ type, ...kind.read(settings) } as OutboundCredential);
}

/** Its column in the outbound matrix. */
export function columnOf(credential: OutboundCredential): Column | undefined {
  return credential.type === "NONE" ? "none" : CREDENTIAL_KINDS[credential.type]?.column(credential);
}

/** What a gateway shows to a target, for the picture. */
export function credentialLabel({ type }: OutboundCredential): string {
  return CREDENTIAL_KINDS[type]?.label ?? "no token";
}

/** The same for a person. */
export function describeCredential(credential: OutboundCredential): string {
  return CREDENTIAL_KINDS[credential.type]?.describe(credential) ?? "nothing";
}
