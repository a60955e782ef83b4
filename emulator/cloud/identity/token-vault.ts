import { GET_SECRET } from "../../../aws/agentcore/actions";
import { WORKLOAD_IDENTITY_DIRECTORY } from "../../../aws/agentcore/names";
import { dataPlaneHost } from "../../../aws/agentcore/endpoints";
import type { Eventual } from "../../eventual";
import type { TracedRequest } from "../../trace/call";
import type { CheckName } from "../../trace/fixes";
import type { Deferred, HopRecorder, Trace } from "../../trace/hop-record";
import { agentCoreArn, type Environment } from "../environment";
import type { Principal } from "../iam/iam";
import type { ApiKeyCredentialProviders } from "./api-key-credential-providers";
import {
  AuthorizationServerError,
  clientCredentials,
  DEMANDS,
  requestToken,
  type TokenDemand,
} from "./authorization-server";
import {
  clientCredentialsRefused,
  exchangeUnconfigured,
  returnUrlUnregistered,
  secretDenied,
  userMissing,
} from "./errors";
import { M2mTokens } from "./m2m-tokens";
import type { OAuth2CredentialProvider, OAuth2CredentialProviders } from "./oauth2-credential-providers";
import { exchangeToken } from "./token-exchange";
import { type PendingConsent, UserFederation } from "./user-federation";
import { type TokenBearer, WorkloadAccessTokens } from "./workload-access-tokens";
import type { WorkloadIdentities } from "./workload-identities";
import { describeUser, userKey, type WorkloadUser } from "./workload-user";

/** Without a user, for the user of a JWT, or for a user whom the workload names itself. */
export type WorkloadTokenAction =
  | "GetWorkloadAccessToken"
  | "GetWorkloadAccessTokenForJWT"
  | "GetWorkloadAccessTokenForUserId";

type ReadingAction = "GetResourceOauth2Token" | "GetResourceApiKey";

export interface CredentialRequest {
  readonly workloadIdentityToken: string;
  readonly credentialProviderName: string;
}

/** A token in the name of the user whom the workload acts for. */
export interface UserTokenRequest extends CredentialRequest, TokenDemand {
  /** One of those that the workload identity has registered. */
  readonly returnUrl?: string;
  /** Whether the URL need not be registered: the service itself asks an administrator. */
  readonly trustsReturnUrl?: boolean;
  readonly customState?: string;
  readonly forceAuthentication?: boolean;
  /** Of a consent that was asked for before. */
  readonly sessionUri?: string;
}

/** What of a credential provider an authorization looks at. */
interface VaultedCredential {
  readonly credentialProviderArn: string;
  readonly secretArn: string;
}

/** AgentCore Identity's data plane: who may draw which credential from the default vault. */
export class TokenVault {
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** The users' part in it. */
  readonly federation: UserFederation;
  readonly arn: string;
  private readonly directoryArn: string;
  private readonly tokens: WorkloadAccessTokens;
  private readonly m2mTokens: M2mTokens;

  constructor(
    private readonly environment: Environment,
    private readonly identities: WorkloadIdentities,
    private readonly oauth2Providers: OAuth2CredentialProviders,
    private readonly apiKeyProviders: ApiKeyCredentialProviders,
  ) {
    this.createdAt = environment.clock.now();
    this.arn = defaultVaultArn(environment);
    this.directoryArn = agentCoreArn(environment, WORKLOAD_IDENTITY_DIRECTORY);
    this.tokens = new WorkloadAccessTokens(environment);
    this.m2mTokens = new M2mTokens(environment.clock);
    this.federation = new UserFederation(environment);
  }

  /**
   * @param user whom the workload acts for; the three actions differ in nothing else
   * @throws AwsError AccessDeniedException, ResourceNotFoundException, ValidationException
   */
  getWorkloadAccessToken(
    caller: Principal,
    workloadName: string,
    trace: Trace,
    operation: WorkloadTokenAction = "GetWorkloadAccessToken",
    user?: WorkloadUser,
  ): string {
    const request = this.apiRequest(operation, `/identities/${operation}`, () => ({ workloadName }));
    const start = { name: "workload access token" as const, station: this.arn, request };
    return trace.hop(start, (hop) => {
      const { workloadIdentityArn } = this.identities.get(workloadName);
      authorize(caller, `bedrock-agentcore:${operation}`, [this.directoryArn, workloadIdentityArn], hop);
      // Whoever names a user names one whom the vault can tell from others.
      if (user) userKey(user);
      return this.tokens.issue({ workload: workloadName, user }, operation);
    });
  }

