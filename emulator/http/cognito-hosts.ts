import type { Cognito } from "../cloud/cognito/cognito";
import type { HostService, UrlMapping } from "../cloud/network";
import { cognitoDiscoveryHandler, cognitoTokenHandler } from "./cognito-oidc";

/** `cognito-idp.REGION.amazonaws.com` with discovery documents and keys, and the domain of every pool that has one. */
export class CognitoHosts implements HostService {
  constructor(private readonly cognito: Cognito) {}

  serves(host: string): boolean {
    return host === this.apiHost || this.cognito.userPoolOfHost(host) !== undefined;
  }

  handle(request: Request, urls: UrlMapping): Promise<Response> {
    const pool = this.cognito.userPoolOfHost(new URL(request.url).host);
    return pool ? cognitoTokenHandler(pool)(request) : cognitoDiscoveryHandler(this.cognito, urls)(request);
  }

  private get apiHost(): string {
    return `cognito-idp.${this.cognito.region}.amazonaws.com`;
  }
}
