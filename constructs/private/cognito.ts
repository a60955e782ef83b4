import type { CognitoUserPoolPasswordPolicy } from "@cdktf/provider-aws/lib/cognito-user-pool";
import type { AwsEnvironment } from "./aws-environment";

/** Cognito's own default for new pools, written out: left out, the provider sends weaker values. */
export const PASSWORD_POLICY: CognitoUserPoolPasswordPolicy = {
  minimumLength: 8,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
  temporaryPasswordValidityDays: 7,
};

export function cognitoDiscoveryUrl(environment: AwsEnvironment, userPoolId: string): string {
  return `${environment.serviceUrl("cognito-idp")}/${userPoolId}/.well-known/openid-configuration`;
}
