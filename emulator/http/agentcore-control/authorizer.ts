import type { z } from "zod";

import type { CustomJwtAuthorizer } from "../../../topology";
import type { AUTHORIZER_CONFIGURATION } from "../../cloud/agentcore-constraints";

/** From `authorizerConfiguration` of a request. */
export function readAuthorizer(
  configuration?: z.output<typeof AUTHORIZER_CONFIGURATION>,
): CustomJwtAuthorizer | undefined {
  return configuration?.customJWTAuthorizer;
}

/** `authorizerConfiguration` of an answer. */
export function authorizerShape(authorizer?: CustomJwtAuthorizer): object | undefined {
  return authorizer && { customJWTAuthorizer: authorizer };
}
