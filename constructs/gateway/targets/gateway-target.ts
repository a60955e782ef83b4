import { BedrockagentcoreGatewayTarget } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import { Token } from "cdktf";
import { Construct } from "constructs";
import { MAX_GATEWAY_DESCRIPTION } from "../../../aws/agentcore/limits";
import { CALLERS_OF, type CredentialKind } from "../../../aws/agentcore/outbound-matrix";
import { PROVIDER_RELEASES } from "../../../aws/provider-releases";
import { Grant } from "../../iam/grant";
import type { IRole } from "../../iam/role";
import { withChosenAddress } from "../../private/addresses";
import { addCheck, reportProblems } from "../../private/checks";
import { dependenciesIn } from "../../private/dependencies";
import { type Problem, throwOnProblems } from "../../private/errors";
import { lengthProblems, nameFromId, nameProblems, TARGET_NAME } from "../../private/names";
import {
  callersBringNone,
  credentialProviderCount,
  gatewaySpeaksAnotherProtocol,
} from "../../private/problems/authorization";
import { targetNameTaken } from "../../private/problems/values";
import { type NewerField, setNewerField } from "../../private/provider-version";
import type { GatewayAuthorizer } from "../inbound-auth/gateway-authorizer";
import { PolicyAction, type ToolOwner } from "../policy/policy-action";
import { type ApiGatewayTargetProps, apiGatewayConfiguration } from "./api-gateway";
import { credentialProblems } from "./credential-problems";
import { type HttpRuntimeTargetProps, httpRuntimeConfiguration } from "./http-runtime";
import { type LambdaTargetProps, lambdaConfiguration } from "./lambda";
import { type McpServerTargetProps, mcpServerConfiguration } from "./mcp-server";
import { type OpenApiTargetProps, openApiConfiguration } from "./open-api";
import { type RuntimeTargetProps, runtimeConfiguration } from "./runtime";
import { type SmithyTargetProps, smithyConfiguration } from "./smithy";
import type { GatewayTargetOptions, ITargetGateway, TargetConfiguration } from "./target-configuration";

/**
 * One backend of a gateway. When a target is created, AWS connects to it and reads its tools, so a target that does not
 * answer fails the apply.
 */
export class GatewayTarget extends Construct {
  /** An MCP server on AgentCore Runtime. URL, credential, permissions and order are derived from the runtime. */
  public static forRuntime(scope: Construct, id: string, props: RuntimeTargetProps): GatewayTarget {
    return new GatewayTarget(scope, id, props, (target) => runtimeConfiguration(target, props));
  }

  /** An MCP server anywhere. */
  public static forMcpServer(scope: Construct, id: string, props: McpServerTargetProps): GatewayTarget {
    return new GatewayTarget(scope, id, props, (target) => mcpServerConfiguration(target, props));
  }

  /** A Lambda function, which is told the tool's name and arguments. */
  public static forLambda(scope: Construct, id: string, props: LambdaTargetProps): GatewayTarget {
    return new GatewayTarget(scope, id, props, () => lambdaConfiguration(props));
  }

  /** An HTTP API with an OpenAPI schema. */
  public static forOpenApi(scope: Construct, id: string, props: OpenApiTargetProps): GatewayTarget {
    return new GatewayTarget(scope, id, props, () => openApiConfiguration(props));
  }

  /** A service with a Smithy model, like those of AWS. */
  public static forSmithy(scope: Construct, id: string, props: SmithyTargetProps): GatewayTarget {
    return new GatewayTarget(scope, id, props, () => smithyConfiguration(props));
  }

  /** A stage of a REST API in API Gateway. Needs AWS provider 6.40. */
  public static forApiGateway(scope: Construct, id: string, props: ApiGatewayTargetProps): GatewayTarget {
    return new GatewayTarget(scope, id, props, (target) => apiGatewayConfiguration(target, props));
  }

  /** A runtime that is called by plain HTTP through the gateway. Needs AWS provider 6.48. */
  public static forHttpRuntime(scope: Construct, id: string, props: HttpRuntimeTargetProps): GatewayTarget {
    return new GatewayTarget(scope, id, props, (target) => httpRuntimeConfiguration(target, props));
  }

  /** Ten letters and digits. */
  public readonly targetId: string;
  /** As given, or the construct's id. Tools are called `<target name>___<tool name>`. */
  public readonly gatewayTargetName: string;
  private readonly gateway: ITargetGateway;
  private readonly owner: ToolOwner;

  private constructor(
    scope: Construct,
    id: string,
    options: GatewayTargetOptions,
    configure: (target: Construct) => TargetConfiguration,
  ) {
    super(scope, id);
    const name = options.gatewayTargetName ?? nameFromId(this, TARGET_NAME.maxLength);
    const configuration = configure(this);
    const { kind, gateway, credentials } = configuration;
    throwOnProblems(this, credentialProblems(kind, credentials));
    addCheck(this, () => [
      ...nameProblems(TARGET_NAME, name),
      ...(credentials.length > 1 ? [credentialProviderCount(credentials.length)] : []),
      ...descriptionProblems(options.description, configuration.revision),
      ...credentials.flatMap((credential) => credential.validate()),
      ...(options.privateEndpoint?.validate() ?? []),
      ...gatewayProblems(configuration),
      ...(configuration.findProblems?.() ?? []),
    ]);

    reportProblems(this, gateway.hasTarget(name) ? [targetNameTaken(name)] : []);

    this.gateway = gateway;
    this.gatewayTargetName = name;
    const resource = this.createTarget(name, options, configuration);
    this.targetId = resource.targetId;
    this.owner = { name, resource, toolNames: configuration.toolNames };
  }

