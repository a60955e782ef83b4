import { MAX_GATEWAY_DESCRIPTION, TARGET_SCOPES } from "../../../aws/agentcore/limits";
import {
  isSessionHeader,
  MAX_PASSED_ON,
  mayPassOn,
  PASSED_HEADER,
  PASSED_PARAMETER,
} from "../../../aws/agentcore/passed-on";
import type { NameRule } from "../../../aws/name-rule";
import {
  backendOf,
  type GatewayTargetDeclaration,
  groupOf,
  LEFT_OUT_SETTINGS,
  type OutboundCredential,
  type PassedOnDeclaration,
  TARGET_KINDS,
  type TargetIdentity,
} from "../../../topology";
import type { HopRecorder } from "../../trace/hop-record";
import { checkMembers, TARGET_NAME } from "../agentcore-constraints";
import { CONSTRAINTS, listOf, name, structure, text } from "../constraints";
import type { Environment } from "../environment";
import { AwsError } from "../errors";
import { enforceQuota } from "../quotas";
import { DIGITS, UPPER_CASE } from "../random";
import { headerRestricted } from "../runtime/errors";
import { timesNow } from "../times";
import {
  headerOfCredential,
  headerOfSessions,
  httpTargetUnsynchronized,
  inMotion,
  targetLeftOut,
  targetTaken,
  targetUnknown,
  toolSchemaUnsynchronized,
} from "./errors";
import type { Gateway, Gateways } from "./gateways";
import { ConsentRequired, UNTOLD_FAILURE } from "./protocol/json-rpc-errors";
import type { Target } from "./target";
import { requestOfTarget, TargetError, traceTargetFailure, type TargetHop } from "./target-connector";
import type { TargetConnectors } from "./target-connectors";
import { publishTools } from "./tool";

/** Constraints: botocore `bedrock-agentcore-control/2023-06-05`, `CreateGatewayTarget`. */
export const DECLARATION = structure({
  name: TARGET_NAME,
  description: text(MAX_GATEWAY_DESCRIPTION, undefined, 1).optional(),
});
/** By kind, as in `targetConfiguration.mcp`. */
export const SETTINGS = structure(
  Object.fromEntries(Object.entries(TARGET_KINDS).map(([name, kind]) => [name, kind.members(CONSTRAINTS).optional()])),
);
export const OAUTH = structure({ scopes: listOf(text(TARGET_SCOPES.length, undefined, 1), TARGET_SCOPES.count) });

const passed = (rule: NameRule) => listOf(name(rule), MAX_PASSED_ON, 1).optional();
/** CreateGatewayTarget, metadataConfiguration. */
export const PASSED_ON = structure({
  allowedRequestHeaders: passed(PASSED_HEADER),
  allowedResponseHeaders: passed(PASSED_HEADER),
  allowedQueryParameters: passed(PASSED_PARAMETER),
});

/** How every failed handshake's status reason begins. */
const CONNECT_FAILURE = "Failed to connect and fetch tools from the provided MCP target server. Error - ";

const MOTIONS = {
  CREATING: { verb: "create", failure: "FAILED", pending: "CREATE_PENDING_AUTH" },
  UPDATING: { verb: "update", failure: "UPDATE_UNSUCCESSFUL", pending: "UPDATE_PENDING_AUTH" },
  SYNCHRONIZING: {
    verb: "synchronize",
    failure: "SYNCHRONIZE_UNSUCCESSFUL",
    pending: "SYNCHRONIZE_PENDING_AUTH",
  },
} as const;

/** A target that the service has accepted, and what it goes on to do about it. */
export interface TargetInMotion {
  readonly target: Target;
  /** Resolves when the target is READY or has failed; rejects only where the emulator itself is at fault. */
  readonly settled: Promise<void>;
}

/** The consents that targets wait for. */
interface Consents {
  /** @returns undefined where the session is over */
  status(sessionUri: string): { readonly sessionStatus: string } | undefined;
  whenBound(sessionUri: string, run: () => void): void;
}

/** AgentCore Gateway's control plane, targets: creating, changing and synchronizing one dials the MCP server. */
export class GatewayTargets {
  private readonly motions = new Set<Promise<void>>();

  constructor(
    private readonly environment: Environment,
    private readonly gateways: Gateways,
    private readonly connectors: TargetConnectors,
    private readonly consents: Consents,
  ) {}

