import { AwsClient } from "aws4fetch";

import { GATEWAY_HOST_END } from "../../aws/agentcore/endpoints";
import { UsageError } from "../errors";

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/**
 * A `fetch` that signs each request for a gateway, as one with IAM inbound authorization asks.
 *
 * @throws UsageError where nothing names the gateway's region
 */
export function signedFetch(
  gateway: URL,
  credentials: AwsCredentials,
): (url: string | URL, init?: RequestInit) => Promise<Response> {
  const client = new AwsClient({ ...credentials, service: "bedrock-agentcore", region: regionOf(gateway), retries: 0 });
  return (url, init) => client.fetch(url.toString(), init);
}

/** @throws UsageError */
export function environmentCredentials(): AwsCredentials {
  const {
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
  } = process.env;
  if (!accessKeyId || !secretAccessKey) {
    throw new UsageError(
      "The stack has no user pool for its callers, so they sign: put AWS credentials in the environment, as 'aws configure export-credentials --format env' prints them.",
    );
  }
  return { accessKeyId, secretAccessKey, ...(sessionToken && { sessionToken }) };
}

/** The region in a gateway's own host name or, behind a domain of one's own, that of the environment. */
function regionOf({ href }: URL): string {
  const named = new RegExp(GATEWAY_HOST_END).exec(href)?.[1];
  const region = named ?? process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"];
  if (!region) throw new UsageError(`The gateway's URL ${href} names no region: set AWS_REGION.`);
  return region;
}
