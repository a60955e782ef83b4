import { dataPlaneHost } from "../../../aws/agentcore/endpoints";
import type { TracedRequest } from "../../trace/call";
import type { CheckName } from "../../trace/fixes";
import type { Deferred, HopRecorder, Trace } from "../../trace/hop-record";
import { agentCoreArn, type Environment } from "../environment";
import type { Principal } from "../iam/iam";
import type { ApiKeyCredentialProviders } from "./api-key-credential-providers";
import { ClientCredentialsError, DEMANDS, requestClientCredentialsToken } from "./client-credentials";
import { M2mTokens, type TokenDemand } from "./m2m-tokens";
import type { OAuth2CredentialProviders } from "./oauth2-credential-providers";
import { WorkloadAccessTokens } from "./workload-access-tokens";
import { WORKLOAD_IDENTITY_DIRECTORY, type WorkloadIdentities } from "./workload-identities";
import { refusal } from "../refusal";

/** Without a user, for the user of a JWT, or for a user whom the workload names itself. */
export type WorkloadTokenAction =
  "GetWorkloadAccessToken" | "GetWorkloadAccessTokenForJWT" | "GetWorkloadAccessTokenForUserId";

type ReadingAction = "GetResourceOauth2Token" | "GetResourceApiKey";

export interface CredentialRequest {
  readonly workloadIdentityToken: string;
  readonly credentialProviderName: string;
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
  private readonly arn: string;
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
  }

  /**
   * The three actions give the same token here: the user whom it is for matters only to flows that ask users for
   * consent, which are not emulated.
   *
   * @throws AwsError AccessDeniedException, ResourceNotFoundException
   */
  getWorkloadAccessToken(
    caller: Principal,
    workloadName: string,
    trace: Trace,
    operation: WorkloadTokenAction = "GetWorkloadAccessToken",
  ): string {
    const request = this.apiRequest(operation, `/identities/${operation}`, () => ({ workloadName }));
    const start = { name: "workload access token" as const, station: this.arn, request };
    return trace.hop(start, (hop) => {
      const { workloadIdentityArn } = this.identities.get(workloadName);
      authorize(caller, `bedrock-agentcore:${operation}`, [this.directoryArn, workloadIdentityArn], hop);
      return this.tokens.issue(workloadName, operation);
    });
  }

  /** What AgentCore gets by its service-linked role, for a runtime's container: no policy of the account is asked. */
  issueWorkloadAccessToken(workloadName: string): string {
    return this.tokens.issue(workloadName, "GetWorkloadAccessTokenForJWT");
  }

  /**
   * The M2M flow.
   *
   * @throws AwsError AccessDeniedException, ResourceNotFoundException, ValidationException
   */
  getResourceOauth2Token(caller: Principal, request: CredentialRequest & TokenDemand, trace: Trace): Promise<string> {
    return this.hop(trace, "GetResourceOauth2Token", "/identities/oauth2/token", request, async (hop, workload) => {
      const provider = this.oauth2Providers.get(request.credentialProviderName);
      const { credentialProviderArn, clientSecretArn: secretArn } = provider;
      this.authorizeReading(caller, "GetResourceOauth2Token", { credentialProviderArn, secretArn }, workload, hop);
      try {
        let origin = "kept from an earlier call";
        const token = await this.m2mTokens.get(provider, request, () => {
          origin = "issued for this call";
          return requestClientCredentialsToken(this.environment, provider, request, hop);
        });
        hop.check("M2M token", true, { actual: origin });
        return token;
      } catch (error) {
        if (!(error instanceof ClientCredentialsError)) throw error;
        hop.check(error.check, false, { expected: DEMANDS[error.check], actual: error.message });
        throw refusal(
          "client-credentials",
          "Error parsing ClientCredentials response (Service: AgentCredentialProvider, Status Code: 400)",
        );
      }
    });
  }

  /** Next time the authorization server is asked again. */
  forget(accessToken: string): void {
    this.m2mTokens.forget(accessToken);
  }

  /** @throws AwsError AccessDeniedException, ResourceNotFoundException, ValidationException */
  getResourceApiKey(caller: Principal, request: CredentialRequest, trace: Trace): string {
    return this.hop(trace, "GetResourceApiKey", "/identities/api-key", request, (hop, workload) => {
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

    const readSecret = "secretsmanager:GetSecretValue";
    if (checkAccess(caller, readSecret, secretArn, hop)) return;
    throw refusal(
      "secret-denied",
      `The requested operation could not be completed. You are not authorized to perform: ${readSecret}`,
    );
  }

  private hop<T>(
    trace: Trace,
    operation: ReadingAction,
    path: string,
    request: CredentialRequest,
    run: (hop: HopRecorder<"token vault">, workload: string) => T,
  ): T {
    const shown = this.apiRequest(operation, path, () => ({ ...request, workloadIdentityToken: undefined }));
    return trace.hop({ name: "token vault", station: this.arn, request: shown }, (hop) => {
      const workload = this.tokens.resolve(request.workloadIdentityToken);
      hop.claims({ workload });
      return run(hop, workload);
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