  /** @throws AwsError ValidationException, ConflictException, ResourceNotFoundException for what is refused at once */
  create(declaration: GatewayTargetDeclaration): TargetInMotion {
    const gateway = this.gateways.get(declaration.gatewayIdentifier);
    this.validate(gateway, declaration);
    refuseTakenName(gateway, declaration.name);
    enforceQuota("targetsOfGateway", gateway.targets.length);
    const target: Target = { ...this.newTarget(declaration), status: "CREATING" };
    gateway.targets.push(target);
    return this.move(gateway, target, "CREATING");
  }

  /** A target that is not imitated: it says why, and has no tools. @throws AwsError ResourceNotFoundException */
  leaveOut(identity: TargetIdentity, reason: string): void {
    const { targets } = this.gateways.get(identity.gatewayIdentifier);
    const declaration = { ...identity, settings: LEFT_OUT_SETTINGS, credential: { type: "NONE" } } as const;
    targets.push({ ...this.newTarget(declaration), status: "FAILED", statusReasons: [reason], leftOut: reason });
  }

  /** Replaces the configuration and reads the tools again. @throws AwsError as `create` */
  update(targetId: string, declaration: GatewayTargetDeclaration): TargetInMotion {
    const { gateway, target } = this.settled(declaration.gatewayIdentifier, targetId, "UpdateGatewayTarget");
    this.validate(gateway, declaration);
    if (declaration.name !== target.declaration.name) refuseTakenName(gateway, declaration.name);
    target.declaration = declaration;
    // It was agreed with the server of the old configuration.
    target.session = undefined;
    target.discovered = undefined;
    target.updatedAt = this.environment.clock.now();
    return this.move(gateway, target, "UPDATING");
  }

  /** Reads the tools again. @throws AwsError ResourceNotFoundException, ConflictException, ValidationException */
  synchronize(gatewayIdentifier: string, targetId: string): TargetInMotion {
    const { gateway, target } = this.settled(gatewayIdentifier, targetId, "SynchronizeGatewayTargets");
    if (target.leftOut !== undefined) throw targetLeftOut(target.leftOut);
    if (groupOf(target.declaration.targetKind) === "http") throw httpTargetUnsynchronized(targetId);
    if (target.declaration.targetKind === "mcpServer" && sourceOf(target.declaration) === TOOL_SCHEMA) {
      throw toolSchemaUnsynchronized(targetId);
    }
    return this.move(gateway, target, "SYNCHRONIZING");
  }

  /** The target is DELETING, then gone. @throws AwsError ResourceNotFoundException, ConflictException */
  delete(gatewayIdentifier: string, targetId: string): { gateway: Gateway; target: Target } {
    const found = this.settled(gatewayIdentifier, targetId, "DeleteGatewayTarget");
    const { gateway, target } = found;
    target.status = "DELETING";
    setImmediate(() => gateway.targets.splice(gateway.targets.indexOf(target), 1));
    return found;
  }

  /** @throws AwsError ResourceNotFoundException */
  get(gatewayIdentifier: string, targetId: string): { gateway: Gateway; target: Target } {
    const gateway = this.gateways.get(gatewayIdentifier);
    const target = gateway.targets.find((candidate) => candidate.targetId === targetId);
    if (!target) throw targetUnknown(targetId, gatewayIdentifier);
    return { gateway, target };
  }

  private newTarget(declaration: GatewayTargetDeclaration): Omit<Target, "status"> {
    const { random, clock } = this.environment;
    const targetId = random.text(10, UPPER_CASE + DIGITS);
    return { targetId, declaration, statusReasons: [], tools: [], ...timesNow(clock) };
  }

  private settled(
    gatewayIdentifier: string,
    targetId: string,
    operation: string,
  ): { gateway: Gateway; target: Target } {
    const found = this.get(gatewayIdentifier, targetId);
    const { status, authorization } = found.target;
    const isWaiting = authorization && this.consents.status(authorization.sessionUri)?.sessionStatus === "IN_PROGRESS";
    if (!isWaiting && !["CREATING", "UPDATING", "SYNCHRONIZING", "DELETING"].includes(status)) return found;
    throw inMotion(operation, status);
  }

