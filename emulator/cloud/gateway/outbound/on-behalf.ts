import { z } from "zod";

import type { JsonRpcRequest } from "../protocol/json-rpc";
import type { SigningCredentials } from "./outbound-request";
import { metaOf } from "../protocol/stateless-protocol";

/** Whom a gateway calls a target for, and what he asks of it himself; nobody, while it synchronizes. */
export interface OnBehalf {
  /** The token by which he was let in; left out where gateways are not authorized by tokens. */
  readonly userToken?: string;
  /** The header of his request, where it may be passed on as it came. */
  readonly authorization?: string | undefined;
  /** With which he signed his request. */
  readonly credentials?: SigningCredentials | undefined;
  /** In the place of a token: an administrator, who consents to what the gateway itself asks a target. */
  readonly userId?: string;
  /** In the place of the target's `defaultReturnUrl`. */
  readonly returnUrl?: string;
  /** Whether he is to consent anew. */
  readonly forceAuthentication?: boolean;
}

/** Developer guide, "gateway-using-auth-ex-3lo". */
const CONFIGURATION_KEY = "aws.bedrock-agentcore.gateway/credentialProviderConfiguration";

const configuration = z.object({
  oauthCredentialProvider: z.object({
    returnUrl: z.string().optional(),
    forceAuthentication: z.boolean().optional(),
  }),
});

export function onBehalfOf(userToken: string | undefined, params: JsonRpcRequest["params"]): OnBehalf {
  const asked = metaOf(params)[CONFIGURATION_KEY];
  return { userToken, ...(asked !== undefined && configuration.safeParse(asked).data?.oauthCredentialProvider) };
}