  /** What AgentCore gets by its service-linked role, for a runtime's container: no policy of the account is asked. */
  issueWorkloadAccessToken(workload: string, user?: WorkloadUser): string {
    return this.tokens.issue({ workload, user }, "GetWorkloadAccessTokenForJWT");
  }

  /**
   * The M2M flow.
   *
   * @throws AwsError AccessDeniedException, ResourceNotFoundException, ValidationException
   */
  getResourceOauth2Token(caller: Principal, request: CredentialRequest & TokenDemand, trace: Trace): Eventual<string> {
    return this.drawToken(caller, request, "ClientCredentials", trace, (hop, provider) => {
      const kept = this.m2mTokens.find(provider, request);
      if (kept === undefined) return this.issueM2mToken(provider, request, hop);
      hop.check("M2M token", true, { actual: "kept from an earlier call" });
      return kept;
    });
  }

  /**
   * The flow USER_FEDERATION.
   *
   * @throws AwsError as `getResourceOauth2Token`
   */
  getUserToken(caller: Principal, request: UserTokenRequest, trace: Trace): Eventual<string | PendingConsent> {
    return this.drawToken(caller, request, "RefreshToken", trace, async (hop, provider, bearer) => {
      const { workload, user } = bearer;
      if (!demandUser(user, hop)) throw userMissing();
      const { sessionUri, scopes, customParameters, customState, forceAuthentication: isForced = false } = request;
      const before = sessionUri === undefined ? undefined : this.federation.status(sessionUri);
      if (before?.sessionStatus === "FAILED") return before;
      const returnUrl = () => this.returnUrl(workload, request, hop);
      const demand = { provider, workload, user, returnUrl, customState, scopes, customParameters, isForced };
      const token = before ?? (await this.federation.token(demand, hop));
      const isKept = typeof token === "string";
      hop.check("consent", isKept, {
        expected: `a token of ${describeUser(user)} in the vault`,
        actual: isKept ? "there" : "none",
      });
      return token;
    });
  }

  /**
   * The flow ON_BEHALF_OF_TOKEN_EXCHANGE.
   *
   * @throws AwsError as `getResourceOauth2Token`
   */
  exchangeToken(caller: Principal, request: CredentialRequest & TokenDemand, trace: Trace): Eventual<string> {
    return this.drawToken(caller, request, "TokenExchange", trace, async (hop, provider, { user }) => {
      if (!demandUser(user, hop) || !("userToken" in user)) throw userMissing(" with a token that could be exchanged");
      const { tokenExchange } = provider;
      const configured = { expected: "onBehalfOfTokenExchangeConfig", actual: provider.name };
      if (!hop.check("token exchange", tokenExchange !== undefined, configured) || !tokenExchange) {
        throw exchangeUnconfigured(provider.name);
      }
      return exchangeToken(this.environment, { ...provider, tokenExchange }, request, user.userToken, hop);
    });
  }

  /**
   * An application vouches for the user who has consented.
   *
   * @throws AwsError AccessDeniedException, ValidationException
   */
  completeResourceTokenAuth(sessionUri: string, user: WorkloadUser, trace: Trace): Promise<void> {
    const operation = "CompleteResourceTokenAuth";
    const request = this.apiRequest(operation, `/identities/${operation}`, () => ({ sessionUri }));
    return trace.hop({ name: "token vault", station: this.arn, request }, (hop) =>
      this.federation.bind(sessionUri, user, hop),
    );
  }

  /** Next time the authorization server is asked again. */
  forget(accessToken: string): void {
    this.m2mTokens.forget(accessToken);
    this.federation.forget(accessToken);
  }

  /** @throws AwsError ValidationException in AWS's words: awslabs/agentcore-samples#528 */
  private returnUrl(
    workload: string,
    { returnUrl: asked, trustsReturnUrl = false }: UserTokenRequest,
    hop: HopRecorder<"token vault">,
  ): string {
    const { allowedResourceOauth2ReturnUrls: allowed } = this.identities.get(workload);
    const isAllowed = asked !== undefined && (trustsReturnUrl || allowed.includes(asked));
    const expected = `one of those of ${workload}: ${allowed.join(", ") || "there is none"}`;
    if (hop.check("return URL", isAllowed, { expected, actual: asked ?? "none" }) && asked !== undefined) return asked;
    throw returnUrlUnregistered();
  }

  private async issueM2mToken(
    provider: OAuth2CredentialProvider,
    demand: TokenDemand,
    hop: HopRecorder<"token vault">,
  ): Promise<string> {
    const issued = await requestToken(this.environment, provider, clientCredentials(demand), hop);
    hop.check("M2M token", true, { actual: "issued for this call" });
    return this.m2mTokens.keep(provider, demand, issued);
  }

