// emulator/cloud/: the emulated account: its state and its rules, one folder for each service.
import { ApiKeys } from "./api-gateway/api-keys";
import { RestApis } from "./api-gateway/rest-apis";
import { UsagePlans } from "./api-gateway/usage-plans";
import { Cognito } from "./cognito/cognito";
import { Repositories } from "./ecr/repositories";
import type { Documents } from "../../topology";
import type { Environment } from "./environment";
import { Gateways } from "./gateway/gateways";
import { GatewayTargets } from "./gateway/gateway-targets";
import { HttpConnector } from "./gateway/connectors/http-connector";
import { HttpInterceptors } from "./gateway/interceptors/http-interceptors";
import { InterceptorFunctions } from "./gateway/interceptors/interceptor-functions";
import { Interceptors } from "./gateway/interceptors/interceptors";
import { PassthroughConnector } from "./gateway/connectors/passthrough-connector";
import { LambdaConnector } from "./gateway/connectors/lambda-connector";
import { McpMethods } from "./gateway/mcp-methods";
import { McpServerConnector } from "./gateway/connectors/mcp-server-connector";
import { RateLimits } from "./gateway/rate-limits/rate-limits";
import { OutboundAuthorization } from "./gateway/outbound/outbound-authorization";
import { TargetConnectors } from "./gateway/target-connectors";
import { Iam } from "./iam/iam";
import { ResourcePolicies } from "./iam/resource-policies";
import { SessionCredentialsStore } from "./iam/session-credentials";
import { ApiKeyCredentialProviders } from "./identity/api-key-credential-providers";
import { OAuth2CredentialProviders } from "./identity/oauth2-credential-providers";
import { TokenVault } from "./identity/token-vault";
import { WorkloadIdentities } from "./identity/workload-identities";
import { Journal } from "./journal";
import { LambdaFunctions, type LambdaFunctionsOptions } from "./lambda/lambda-functions";
import { Deliveries } from "./logs/deliveries";
import { LogGroups } from "./logs/log-groups";
import { PolicyDecisions } from "./policy/policy-decisions";
import { PolicyEngines } from "./policy/policy-engines";
import { AgentRuntimes, type AgentRuntimesOptions } from "./runtime/agent-runtimes";
import { Buckets } from "./s3/buckets";
import { Secrets } from "./secrets-manager/secrets";
import { Tags } from "./tags";

export interface AccountOptions extends AgentRuntimesOptions, LambdaFunctionsOptions {
  /** Takes what the account itself has to say, line by line. */
  readonly notice: (line: string) => void;
}

/** One emulated AWS account with its services; what answers at their hosts is attached to its network. */
export class Account {
  readonly cognito: Cognito;
  readonly iam: Iam;
  readonly sessionCredentials: SessionCredentialsStore;
  readonly repositories: Repositories;
  readonly secrets: Secrets;
  readonly buckets: Buckets;
  readonly restApis: RestApis;
  readonly apiKeys: ApiKeys;
  readonly usagePlans: UsagePlans;
  readonly logGroups: LogGroups;
  readonly deliveries: Deliveries;
  readonly tags = new Tags();
  readonly workloadIdentities: WorkloadIdentities;
  readonly credentialProviders: OAuth2CredentialProviders;
  readonly apiKeyProviders: ApiKeyCredentialProviders;
  readonly vault: TokenVault;
  readonly runtimes: AgentRuntimes;
  readonly policyEngines: PolicyEngines;
  readonly resourcePolicies: ResourcePolicies;
  readonly gateways: Gateways;
  readonly gatewayTargets: GatewayTargets;
  readonly rateLimits: RateLimits;
  readonly lambdaFunctions: LambdaFunctions;
  readonly mcpMethods: McpMethods;
  readonly interceptors: Interceptors;
  readonly passthrough: PassthroughConnector;
  readonly httpInterceptors: HttpInterceptors;
  readonly journal: Journal;

  /** Takes an error that no request can be answered with, because it happened after the answer. */
  readonly report: (error: unknown) => void;

  constructor(
    readonly environment: Environment,
    options: AccountOptions,
  ) {
    this.report = (error) => options.notice(String(error instanceof Error ? error.stack : error));
    const { tags } = this;
    this.journal = new Journal(environment.clock, environment.random);
    this.cognito = new Cognito(environment, options.notice);
    this.iam = new Iam(environment, options.notice);
    this.sessionCredentials = new SessionCredentialsStore(environment);
    this.repositories = new Repositories(environment);
    this.secrets = new Secrets(environment);
    this.buckets = new Buckets(environment);
    this.restApis = new RestApis(environment);
    this.apiKeys = new ApiKeys(environment, this.restApis.tags);
    this.usagePlans = new UsagePlans(environment, this.restApis, this.apiKeys);
    this.logGroups = new LogGroups(environment);
    this.deliveries = new Deliveries(environment);
    this.workloadIdentities = new WorkloadIdentities(environment, tags);
    this.credentialProviders = new OAuth2CredentialProviders(environment, this.secrets, tags);
    this.apiKeyProviders = new ApiKeyCredentialProviders(environment, this.secrets, tags);
    this.vault = new TokenVault(environment, this.workloadIdentities, this.credentialProviders, this.apiKeyProviders);
    this.runtimes = new AgentRuntimes(environment, this.iam, this.workloadIdentities, tags, options);
    this.policyEngines = new PolicyEngines(environment, tags, () => this.gateways.all());
    this.gateways = new Gateways(environment, this.workloadIdentities, tags, this.policyEngines);

    this.rateLimits = new RateLimits(environment, this.gateways);
    this.resourcePolicies = new ResourcePolicies(
      (arn) => this.gateways.all().some(({ attributes }) => attributes.gatewayArn === arn) || this.runtimes.has(arn),
    );

    this.lambdaFunctions = new LambdaFunctions(environment, options);

    const outbound = new OutboundAuthorization(this);
    const documents: Documents = {
      object: (location) => this.buckets.document(location),
      apiExport: (restApiId, stage) => this.restApis.export(restApiId, stage),
      location: () => environment,
    };
    this.passthrough = new PassthroughConnector(environment, outbound);
    const connectors = new TargetConnectors(documents, {
      passthrough: this.passthrough,
      HTTP: new HttpConnector(environment, outbound, this.usagePlans),
      MCP: new McpServerConnector(environment, outbound),
      Lambda: new LambdaConnector(environment, this.iam, outbound, this.lambdaFunctions),
    });
    this.gatewayTargets = new GatewayTargets(environment, this.gateways, connectors, this.vault.federation);
    this.mcpMethods = new McpMethods(connectors, new PolicyDecisions(this.policyEngines, outbound));
    const functions = new InterceptorFunctions(outbound, this.lambdaFunctions);
    this.interceptors = new Interceptors(functions);
    this.httpInterceptors = new HttpInterceptors(environment, functions);
  }

  /** Until nothing is in motion any more. */
  async rest(): Promise<void> {
    // Where the service answers at once and settles afterwards.
    await new Promise((resolve) => setImmediate(resolve));
    await this.gatewayTargets.rest();
  }

  async stop(): Promise<void> {
    await Promise.all([this.environment.network.close(), this.runtimes.stop(), this.lambdaFunctions.stop()]);
  }
}