  private move(gateway: Gateway, target: Target, motion: keyof typeof MOTIONS): TargetInMotion {
    target.status = motion;
    target.statusReasons = [];
    target.authorization = undefined;
    const { verb } = MOTIONS[motion];
    const request = requestOfTarget(target, sourceOf(target.declaration));
    const start = { name: "target synchronization" as const, station: gateway.attributes.gatewayArn, request };
    const settled = this.environment.tracer.call(
      { label: `${verb} gateway target ${target.declaration.name}` },
      (call) => call.hop(start, (hop) => this.readTools(gateway, target, motion, hop)),
    );
    this.motions.add(settled);
    settled.finally(() => this.motions.delete(settled)).catch(() => undefined);
    return { target, settled };
  }

  /** Until no target is in motion. */
  async rest(): Promise<void> {
    await Promise.allSettled(this.motions);
  }

  private validate(gateway: Gateway, declaration: GatewayTargetDeclaration): void {
    checkMembers(DECLARATION, declaration);
    checkMembers(SETTINGS, { [declaration.targetKind]: declaration.settings });
    if (declaration.credential.type === "OAUTH") checkMembers(OAUTH, declaration.credential);
    if (declaration.passedOn) checkPassedOn(gateway, declaration, declaration.passedOn);
    this.connectors.validate(gateway, declaration);
  }

  /** The motion begins anew once an administrator has consented. */
  private wait(gateway: Gateway, target: Target, motion: keyof typeof MOTIONS, consent: ConsentRequired): void {
    const { authorizationUrl, sessionUri, userId = "" } = consent;
    target.status = MOTIONS[motion].pending;
    target.authorization = { authorizationUrl, sessionUri, userId };
    this.consents.whenBound(sessionUri, () => this.move(gateway, target, motion));
  }

  /** Reads the target's tools with the credential that calls will use. */
  private async readTools(
    gateway: Gateway,
    target: Target,
    motion: keyof typeof MOTIONS,
    hop: HopRecorder<TargetHop>,
  ): Promise<void> {
    const { declaration } = target;
    try {
      const { tools, offerings } = await this.connectors.synchronize(gateway, target, hop);
      target.tools = publishTools(declaration.name, tools, this.environment.limits.toolSchemas);
      target.offerings = offerings;
      target.lastSynchronizedAt = this.environment.clock.now();
      target.status = "READY";
    } catch (error) {
      if (error instanceof ConsentRequired) return this.wait(gateway, target, motion, error);
      target.status = MOTIONS[motion].failure;
      target.statusReasons = [statusReason(error)];
      if (!isExpected(error)) throw error;
      traceTargetFailure(error, hop);
    }
  }
}

/** Developer guide, "gateway-headers" and "gateway-sessions"; the sentences are our own. */
function checkPassedOn(
  { declaration: { sessionTimeout } }: Gateway,
  { credential }: GatewayTargetDeclaration,
  passedOn: PassedOnDeclaration,
): void {
  checkMembers(PASSED_ON, passedOn);
  const { allowedRequestHeaders = [], allowedResponseHeaders = [] } = passedOn;
  for (const header of [...allowedRequestHeaders, ...allowedResponseHeaders]) {
    if (!mayPassOn(header)) throw headerRestricted(header);
    if (sessionTimeout !== undefined && isSessionHeader(header)) throw headerOfSessions(header);
    if (credential.type === "API_KEY" && isHeaderOf(credential, header)) throw headerOfCredential(header);
  }
}

function isHeaderOf(credential: OutboundCredential & { type: "API_KEY" }, header: string): boolean {
  const { credentialLocation, credentialParameterName: name } = credential;
  return credentialLocation !== "QUERY_PARAMETER" && name?.toLowerCase() === header.toLowerCase();
}

const TOOL_SCHEMA = "tool schema";
const NOTHING = "none: requests pass as they come";

/** What tells which tools a target has, for the trace. */
function sourceOf(declaration: GatewayTargetDeclaration): string {
  const backend = backendOf(declaration);
  if (backend?.speaks === "passthrough") return NOTHING;
  if (backend?.speaks !== "MCP" || backend.tools !== undefined) return TOOL_SCHEMA;
  return backend.isLive ? "none: listing_mode is DYNAMIC" : "initialize, tools/list";
}

function isExpected(error: unknown): error is TargetError | AwsError {
  return error instanceof TargetError || error instanceof AwsError;
}

function statusReason(error: unknown): string {
  if (error instanceof TargetError) return CONNECT_FAILURE + error.message;
  return error instanceof AwsError ? error.message : UNTOLD_FAILURE;
}

function refuseTakenName(gateway: Gateway, name: string): void {
  if (!gateway.targets.some((target) => target.declaration.name === name)) return;
  throw targetTaken(name, gateway.attributes.gatewayId);
}