  private drawToken<T>(
    caller: Principal,
    request: CredentialRequest & TokenDemand,
    grant: string,
    trace: Trace,
    draw: (hop: HopRecorder<"token vault">, provider: OAuth2CredentialProvider, bearer: TokenBearer) => Eventual<T>,
  ): Eventual<T> {
    return this.hop(trace, "GetResourceOauth2Token", "/identities/oauth2/token", request, (hop, bearer) => {
      const provider = this.oauth2Providers.get(request.credentialProviderName);
      const { credentialProviderArn, clientSecretArn: secretArn } = provider;
      const credential = { credentialProviderArn, secretArn };
      this.authorizeReading(caller, "GetResourceOauth2Token", credential, bearer.workload, hop);
      const drawn = draw(hop, provider, bearer);
      if (!(drawn instanceof Promise)) return drawn;
      return drawn.catch((error: unknown) => {
        if (!(error instanceof AuthorizationServerError)) throw error;
        hop.check(error.check, false, { expected: DEMANDS[error.check], actual: error.message });
        throw clientCredentialsRefused(grant);
      });
    });
  }

  /** @throws AwsError AccessDeniedException, ResourceNotFoundException, ValidationException */
  getResourceApiKey(caller: Principal, request: CredentialRequest, trace: Trace): string {
    return this.hop(trace, "GetResourceApiKey", "/identities/api-key", request, (hop, { workload }) => {
      const { apiKey, credentialProviderArn, apiKeySecretArn } = this.apiKeyProviders.get(
        request.credentialProviderName,
      );
      const credential = { credentialProviderArn, secretArn: apiKeySecretArn };
      this.authorizeReading(caller, "GetResourceApiKey", credential, workload, hop);
      return apiKey;
    });
  }

  /**
   * Authorized on four resources at once (service-authorization data of `GetResourceOauth2Token`); then the secret is
   * read in the caller's name.
   */
  private authorizeReading(
    caller: Principal,
    operation: ReadingAction,
    { credentialProviderArn, secretArn }: VaultedCredential,
    workload: string,
    hop: HopRecorder<"token vault">,
  ): void {
    const { workloadIdentityArn } = this.identities.get(workload);
    const resources = [this.arn, credentialProviderArn, this.directoryArn, workloadIdentityArn];
    authorize(caller, `bedrock-agentcore:${operation}`, resources, hop);

    if (checkAccess(caller, GET_SECRET, secretArn, hop)) return;
    throw secretDenied(GET_SECRET);
  }

  private hop<T>(
    trace: Trace,
    operation: ReadingAction,
    path: string,
    request: CredentialRequest,
    run: (hop: HopRecorder<"token vault">, bearer: TokenBearer) => T,
  ): T {
    const shown = this.apiRequest(operation, path, () => ({ ...request, workloadIdentityToken: undefined }));
    return trace.hop({ name: "token vault", station: this.arn, request: shown }, (hop) => {
      const bearer = this.tokens.resolve(request.workloadIdentityToken);
      const { workload, user } = bearer;
      hop.claims({ workload, ...(user && { user: describeUser(user) }) });
      return run(hop, bearer);
    });
  }

  /** The operations stay inside the account: this is how they would be asked for over the wire. */
  private apiRequest(operation: string, path: string, body: () => object): Deferred<TracedRequest> {
    return () => ({
      method: "POST",
      url: `https://${dataPlaneHost(this.environment.region)}${path}`,
      operation,
      body: JSON.stringify(body()),
    });
  }
}

function demandUser(user: WorkloadUser | undefined, hop: HopRecorder<"token vault">): user is WorkloadUser {
  return hop.check("user", user !== undefined, { expected: "a workload that acts for a user", actual: "itself" });
}

type VaultHop = "workload access token" | "token vault";

function authorize(
  caller: Principal,
  action: CheckName<VaultHop>,
  resources: readonly string[],
  hop: HopRecorder<VaultHop>,
): void {
  const verdicts = resources.map((resource) => checkAccess(caller, action, resource, hop));
  if (verdicts.includes(false)) caller.authorize(action, resources);
}

function checkAccess(
  caller: Principal,
  action: CheckName<VaultHop>,
  resource: string,
  hop: HopRecorder<VaultHop>,
): boolean {
  const isAllowed = caller.isAllowed(action, resource);
  return hop.check(action, isAllowed, { expected: resource, actual: isAllowed ? "allowed" : "denied" });
}

/** The one vault that every account has. */
export function defaultVaultArn(environment: Environment): string {
  return agentCoreArn(environment, "token-vault/default");
}
