import { agentCoreArn, type Environment } from "../environment";
import { AwsError } from "../errors";
import type { TracedRequest } from "../../trace/call";
import type { HopRecorder } from "../../trace/tracer";
import type { RoleSession } from "../iam/iam";
import { ClientCredentialsError, requestClientCredentialsToken } from "./client-credentials";
import type { OAuth2CredentialProviders } from "./credential-providers";
import { WORKLOAD_IDENTITY_DIRECTORY, type WorkloadIdentities } from "./workload-identities";

/** AgentCore Identity's data plane: who may draw which token from the default vault. */
export class TokenVault {
  constructor(
    private readonly environment: Environment,
    private readonly identities: WorkloadIdentities,
    private readonly providers: OAuth2CredentialProviders,
  ) {}

  /** @throws AwsError AccessDeniedException, ResourceNotFoundException */
  getWorkloadAccessToken(caller: RoleSession, workloadName: string): Promise<string> {
    const request = this.apiRequest("GetWorkloadAccessToken", "/identities/GetWorkloadAccessToken", { workloadName });
    return this.environment.tracer.hop({ name: "workload access token", station: defaultVaultArn(this.environment), request }, async (hop) => {
      const action = "bedrock-agentcore:GetWorkloadAccessToken";
      const resources = [this.directoryArn(), this.identities.arn(workloadName)];
      resources.forEach((resource) => checkAccess(caller, action, resource, hop));
      caller.authorize(action, resources);
      return this.identities.issueToken(workloadName);
    });
  }

  /**
   * The M2M flow: authorized on four resources at once (service-authorization data of `GetResourceOauth2Token`), then
   * the client secret is read in the caller's name.
   *
   * @throws AwsError AccessDeniedException, ResourceNotFoundException, ValidationException
   */
  getResourceOauth2Token(
    caller: RoleSession,
    request: { workloadIdentityToken: string; credentialProviderName: string; scopes: readonly string[] },
  ): Promise<string> {
    const { workloadIdentityToken, ...shown } = request;
    const traced = this.apiRequest("GetResourceOauth2Token", "/identities/oauth2/token", shown);
    return this.environment.tracer.hop({ name: "token vault", station: defaultVaultArn(this.environment), request: traced }, async (hop) => {
      const workload = await this.identities.resolveToken(workloadIdentityToken);
      hop.claims({ workload });
      const provider = this.providers.get(request.credentialProviderName);

      const action = "bedrock-agentcore:GetResourceOauth2Token";
      const resources = [
        defaultVaultArn(this.environment),
        provider.credentialProviderArn,
        this.directoryArn(),
        this.identities.arn(workload),
      ];
      resources.forEach((resource) => checkAccess(caller, action, resource, hop));
      caller.authorize(action, resources);

      const readSecret = "secretsmanager:GetSecretValue";
      if (!checkAccess(caller, readSecret, provider.clientSecretArn, hop)) {
        throw new AwsError(
          "AccessDeniedException",
          `The requested operation could not be completed. You are not authorized to perform: ${readSecret}`,
        );
      }
      try {
        return await requestClientCredentialsToken(this.environment.network, provider, request.scopes);
      } catch (error) {
        if (!(error instanceof ClientCredentialsError)) throw error;
        hop.check(error.check, false, { actual: error.message });
        throw new AwsError(
          "ValidationException",
          "Error parsing ClientCredentials response (Service: AgentCredentialProvider, Status Code: 400)",
        );
      }
    });
  }

  /** Both operations stay inside the account: this is how they would be asked for over the wire. */
  private apiRequest(operation: string, path: string, body: object): TracedRequest {
    const url = `https://bedrock-agentcore.${this.environment.region}.amazonaws.com${path}`;
    return { method: "POST", url, operation, body: JSON.stringify(body) };
  }

  private directoryArn(): string {
    return agentCoreArn(this.environment, WORKLOAD_IDENTITY_DIRECTORY);
  }
}

function checkAccess(caller: RoleSession, action: string, resource: string, hop: HopRecorder): boolean {
  const isAllowed = caller.isAllowed(action, resource);
  return hop.check(action, isAllowed, { expected: resource, actual: isAllowed ? "allowed" : "denied" });
}

/** The one vault that every account has. */
export function defaultVaultArn(environment: Environment): string {
  return agentCoreArn(environment, "token-vault/default");
}
