import { Fn, Token } from "cdktf";
import { OPENID_DISCOVERY_PATH } from "../../aws/agentcore/discovery";
import { issuerUrl } from "../../aws/cognito/endpoints";

/** The region that a pool's id begins with, `us-east-1_AbCdEfGhI`, also where only Terraform knows the id. */
export function regionOfUserPool(userPoolId: string): string {
  return Token.isUnresolved(userPoolId)
    ? Token.asString(Fn.element(Fn.split("_", userPoolId), 0))
    : (userPoolId.split("_")[0] ?? "");
}

export function cognitoDiscoveryUrl(region: string, userPoolId: string): string {
  return `${issuerUrl(region, userPoolId)}${OPENID_DISCOVERY_PATH}`;
}
