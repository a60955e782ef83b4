import { agentCoreArn, type Environment } from "../environment";
import { AwsError } from "../errors";
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
    return this.environment.tracer.hop("workload access token", async (hop) => {
      const action = "bedrock-agentcore:GetWorkloadAccessToken";
      const resources = [this.directoryArn(), this.identities.arn(workloadName)];
      for (const resource of resources) hop.check(action, caller.isAllowed(action, resource), { expected: resource });
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
    return this.environment.tracer.hop("token vault", async (hop) => {
      const workload = await this.identities.resolveToken(request.workloadIdentityToken);
      const provider = this.providers.get(request.credentialProviderName);

      const action = "bedrock-agentcore:GetResourceOauth2Token";
      const resources = [
        agentCoreArn(this.environment, "token-vault/default"),
        provider.credentialProviderArn,
        this.directoryArn(),
        this.identities.arn(workload),
      ];
      for (const resource of resources) hop.check(action, caller.isAllowed(action, resource), { expected: resource });
      caller.authorize(action, resources);

      const readSecret = "secretsmanager:GetSecretValue";
      if (!hop.check(readSecret, caller.isAllowed(readSecret, provider.clientSecretArn), { expected: provider.clientSecretArn })) {
        throw new AwsError(
          "AccessDeniedException",
          `The requested operation could not be completed. You are not authorized to perform: ${readSecret}`,
        );
      }
      try {
        return await requestClientCredentialsToken(this.environment.network, provider, request.scopes);
      } catch (error) {
        if (!(error instanceof ClientCredentialsError)) throw error;
        hop.fail(error.message);
        throw new AwsError(
          "ValidationException",
          "Error parsing ClientCredentials response (Service: AgentCredentialProvider, Status Code: 400)",
        );
      }
    });
  }

  private directoryArn(): string {
    return agentCoreArn(this.environment, WORKLOAD_IDENTITY_DIRECTORY);
  }
}
