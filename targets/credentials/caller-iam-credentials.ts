import { credentialKind } from "./credential-kind";
import { gatewayIamRole, type GatewayRoleSettings } from "./gateway-iam-role";

/** Requests signed with SigV4, in the name of the gateway's caller, who has signed too. */
export const callerIamCredentials = credentialKind<GatewayRoleSettings>({
  ...gatewayIamRole,
  block: "caller_iam_credentials",
  label: () => "caller's SigV4",
  column: () => "caller IAM",
  describe: () => "a SigV4 signature of its caller's",
});
