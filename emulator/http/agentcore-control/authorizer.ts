import type { z } from "zod";

import type { CustomClaim, CustomJwtAuthorizer } from "../../../topology";
import type { AUTHORIZER_CONFIGURATION } from "../../cloud/agentcore-constraints";

/** From `authorizerConfiguration` of a request. */
export function readAuthorizer(
  configuration?: z.output<typeof AUTHORIZER_CONFIGURATION>,
): CustomJwtAuthorizer | undefined {
  if (!configuration) return undefined;
  const { customClaims, ...rest } = configuration.customJWTAuthorizer;
  return { ...rest, ...(customClaims && { customClaims: customClaims.map(readClaim) }) };
}

type ClaimMember = NonNullable<
  z.output<typeof AUTHORIZER_CONFIGURATION>["customJWTAuthorizer"]["customClaims"]
>[number];

function readClaim({
  inboundTokenClaimName: name,
  inboundTokenClaimValueType: valueType,
  authorizingClaimMatchValue: { claimMatchOperator: operator, claimMatchValue },
}: ClaimMember): CustomClaim {
  const { matchValueString: value, matchValueStringList: values } = claimMatchValue;
  return { name, valueType, operator, value, values };
}

/** `authorizerConfiguration` of an answer. */
export function authorizerShape(authorizer?: CustomJwtAuthorizer): object | undefined {
  if (!authorizer) return undefined;
  const { customClaims, ...rest } = authorizer;
  return { customJWTAuthorizer: { ...rest, ...(customClaims && { customClaims: customClaims.map(claimShape) }) } };
}

function claimShape({ name, valueType, operator, value, values }: CustomClaim): ClaimMember {
  return {
    inboundTokenClaimName: name,
    inboundTokenClaimValueType: valueType,
    authorizingClaimMatchValue: {
      claimMatchOperator: operator,
      claimMatchValue: { matchValueString: value, ...(values && { matchValueStringList: [...values] }) },
    },
  };
}
