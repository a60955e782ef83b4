// emulator/http/agentcore-data/: the data API of AgentCore: agent runtimes and workload identities as their callers reach them.
import { z } from "zod";

import { dataPlaneHost, SERVICE } from "../../../aws/agentcore/endpoints";
import type { Account } from "../../cloud/account";
import { PROVIDER_NAME, RETURN_URL, soleMember, WORKLOAD_NAME } from "../../cloud/agentcore-constraints";
import { boolean, listOf, mapOf, NOT_EMULATED, oneOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { HttpResponse, type HttpRequest } from "../../cloud/network/http-message";
import { Administrator } from "../../cloud/iam/administrator";
import { linkedWithoutToken } from "../../cloud/identity/errors";
import type { WorkloadTokenAction } from "../../cloud/identity/token-vault";
import type { WorkloadUser } from "../../cloud/identity/workload-user";
import type { HostService, PayloadLimit, UrlMapping } from "../../cloud/network/network";
import type { Eventual } from "../../eventual";
import { operation, restJsonHandler, type RestJsonHandler, type RestJsonOperation } from "../protocols/aws-rest-json";
import type { AwsService } from "../protocols/aws-service";
import type { IamAuthorizer } from "../protocols/iam-authorizer";
import { ConsentPages } from "./consent-pages";
import { RuntimeHost } from "./runtime-host";

/** What is no call of a runtime; the operations on runtime sessions and agent cards are refused by name. */
const API_PATHS = /^\/identities\/|^\/runtimes\/[^/]+\/(stopruntimesession$|invocations\/.*agent-card\.json$)/;

/** What else begins with these collections is of the control plane. */
const PATHS = [
  /^\/runtimes\/[^/]+\/(invocations|stopruntimesession)/,
  /^\/identities\/(GetWorkloadAccessToken|oauth2\/|api-key|CompleteResourceTokenAuth)/,
];

/** AgentCore's data plane. */
export const agentCoreData: AwsService = {
  host: dataPlaneHost,
  isMeantBy: ({ pathname }) => PATHS.some((path) => path.test(pathname)),
  open: (account, iam) => new AgentCoreDataHost(account, iam),
};

/** `bedrock-agentcore.REGION.amazonaws.com`: AgentCore Identity's operations, and the runtimes. */
class AgentCoreDataHost implements HostService {
  private readonly runtimes: RuntimeHost;
  private readonly api: RestJsonHandler;
  private readonly consent: ConsentPages;

  constructor(account: Account, iam: IamAuthorizer) {
    this.consent = new ConsentPages(account.environment, account.vault);
    this.runtimes = new RuntimeHost(account.environment, account.runtimes, account.vault, iam);
    this.api = agentCoreDataHandler(account);
  }

  get payload(): PayloadLimit {
    return this.runtimes.payload;
  }

  serves(host: string): boolean {
    return this.runtimes.serves(host);
  }

  handle(request: HttpRequest, urls: UrlMapping): Eventual<HttpResponse> {
    if (this.consent.serves(request)) return this.consent.handle(request, urls);
    const isApi = API_PATHS.test(request.location.pathname);
    return isApi
      ? this.api(request.toFetch(), urls, request.trace).then((response) => HttpResponse.fromFetch(response))
      : this.runtimes.handle(request, urls);
  }
}

function agentCoreDataHandler({
  environment,
  vault,
  workloadIdentities,
  sessionCredentials,
}: Account): RestJsonHandler {
  const caller = new Administrator(environment);
  const workloadToken = <Schema extends z.ZodType<{ workloadName: string }>>(
    name: WorkloadTokenAction,
    schema: Schema,
    userOf: (request: z.output<Schema>) => WorkloadUser | undefined = () => undefined,
  ) =>
    operation(name, `POST /identities/${name}`, 200, schema, (request, _, trace) => {
      const { workloadName } = request;
      if (workloadIdentities.get(workloadName).isLinked) throw linkedWithoutToken();
      return { workloadAccessToken: vault.getWorkloadAccessToken(caller, workloadName, trace, name, userOf(request)) };
    });
  const operations = [
    workloadToken("GetWorkloadAccessToken", WORKLOAD),
    workloadToken("GetWorkloadAccessTokenForJWT", WORKLOAD.extend({ userToken: USER_TOKEN }), ({ userToken }) => ({
      userToken,
    })),
    workloadToken("GetWorkloadAccessTokenForUserId", WORKLOAD.extend({ userId: USER_ID }), ({ userId }) => ({
      userId,
    })),
    resourceOauth2Token({ vault, caller }),
    operation(
      "CompleteResourceTokenAuth",
      "POST /identities/CompleteResourceTokenAuth",
      200,
      BINDING,
      async ({ sessionUri, userIdentifier }, _, trace) => {
        soleMember(userIdentifier, "userIdentifier");
        const { userToken, userId = "" } = userIdentifier;
        const user = userToken === undefined ? { userId } : { userToken };
        await vault.completeResourceTokenAuth(sessionUri, user, trace);
      },
    ),
    operation("GetResourceApiKey", "POST /identities/api-key", 200, CREDENTIAL, (request, _, trace) => ({
      apiKey: vault.getResourceApiKey(caller, credentialRequest(request), trace),
    })),
  ];
  return restJsonHandler(SERVICE, operations, { environment, sessionCredentials });
}

/** Developer guide, "get-workload-access-token": such tokens come with calls, and cannot be fetched. */

const WORKLOAD = structure({ workloadName: WORKLOAD_NAME });
const USER_TOKEN = text(131_072, "[A-Za-z0-9_=-]+.[A-Za-z0-9_=-]+.[A-Za-z0-9_=-]+", 1);
const USER_ID = text(128, undefined, 1);
const SESSION_URI = text(1_024, "urn:ietf:params:oauth:request_uri:[a-zA-Z0-9._~-]+", 1);
const BINDING = structure({
  sessionUri: SESSION_URI,
  userIdentifier: structure({ userToken: USER_TOKEN.optional(), userId: USER_ID.optional() }),
});
const CREDENTIAL = structure({
  workloadIdentityToken: text(131_072, undefined, 1),
  resourceCredentialProviderName: PROVIDER_NAME,
});
const OAUTH2_TOKEN = CREDENTIAL.extend({
  scopes: listOf(text(128, undefined, 1), UNBOUNDED),
  oauth2Flow: oneOf(["USER_FEDERATION", "M2M", "ON_BEHALF_OF_TOKEN_EXCHANGE"]),
  forceAuthentication: boolean().optional(),
  resourceOauth2ReturnUrl: RETURN_URL.optional(),
  customState: text(4_096, undefined, 1).optional(),
  sessionUri: SESSION_URI.optional(),
  customParameters: mapOf(text(256, "[a-zA-Z0-9_.-]+", 1), text(2048, undefined, 1), UNBOUNDED).optional(),
  resources: NOT_EMULATED,
  audiences: NOT_EMULATED,
});

function resourceOauth2Token({ vault, caller }: Pick<Account, "vault"> & { caller: Administrator }): RestJsonOperation {
  return operation(
    "GetResourceOauth2Token",
    "POST /identities/oauth2/token",
    200,
    OAUTH2_TOKEN,
    async (request, urls, trace) => {
      const { oauth2Flow, scopes, customParameters, customState, sessionUri, forceAuthentication } = request;
      const demand = { ...credentialRequest(request), scopes, customParameters };
      if (oauth2Flow === "M2M") return { accessToken: await vault.getResourceOauth2Token(caller, demand, trace) };
      if (oauth2Flow === "ON_BEHALF_OF_TOKEN_EXCHANGE") {
        return { accessToken: await vault.exchangeToken(caller, demand, trace) };
      }
      const { resourceOauth2ReturnUrl: returnUrl } = request;
      const asked = { ...demand, returnUrl, customState, sessionUri, forceAuthentication };
      const token = await vault.getUserToken(caller, asked, trace);
      if (typeof token === "string") return { accessToken: token };
      return { ...token, authorizationUrl: urls(token.authorizationUrl) };
    },
  );
}

function credentialRequest(request: z.output<typeof CREDENTIAL>) {
  const { workloadIdentityToken, resourceCredentialProviderName: credentialProviderName } = request;
  return { workloadIdentityToken, credentialProviderName };
}
