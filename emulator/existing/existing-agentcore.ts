// emulator/existing/: what a stack names by value and does not declare.
import { runtimeUrl } from "../../aws/agentcore/endpoints";
import { issuerUrl } from "../../aws/cognito/endpoints";
import { discoveryPath } from "../../aws/agentcore/discovery";
import { repositoryUrl } from "../../aws/hosts";
import {
  type Backend,
  backendOf,
  type CustomJwtAuthorizer,
  type GatewayTargetDeclaration,
  groupOf,
  TargetDocumentError,
} from "../../topology";
import type { Account } from "../cloud/account";
import { agentCoreArn } from "../cloud/environment";
import { DIGITS, LOWER_CASE } from "../cloud/random";
import type { Existing } from "./existing";
import type { ExistingIam } from "./existing-iam";
import type { ExistingUserPools } from "./existing-user-pools";

/** A name, and what the service adds to it to make an id: botocore `bedrock-agentcore-control/2023-06-05`. */
const GATEWAY_ID = /^([0-9a-z-]+)-[0-9a-z]{10}$/;
const RUNTIME_ID = /^([a-zA-Z][a-zA-Z0-9_]*)-[a-zA-Z0-9]{10}$/;

/** Gateways, runtimes, credential providers and functions that exist outside of the stack. */
export class ExistingAgentCore {
  constructor(
    private readonly account: Account,
    private readonly iam: ExistingIam,
    private readonly pools: ExistingUserPools,
    private readonly existing: Existing,
  ) {}

  /** One that any signed request may call, or anybody with a token that is passed on: who may, nobody knows. */
  gateway({ gatewayIdentifier, targetKind, credential }: GatewayTargetDeclaration): void {
    const authorizerType = credential.type === "JWT_PASSTHROUGH" ? "NONE" : "AWS_IAM";
    this.createGateway(gatewayIdentifier, authorizerType, groupOf(targetKind) === "mcp" ? "MCP" : undefined);
  }

  private createGateway(gatewayIdentifier: string, authorizerType: string, protocolType: string | undefined): void {
    const { gateways } = this.account;
    const [, name] = GATEWAY_ID.exec(gatewayIdentifier) ?? [];
    if (name === undefined || gateways.find(gatewayIdentifier)) return;
    const declaration = { name, roleArn: this.role(name), authorizerType, protocolType };
    gateways.create(declaration, undefined, gatewayIdentifier);
    this.existing.notice(
      `The gateway ${gatewayIdentifier} is none of the stack's: it is taken for one that exists, without other targets, and that lets in whoever ${authorizerType === "NONE" ? "comes" : "signs requests"}.`,
    );
  }

  targets(declaration: GatewayTargetDeclaration): void {
    const { credential } = declaration;
    const backend = backendUnlessRefused(declaration);
    if (backend && "endpoint" in backend) {
      if (credential.type === "OAUTH") this.oauth2Provider(credential.providerArn, backend.endpoint);
      const speaksMcp = backend.speaks !== "passthrough";
      this.runtimeAt(backend.endpoint, this.authorizerFor(declaration), speaksMcp ? "MCP" : "HTTP");
    }
    if (credential.type === "API_KEY") this.apiKeyProvider(credential.providerArn);
    if (backend?.speaks === "Lambda") this.lambdaFunction(backend.lambdaArn);
    if (credential.type !== "OAUTH") return;
    const provider = this.account.credentialProviders.findByArn(credential.providerArn);
    if (provider) this.pools.scopesOf(provider, credential.scopes);
  }

  /** What has a policy and no target: one that lets in whoever signs requests. */
  ofPolicy(resourceArn: string): void {
    const [, kind, id = ""] = /:(gateway|runtime)\/([^/]+)$/.exec(resourceArn) ?? [];
    if (resourceArn !== agentCoreArn(this.account.environment, `${kind}/${id}`)) return;
    if (kind === "runtime") this.runtime(id);
    else this.createGateway(id, "AWS_IAM", "MCP");
  }

  runtime(agentRuntimeId: string): void {
    this.createRuntime(agentCoreArn(this.account.environment, `runtime/${agentRuntimeId}`), "MCP");
  }

  /** One that lets in what the target sends. */
  private runtimeAt(endpoint: string, authorizer: CustomJwtAuthorizer | undefined, serverProtocol: string): void {
    const { region } = this.account.environment;
    const [, encodedArn = ""] = /^https:\/\/[^/]+\/runtimes\/([^/]+)\/invocations/.exec(endpoint) ?? [];
    if (!endpoint.startsWith(runtimeUrl(region, encodedArn)) || /[^\w%.~-]/.test(encodedArn)) return;
    this.createRuntime(decodeURIComponent(encodedArn), serverProtocol, authorizer);
  }

