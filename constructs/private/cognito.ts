import type { CognitoUserPoolPasswordPolicy } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { OPENID_DISCOVERY_PATH } from "../../aws/agentcore/discovery";
import { DEFAULT_PASSWORD_POLICY } from "../../aws/cognito/password-policy";
import type { AwsEnvironment } from "./aws-environment";

/** Cognito's own default for new pools, written out: left out, the provider sends weaker values. */
export const PASSWORD_POLICY: CognitoUserPoolPasswordPolicy = DEFAULT_PASSWORD_POLICY;

export function cognitoDiscoveryUrl(environment: AwsEnvironment, userPoolId: string): string {
  return `${environment.serviceUrl("cognito-idp")}/${userPoolId}${OPENID_DISCOVERY_PATH}`;
}
