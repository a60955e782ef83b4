import type { UserPoolClient } from "../../topology";
import { isEmptyList } from "./certainty";

/** Flows of explicit_auth_flows by which somebody signs in; ALLOW_REFRESH_TOKEN_AUTH only prolongs. */
const SIGN_IN =
  /^(ALLOW_(USER_PASSWORD|ADMIN_USER_PASSWORD|USER_SRP|CUSTOM|USER)_AUTH|ADMIN_NO_SRP_AUTH|CUSTOM_AUTH_FLOW_ONLY|USER_PASSWORD_AUTH)$/;

/**
 * Whether a user signs in with a client, by user name and password or a challenge. Left out, the flows are SRP, custom
 * and refresh, which nobody means for a client of machines, whose secret they would need.
 */
export function canSignIn({ explicitAuthFlows, generateSecret, oauthFlows }: UserPoolClient): boolean {
  if (isEmptyList(explicitAuthFlows)) {
    const isForMachines = Array.isArray(oauthFlows) && oauthFlows.includes("client_credentials");
    return !(generateSecret === true && isForMachines);
  }
  if (!Array.isArray(explicitAuthFlows)) return true;
  return explicitAuthFlows.some((flow) => typeof flow !== "string" || SIGN_IN.test(flow));
}