  /**
   * A tool of the target, for policies about calls of it. Where the program knows the target's tools, synthesis fails for
   * a name that is none of theirs.
   */
  public tool(toolName: string): PolicyAction {
    return PolicyAction.ofTool(this.owner, toolName);
  }

  /** Lets a role have the gateway read the target's tools again. */
  public grantSync(role: IRole): Grant {
    return Grant.add(this, role, {
      sid: "SynchronizeGatewayTargets",
      actions: ["bedrock-agentcore:SynchronizeGatewayTargets"],
      resources: [this.gateway.gatewayArn],
    });
  }

  private createTarget(
    name: string,
    options: GatewayTargetOptions,
    configuration: TargetConfiguration,
  ): BedrockagentcoreGatewayTarget {
    const { gateway, credentials, block, newerFields = [], dependencies = [] } = configuration;
    const allowed = gateway.allow([
      ...credentials.flatMap((credential) => credential.permissions(this, gateway)),
      ...(configuration.permissions ?? []),
    ]);
    const resource = withChosenAddress(
      new BedrockagentcoreGatewayTarget(this, "Resource", {
        name,
        description: described(options.description, configuration.revision),
        gatewayIdentifier: gateway.gatewayId,
        credentialProviderConfiguration: credentials.length > 0 ? credentials.map((each) => each.block) : undefined,
        targetConfiguration: [block],
        dependsOn: dependenciesIn(this, [...allowed, ...dependencies, ...gateway.targetsBefore()]),
      }),
    );
    gateway.registerTarget({ name, resource });
    const fields = [...newerFields, ...metadataFields(options), ...privateEndpointFields(options)];
    [...credentials.flatMap(credentialFields), ...fields].forEach((field) => setNewerField(resource, field));
    return resource;
  }
}

/** What would fail between the target and the gateway's own settings. */
function gatewayProblems({ kind, gateway, credentials }: TargetConfiguration): Problem[] {
  const { authorizerConfiguration: authorizer, protocolConfiguration: protocol } = gateway;
  const needsMcp = kind !== "AgentCore Runtime (HTTP)";
  const speaksMcp = protocol?.mcpOptions !== undefined;
  return [
    ...(authorizer ? credentials.flatMap(({ kind }) => callerProblems(kind, authorizer)) : []),
    ...(protocol && needsMcp !== speaksMcp
      ? [gatewaySpeaksAnotherProtocol(kind, needsMcp ? "GatewayProtocol.mcp()" : "GatewayProtocol.http()")]
      : []),
  ];
}

/** Credentials that the gateway's callers bring. */
function callerProblems(credential: CredentialKind, { authorizerType }: GatewayAuthorizer): Problem[] {
  const types = CALLERS_OF[credential];
  return !types || types.includes(authorizerType) ? [] : [callersBringNone(credential, authorizerType, types)];
}

function metadataFields({ metadataConfiguration: metadata }: GatewayTargetOptions): NewerField[] {
  if (!metadata) return [];
  const value = {
    allowed_request_headers: metadata.allowedRequestHeaders,
    allowed_response_headers: metadata.allowedResponseHeaders,
    allowed_query_parameters: metadata.allowedQueryParameters,
  };
  const feature = "Headers and query parameters that a target passes on";
  return [{ feature, since: PROVIDER_RELEASES.grantTypes, path: "metadata_configuration", value: [value] }];
}

function privateEndpointFields({ privateEndpoint }: GatewayTargetOptions): NewerField[] {
  const { privateEndpoints: since } = PROVIDER_RELEASES;
  const field = { feature: "The private endpoint of a target", since, path: "private_endpoint" };
  return privateEndpoint ? [{ ...field, value: [privateEndpoint.block] }] : [];
}

function credentialFields({ newerFields }: TargetConfiguration["credentials"][number]): NewerField[] {
  return newerFields.map((field) => ({ ...field, path: `credential_provider_configuration.0.${field.path}` }));
}

/** Room for the words around a runtime version, which has at most 5 digits. */
const REVISION_LENGTH = 40;

function described(description: string | undefined, revision: string | undefined): string | undefined {
  if (revision === undefined) return description;
  return description === undefined ? `Runtime version ${revision}` : `${description} (runtime version ${revision})`;
}

function descriptionProblems(description: string | undefined, revision: string | undefined): Problem[] {
  const room = revision === undefined ? MAX_GATEWAY_DESCRIPTION : MAX_GATEWAY_DESCRIPTION - REVISION_LENGTH;
  return Token.isUnresolved(description) ? [] : lengthProblems("description", description, 1, room);
}
