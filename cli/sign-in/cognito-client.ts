import { AwsClient } from "aws4fetch";

import { isObject } from "../../targets/json";
import { CommandFailure } from "../errors";
import type { AwsCredentials } from "./signed-fetch";

/** What Cognito refused, by its own code. */
export class CognitoRefusal extends CommandFailure {
  constructor(
    operation: string,
    readonly code: string,
    message: string,
  ) {
    super(`${operation} answered ${code}: ${message.replace(/\.?$/, ".")}`);
    this.name = "CognitoRefusal";
  }
}

export interface CognitoEndpoint {
  readonly url: string;
  readonly region: string;
  /** @default - requests are not signed: the operations of users need no AWS credentials */
  readonly credentials?: AwsCredentials;
}

/** The Cognito API, for the few operations that a sign-in takes. */
export class CognitoClient {
  constructor(readonly endpoint: CognitoEndpoint) {}

  /** @throws CognitoRefusal; CommandFailure where nothing answers */
  async call(operation: string, input: unknown): Promise<Record<string, unknown>> {
    const headers = {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
    };
    const response = await this.send({ method: "POST", headers, body: JSON.stringify(input) });
    const answer: unknown = await response.json().catch(() => undefined);
    if (response.ok && isObject(answer)) return answer;
    const { __type: code, message } = isObject(answer) ? answer : {};
    const reason = typeof message === "string" ? message : "no reason given";
    throw new CognitoRefusal(operation, typeof code === "string" ? code : `HTTP status ${response.status}`, reason);
  }

  private async send(init: RequestInit): Promise<Response> {
    const { url, region, credentials } = this.endpoint;
    const send = credentials
      ? (request: RequestInit) =>
          new AwsClient({ ...credentials, service: "cognito-idp", region, retries: 0 }).fetch(url, request)
      : (request: RequestInit) => fetch(url, request);
    try {
      return await send(init);
    } catch (error) {
      if (error instanceof TypeError) throw new CommandFailure(`Cognito does not answer at ${url}: ${causeOf(error)}.`);
      throw error;
    }
  }
}

/** Why `fetch` failed: its own message says only that it did. */
export function causeOf(error: TypeError): string {
  return error.cause instanceof Error ? error.cause.message : error.message;
}
