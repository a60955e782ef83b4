import { Cognito } from "./cognito/cognito";
import { Repositories } from "./ecr/repositories";
import type { Environment } from "./environment";
import { Gateways } from "./gateway/gateways";
import { GatewayTargets } from "./gateway/gateway-targets";
import { McpMethods } from "./gateway/mcp-methods";
import { McpServerClient } from "./gateway/mcp-server-client";
import { OutboundAuthorization } from "./gateway/outbound-authorization";
import { Iam } from "./iam/iam";
import { ApiKeyCredentialProviders } from "./identity/api-key-credential-providers";
import { OAuth2CredentialProviders } from "./identity/oauth2-credential-providers";
import { TokenVault } from "./identity/token-vault";
import { WorkloadIdentities } from "./identity/workload-identities";
import { AgentRuntimes } from "./runtime/agent-runtimes";
import type { ServerCommand } from "./runtime/container";
import { Secrets } from "./secrets-manager/secrets";
import { Tags } from "./tags";

export interface AccountOptions {
  /** Starts the MCP server that stands in for every runtime's container. */
  readonly serverCommand: ServerCommand;
  /** Takes what the MCP server writes, line by line. */
  readonly log: (line: string) => void;
}

/** One emulated AWS account with its services; what answers at their hosts is attached to its network. */
export class Account {
  readonly cognito: Cognito;
  readonly iam: Iam;
  readonly repositories: Repositories;
  readonly secrets: Secrets;
  readonly tags = new Tags();
  readonly workloadIdentities: WorkloadIdentities;
  readonly credentialProviders: OAuth2CredentialProviders;
  readonly apiKeyProviders: ApiKeyCredentialProviders;
  readonly vault: TokenVault;
  readonly runtimes: AgentRuntimes;
  readonly gateways: Gateways;
  readonly gatewayTargets: GatewayTargets;
  readonly mcpMethods: McpMethods;

  /** Takes an error that no request can be answered with, because it happened after the answer. */
  readonly report: (error: unknown) => void;

  constructor(
    readonly environment: Environment,
    options: AccountOptions,
  ) {
    this.report = (error) => options.log(`emulator: ${error instanceof Error ? error.stack : String(error)}`);
    const { tags } = this;
    this.cognito = new Cognito(environment);
    this.iam = new Iam(environment);
    this.repositories = new Repositories(environment);
    this.secrets = new Secrets(environment);
    this.workloadIdentities = new WorkloadIdentities(environment, tags);
    this.credentialProviders = new OAuth2CredentialProviders(environment, this.secrets, tags);
    this.apiKeyProviders = new ApiKeyCredentialProviders(environment, this.secrets, tags);
    this.vault = new TokenVault(environment, this.workloadIdentities, this.credentialProviders, this.apiKeyProviders);
    this.runtimes = new AgentRuntimes(environment, this.iam, this.workloadIdentities, tags, options);
    this.gateways = new Gateways(environment, this.workloadIdentities, tags);

    const outbound = new OutboundAuthorization(environment, this.iam, this.vault, this.credentialProviders);
    const client = new McpServerClient(environment.network);
    this.gatewayTargets = new GatewayTargets(environment, this.gateways, outbound, client);
    this.mcpMethods = new McpMethods(environment, outbound, client);
  }

  async stop(): Promise<void> {
    await this.runtimes.stop();
  }
}
