import { AGENTCORE_PRINCIPAL, type Environment } from "../environment";
import { AwsError } from "../errors";
import type { Iam, RoleSession } from "../iam/iam";
import type { OAuth2CredentialProviders } from "../identity/oauth2-credential-providers";
import type { TokenVault } from "../identity/token-vault";
import type { Gateway } from "./gateways";
import type { Target } from "./target";

/** The gateway service role cannot be assumed; AWS's words for it. */
export const ROLE_NOT_ASSUMABLE = "Gateway service is not authorized to assume the execution role";

/** Gets the credential that a gateway shows to a target, as its service role and anew for every call. */
export class OutboundAuthorization {
  constructor(
    private readonly environment: Environment,
    private readonly iam: Iam,
    private readonly vault: TokenVault,
    private readonly providers: OAuth2CredentialProviders,
  ) {}

  /** @returns the headers to add. @throws AwsError */
  async headers(gateway: Gateway, target: Target): Promise<Record<string, string>> {
    const { credential } = target.declaration;
    if (credential.type !== "OAUTH") return {};

    const session = await this.assumeServiceRole(gateway);
    const workloadIdentityToken = await this.vault.getWorkloadAccessToken(session, gateway.attributes.gatewayId);
    const accessToken = await this.vault.getResourceOauth2Token(session, {
      workloadIdentityToken,
      credentialProviderName: this.providerName(credential.providerArn),
      scopes: credential.scopes,
    });
    return { authorization: `Bearer ${accessToken}` };
  }

  private assumeServiceRole(gateway: Gateway): Promise<RoleSession> {
    const { roleArn } = gateway.declaration;
    const station = gateway.attributes.gatewayArn;
    return this.environment.tracer.hop({ name: "gateway service role", station }, async (hop) => {
      const session = this.iam.assumeRole({
        roleArn,
        service: AGENTCORE_PRINCIPAL,
        sourceArn: gateway.attributes.gatewayArn,
        sessionName: `gateway-session-${this.environment.random.uuid()}`,
      });
      hop.check("sts:AssumeRole", session !== undefined, { expected: `${AGENTCORE_PRINCIPAL} in the trust policy of ${roleArn}` });
      if (!session) throw new AwsError("AccessDeniedException", ROLE_NOT_ASSUMABLE);
      return session;
    });
  }

  private providerName(providerArn: string): string {
    const provider = this.providers.findByArn(providerArn);
    if (!provider) throw new AwsError("ResourceNotFoundException", `Credential provider ${providerArn} not found.`);
    return provider.name;
  }
}
