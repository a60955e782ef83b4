import type { Cognito } from "../cloud/cognito/cognito";
import type { HostService, UrlMapping } from "../cloud/network";
import type { UserPool } from "../cloud/cognito/user-pool";
import { summarizeAnswer, summarizeRequest } from "../trace/summary";
import type { Tracer } from "../trace/tracer";
import { cognitoDiscoveryHandler, cognitoTokenHandler } from "./cognito-oidc";

/** `cognito-idp.REGION.amazonaws.com` with discovery documents and keys, and the domain of every pool that has one. */
export class CognitoHosts implements HostService {
  constructor(
    private readonly cognito: Cognito,
    private readonly tracer: Tracer,
  ) {}

  serves(host: string): boolean {
    return host === this.apiHost || this.cognito.userPoolOfHost(host) !== undefined;
  }

  handle(request: Request, urls: UrlMapping): Promise<Response> {
    const pool = this.cognito.userPoolOfHost(new URL(request.url).host);
    return pool ? this.answerAtDomain(pool, request) : cognitoDiscoveryHandler(this.cognito, urls)(request);
  }

  private async answerAtDomain(pool: UserPool, request: Request): Promise<Response> {
    const summary = summarizeRequest(request, await request.clone().text());
    return this.tracer.hop({ name: "token endpoint", station: pool.arn, request: summary }, async (hop) => {
      const response = await cognitoTokenHandler(pool, hop)(request);
      hop.answer(summarizeAnswer(response.status, await response.clone().text()));
      return response;
    });
  }

  private get apiHost(): string {
    return `cognito-idp.${this.cognito.region}.amazonaws.com`;
  }
}
