import type { GatewayTargetAttributes, GatewayTargetDeclaration } from "../../../topology";
import type { HopRecorder } from "../../trace/tracer";
import type { Environment } from "../environment";
import { AwsError } from "../errors";
import { DIGITS, UPPER_CASE } from "../random";
import type { Gateway, Gateways } from "./gateways";
import { McpServerError, traceTargetFailure, type McpServerClient } from "./mcp-server-client";
import { ROLE_NOT_ASSUMABLE, type OutboundAuthorization } from "./outbound-authorization";
import type { Target } from "./target";
import { publishTool } from "./tool";

/** Patterns and lengths: botocore `bedrock-agentcore-control/2023-06-05`, `CreateGatewayTarget`. */
const NAME = /^([0-9a-zA-Z]-?){1,100}$/;
const ENDPOINT = /^https:\/\/.*$/;
const SCOPES = { most: 100, longest: 64 };

/** How every failed handshake's status reason begins. */
const CONNECT_FAILURE = "Failed to connect and fetch tools from the provided MCP target server. Error - ";

/** AgentCore Gateway's control plane, targets: creating one dials the MCP server. */
export class GatewayTargets {
  constructor(
    private readonly environment: Environment,
    private readonly gateways: Gateways,
    private readonly outbound: OutboundAuthorization,
    private readonly client: McpServerClient,
  ) {}

  /**
   * Creates the target and waits until it is READY or FAILED.
   *
   * @throws AwsError ValidationException, ConflictException, ResourceNotFoundException for what the service refuses at once
   */
  async create(declaration: GatewayTargetDeclaration): Promise<GatewayTargetAttributes & { failure?: string }> {
    const gateway = this.gateways.get(declaration.gatewayIdentifier);
    validate(declaration, gateway);
    const target: Target = {
      targetId: this.environment.random.text(10, UPPER_CASE + DIGITS),
      declaration,
      status: "CREATING",
      statusReasons: [],
      tools: [],
    };
    gateway.targets.push(target);
    const { tracer } = this.environment;
    const start = { name: "target synchronization", station: gateway.attributes.gatewayArn };
    await tracer.call(`create gateway target ${declaration.name}`, () =>
      tracer.hop(start, (hop) => this.synchronize(gateway, target, hop)),
    );
    const { targetId, status, statusReasons } = target;
    return status === "FAILED" ? { targetId, failure: statusReasons.join("; ") } : { targetId };
  }

  /** Reads the server's tools with the credential that calls will use. */
  private async synchronize(gateway: Gateway, target: Target, hop: HopRecorder): Promise<void> {
    const { mcpServer, name } = target.declaration;
    try {
      const headers = await this.outbound.headers(gateway, target);
      const handshake = await this.client.shakeHands(mcpServer?.endpoint ?? "", headers);
      target.protocolVersion = handshake.protocolVersion;
      target.tools = handshake.tools
        .map((tool) => publishTool(name, tool))
        .sort((one, other) => (one.serverName < other.serverName ? -1 : 1));
      target.status = "READY";
      target.statusReasons = [];
    } catch (error) {
      target.status = "FAILED";
      target.statusReasons = [statusReason(error)];
      traceTargetFailure(error, hop);
    }
  }
}

function statusReason(error: unknown): string {
  if (error instanceof McpServerError) return CONNECT_FAILURE + error.message;
  if (error instanceof AwsError && error.message === ROLE_NOT_ASSUMABLE) return error.message;
  if (error instanceof AwsError) return error.message;
  throw error;
}

function validate(declaration: GatewayTargetDeclaration, gateway: Gateway): void {
  const { name, mcpServer, targetKind, credential } = declaration;
  if (!NAME.test(name)) {
    throw new AwsError("ValidationException", `Value '${name}' at 'name' must match ${NAME.source}.`);
  }
  if (gateway.targets.some((target) => target.declaration.name === name)) {
    throw new AwsError("ConflictException", `A target with name ${name} already exists on gateway ${gateway.attributes.gatewayId}.`);
  }
  if (!mcpServer) throw new AwsError("ValidationException", `Targets of the kind ${targetKind} are not emulated.`);
  if (!ENDPOINT.test(mcpServer.endpoint)) {
    throw new AwsError("ValidationException", `Value '${mcpServer.endpoint}' at 'endpoint' must match ${ENDPOINT.source}.`);
  }
  if (credential.type === "GATEWAY_IAM_ROLE" && credential.service === undefined) {
    throw new AwsError("ValidationException", "IamCredentialProvider is required for mcpServer targets using IAM authentication");
  }
  if (credential.type === "GATEWAY_IAM_ROLE" || credential.type === "API_KEY") {
    throw new AwsError("ValidationException", `The outbound authorization ${credential.type} is not emulated.`);
  }
  if (credential.type === "OAUTH") validateScopes(credential.scopes);
}

function validateScopes(scopes: readonly string[]): void {
  if (scopes.length > SCOPES.most) {
    throw new AwsError("ValidationException", `Value at 'scopes' must have at most ${SCOPES.most} entries.`);
  }
  const wrong = scopes.find((scope) => scope.length < 1 || scope.length > SCOPES.longest);
  if (wrong !== undefined) {
    throw new AwsError("ValidationException", `Value '${wrong}' at 'scopes' must have 1 to ${SCOPES.longest} characters.`);
  }
}
