import { MAX_SIGNING_NAME } from "../../aws/agentcore/limits";
import type { Known, Readable, ValueTypes } from "../readable";
import { credentialKind } from "./credential-kind";

export interface GatewayRoleSettings<V extends ValueTypes = Known> {
  /** That is signed for; some targets imply theirs. */
  readonly service?: V["text"];
  /** @default - that of the gateway */
  readonly region?: V["text"];
}

/** Requests signed with SigV4, as the gateway's role. */
export const gatewayIamRole = credentialKind<GatewayRoleSettings>({
  block: "gateway_iam_role",
  member: "iamCredentialProvider",
  isConfigured: false,
  label: () => "SigV4",
  members: ({ structure, text, optional }) =>
    structure({
      service: text(MAX_SIGNING_NAME, "[a-zA-Z0-9._-]+", 1),
      region: optional(text(32, "[a-zA-Z0-9-]+", 1)),
    }),
  read: <V extends ValueTypes>(block: Readable<V>): GatewayRoleSettings<V> => ({
    service: block.optionalText("service"),
    region: block.optionalText("region"),
  }),
  column: () => "gateway role",
  describe: () => "its role's SigV4 signature",
});
