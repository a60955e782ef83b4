import { AwsClient, AwsV4Signer } from "aws4fetch";

export interface SigningOptions {
  readonly url: string;
  readonly service: string;
  /** @default POST */
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** @default us-east-1 */
  readonly region?: string;
  /** @default test */
  readonly accessKeyId?: string;
  /** @default test */
  readonly secretAccessKey?: string;
  /** `YYYYMMDDTHHMMSSZ`. @default - now */
  readonly datetime?: string;
}

/** A request signed with Signature Version 4, by default with the emulated account's credentials. */
export async function signedRequest(options: SigningOptions): Promise<Request> {
  const { method = "POST", region = "us-east-1", accessKeyId = "test", secretAccessKey = "test", ...rest } = options;
  const signed = await new AwsV4Signer({ method, region, accessKeyId, secretAccessKey, ...rest }).sign();
  return new Request(signed.url, { method, headers: signed.headers, body: options.body });
}

/** Calls APIs with the emulated account's credentials, once each. */
export function awsClient(service = "bedrock-agentcore", region = "us-east-1"): AwsClient {
  return new AwsClient({ accessKeyId: "test", secretAccessKey: "test", service, region, retries: 0 });
}