  private createRuntime(
    agentRuntimeArn: string,
    serverProtocol: string,
    customJwtAuthorizer?: CustomJwtAuthorizer,
  ): void {
    const { runtimes, environment } = this.account;
    const { region, partition } = environment;
    const arn = new RegExp(`^arn:${partition}:bedrock-agentcore:${region}:(\\d{12}):runtime/([^/]+)$`).exec(
      agentRuntimeArn,
    );
    const [, accountId = "", agentRuntimeId = ""] = arn ?? [];
    const [, name] = RUNTIME_ID.exec(agentRuntimeId) ?? [];
    if (name === undefined || runtimes.find(agentRuntimeArn)) return;
    const declaration = {
      agentRuntimeName: name,
      roleArn: this.role(name),
      containerUri: `${repositoryUrl(accountId, region, name.toLowerCase())}:latest`,
      networkMode: "PUBLIC",
      serverProtocol,
      customJwtAuthorizer,
      environmentVariables: {},
      requestHeaderAllowlist: [],
    };
    runtimes.create(declaration, undefined, { agentRuntimeId, agentRuntimeArn });
    this.existing.notice(
      `The runtime ${agentRuntimeId} is none of the stack's: it is taken for one that exists and lets in ${
        customJwtAuthorizer ? "the tokens that its target sends" : "whoever signs requests"
      }; its server is the one of --server or --runtime ${name}=COMMAND.`,
    );
  }

  private authorizerFor({ credential, gatewayIdentifier }: GatewayTargetDeclaration): CustomJwtAuthorizer | undefined {
    if (credential.type === "JWT_PASSTHROUGH") {
      return this.account.gateways.find(gatewayIdentifier)?.declaration.customJwtAuthorizer ?? this.madeUpIssuer();
    }
    if (credential.type !== "OAUTH") return undefined;
    const provider = this.account.credentialProviders.findByArn(credential.providerArn);
    const issuer = provider?.authorizationServerMetadata?.issuer;
    const discoveryUrl = provider?.discoveryUrl ?? (issuer && issuer + discoveryPath("openid-configuration"));
    if (!provider || discoveryUrl === undefined) return undefined;
    return { discoveryUrl, allowedClients: [provider.clientId] };
  }

  /** Where the runtime is none of the stack's either, nobody says whose tokens it lets in. */
  private madeUpIssuer(): CustomJwtAuthorizer {
    const { region, random } = this.account.environment;
    const issuer = issuerUrl(region, `${region}_${random.text(9, LOWER_CASE + DIGITS)}`);
    const clientId = random.text(26, LOWER_CASE + DIGITS);
    return { discoveryUrl: issuer + discoveryPath("openid-configuration"), allowedClients: [clientId] };
  }

  /** One whose client the runtime lets in. */
  private oauth2Provider(providerArn: string, endpoint: string): void {
    const { credentialProviders, runtimes, environment, cognito } = this.account;
    const [, name] = /:token-vault\/default\/oauth2credentialprovider\/([^/]+)$/.exec(providerArn) ?? [];
    const runtime = runtimes.findByEndpoint(endpoint);
    const authorizer = runtime ? runtime.declaration.customJwtAuthorizer : this.madeUpIssuer();
    const clientId = authorizer?.allowedClients?.[0];
    const own = agentCoreArn(environment, `token-vault/default/oauth2credentialprovider/${name}`);
    if (!authorizer || name === undefined || clientId === undefined || own !== providerArn) return;
    if (credentialProviders.findByArn(providerArn)) return;
    if (this.existing.isDeclared("oauth2CredentialProvider", (declared) => declared.name === name)) return;
    const pool = cognito.userPools().find(({ issuer }) => authorizer.discoveryUrl.startsWith(`${issuer}/`));
    const clientSecret = pool?.clients.get(clientId)?.clientSecret ?? environment.random.uuid();
    const { discoveryUrl } = authorizer;
    const declaration = { name, vendor: "CustomOauth2", clientId, clientSecret, discoveryUrl };
    this.pools.machineOf(declaration);
    credentialProviders.create(declaration);
    this.existing.notice(
      `The credential provider ${name} is none of the stack's: it is taken for one that exists and holds the client ${clientId}.`,
    );
  }

  private apiKeyProvider(providerArn: string): void {
    const { apiKeyProviders, environment } = this.account;
    const [, name] = /:token-vault\/default\/apikeycredentialprovider\/([^/]+)$/.exec(providerArn) ?? [];
    const own = agentCoreArn(environment, `token-vault/default/apikeycredentialprovider/${name}`);
    if (name === undefined || own !== providerArn || apiKeyProviders.findByArn(providerArn)) return;
    if (this.existing.isDeclared("apiKeyCredentialProvider", (declared) => declared.name === name)) return;
    apiKeyProviders.create({ name, apiKey: environment.random.uuid() });
    this.existing.notice(
      `The credential provider ${name} is none of the stack's: it is taken for one that exists and holds a made-up key.`,
    );
  }

  lambdaFunction(lambdaArn: string): void {
    const { lambdaFunctions } = this.account;
    const [, , service, , , , name = ""] = lambdaArn.split(":");
    if (service !== "lambda" || name === "" || lambdaFunctions.has(name)) return;
    if (this.existing.isDeclared("lambdaFunction", ({ functionName }) => functionName === name)) return;
    lambdaFunctions.create({ functionName: name, environmentVariables: {} });
    this.existing.notice(`The function ${name} is none of the stack's: it is taken for one that exists.`);
  }

  /** That of a gateway or runtime, which nobody names. */
  private role(name: string): string {
    const { partition, accountId } = this.account.environment;
    this.iam.role(`existing-${name}`);
    return `arn:${partition}:iam::${accountId}:role/existing-${name}`;
  }
}

/** What cannot be read is refused a moment later. */
function backendUnlessRefused(declaration: GatewayTargetDeclaration): Backend | undefined {
  try {
    return backendOf(declaration);
  } catch (error) {
    if (error instanceof TargetDocumentError) return undefined;
    throw error;
  }
}
