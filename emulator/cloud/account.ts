import { Cognito } from "./cognito/cognito";
import { Repositories } from "./ecr/repositories";
import type { Environment } from "./environment";
import { Gateways } from "./gateway/gateways";
import { GatewayTargets } from "./gateway/gateway-targets";
import { McpMethods } from "./gateway/mcp-methods";
import { McpServerClient } from "./gateway/mcp-server-client";
import { OutboundAuthorization } from "./gateway/outbound-authorization";
import { Iam } from "./iam/iam";
import { OAuth2CredentialProviders } from "./identity/credential-providers";
import { TokenVault } from "./identity/token-vault";
import { WorkloadIdentities } from "./identity/workload-identities";
import { AgentRuntimes } from "./runtime/agent-runtimes";
import type { ServerCommand } from "./runtime/container";

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
  readonly credentialProviders: OAuth2CredentialProviders;
  readonly runtimes: AgentRuntimes;
  readonly gateways: Gateways;
  readonly gatewayTargets: GatewayTargets;
  readonly mcpMethods: McpMethods;

  constructor(
    readonly environment: Environment,
    options: AccountOptions,
  ) {
    const identities = new WorkloadIdentities(environment);
    this.cognito = new Cognito(environment);
    this.iam = new Iam(environment);
    this.repositories = new Repositories(environment);
    this.credentialProviders = new OAuth2CredentialProviders(environment);
    this.runtimes = new AgentRuntimes(environment, this.iam, identities, options);
    this.gateways = new Gateways(environment, identities);

    const vault = new TokenVault(environment, identities, this.credentialProviders);
    const outbound = new OutboundAuthorization(environment, this.iam, vault, this.credentialProviders);
    const client = new McpServerClient(environment.network);
    this.gatewayTargets = new GatewayTargets(environment, this.gateways, outbound, client);
    this.mcpMethods = new McpMethods(environment, outbound, client);
  }

  async stop(): Promise<void> {
    await this.runtimes.stop();
  }
}
