import { apiHost } from "../../aws/hosts";
import type { Account } from "../cloud/account";
import type { Cognito } from "../cloud/cognito/cognito";
import { HttpResponse, type HttpRequest } from "../cloud/network/http-message";
import type { HostService, UrlMapping } from "../cloud/network/network";
import { answerAtDomain } from "./cognito-domain";
import { COGNITO_TARGET, cognitoIdpHandler } from "./cognito-idp";
import { traceCognitoApi } from "./cognito-idp/api-trace";
import { cognitoDiscoveryHandler } from "./cognito-idp/discovery";
import type { FetchHandler } from "./protocols/aws-json";
import type { AwsService } from "./protocols/aws-service";

/** Amazon Cognito user pools. */
export const cognito: AwsService = {
  host: (region) => apiHost("cognito-idp", region),
  isMeantBy: ({ target }) => target === COGNITO_TARGET,
  open: (account) => new CognitoHosts(account),
};

/**
 * `cognito-idp.REGION.amazonaws.com` with the API, discovery documents and keys, and the domain of every pool that has
 * one.
 */
class CognitoHosts implements HostService {
  private readonly cognito: Cognito;
  private readonly api: FetchHandler;

  constructor(private readonly account: Account) {
    this.cognito = account.cognito;
    const { cognito, environment, journal, sessionCredentials } = account;
    this.api = cognitoIdpHandler(cognito, environment.random, journal, sessionCredentials);
  }

  serves(host: string): boolean {
    return this.isApi(host) || this.cognito.userPoolOfHost(host) !== undefined;
  }

  async handle(request: HttpRequest, urls: UrlMapping): Promise<HttpResponse> {
    const { host, pathname } = request.location;
    if (this.isApi(host) && pathname === "/") return traceCognitoApi(request, this.account, this.api);
    const pool = this.cognito.userPoolOfHost(host);
    if (pool) return answerAtDomain(pool, request, urls);
    return HttpResponse.fromFetch(await cognitoDiscoveryHandler(this.cognito, urls)(request.toFetch()));
  }

  /** That of the account's region, and of any other that has a pool. */
  private isApi(host: string): boolean {
    const regions = [this.cognito.region, ...this.cognito.userPools().map(({ region }) => region)];
    return regions.some((region) => host === cognito.host(region));
  }
}
