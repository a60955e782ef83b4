import {
  type Attributes,
  type Deployment,
  isUnsupported,
  type OrderedResource,
  reasonOf,
  type ResourceKind,
  standInAdvice,
  type Topology,
  TopologyError,
  type TopologyResource,
} from "../topology";
import type { Account } from "./cloud/account";
import { apiGatewayCreators } from "./cloud/api-gateway/creators";
import { cognitoCreators } from "./cloud/cognito/creators";
import type { Creators } from "./cloud/creators";
import { ecrCreators } from "./cloud/ecr/creators";
import { AwsError, NotEmulated } from "./cloud/errors";
import { gatewayCreators, TargetFailure } from "./cloud/gateway/creators";
import { iamCreators } from "./cloud/iam/creators";
import { identityCreators } from "./cloud/identity/creators";
import { lambdaCreators } from "./cloud/lambda/creators";
import { policyCreators } from "./cloud/policy/creators";
import { runtimeCreators } from "./cloud/runtime/creators";
import { ExistingObjects } from "./existing/existing-objects";
import { s3Creators } from "./cloud/s3/creators";
import { openName } from "./trace/fixes";
import type { Tracer } from "./trace/tracer";

/** A resource that the emulated account refused, with AWS's reason. */
export class DeploymentError extends Error {
  /** Stable, for programs. */
  readonly code = "DEPLOYMENT_FAILED";
  constructor(
    readonly address: string,
    readonly reason: string,
    /** Whether AWS refuses it, the emulator does not imitate what AWS would take, or the program of a function fails. */
    readonly kind: "refused" | "unsupported" | "handler" = "refused",
  ) {
    super(`${address}: ${reason}`);
    this.name = "DeploymentError";
  }
}

/** Who hears of a deployment, and may end it. */
export interface DeploymentWatch {
  readonly onCreated: (resource: TopologyResource) => void;
  /** Takes one sentence for each object that is taken for one that exists outside of the stack. */
  readonly notice: (sentence: string) => void;
  /** Takes each resource that is not supported, and why it is left out. @default - it ends the deployment */
  readonly onLeftOut?: (resource: TopologyResource, reason: string) => void;
  /** Takes each resource that AWS refuses or that waits for one, and the error of it. @default - it ends the deployment */
  readonly onRefused?: (error: DeploymentError) => void;
  readonly signal?: AbortSignal;
}

/**
 * Creates every resource of the topology in dependency order, as `terraform apply` would.
 *
 * @param deployment of the topology, which comes to know each resource as it stands
 * @throws DeploymentError for the first resource that fails and that nobody hears of, TopologyError for an argument that cannot be evaluated
 * @internal
 */
export async function deploy(
  topology: Topology,
  deployment: Deployment,
  account: Account,
  { onCreated, onLeftOut, onRefused, notice, signal }: DeploymentWatch,
): Promise<void> {
  const leftOut: string[] = [];
  const refused: string[] = [];
  const early: string[] = [];
  const creators = creatorsOf(account);
  const existing = new ExistingObjects(account, topology, deployment, notice);
  const resources = [...topology.resources];
  for (const [index, resource] of resources.entries()) {
    signal?.throwIfAborted();
    const isFirstTime = index < topology.resources.length;
    const isEarly = awaited(resource, early) !== undefined;
    if (isFirstTime && (existing.comesLast(resource) || isEarly)) {
      if (isEarly) early.push(resource.address);
      resources.push(resource);
      continue;
    }
    try {
      refuseWaiting(resource, refused);
      await create(resource, deployment, creators, existing);
      onCreated(resource);
    } catch (error) {
      if (isFirstTime && isTriedAgain(error) && resources.slice(index).some(isPolicy)) {
        notice(
          `${resource.address} comes after the policies of roles, for which nothing makes it wait: the AWS provider asks again while a role lacks them.`,
        );
        early.push(resource.address);
        resources.push(resource);
        continue;
      }
      const reason = onLeftOut && reasonToLeaveOut(error, leftOut);
      if (onLeftOut && reason !== undefined) {
        leftOut.push(resource.address);
        leaveOutTarget(resource, reason, deployment, account);
        onLeftOut(resource, reason);
      } else {
        const failure = error instanceof AwsError ? refusalOf(resource, error, account) : error;
        if (!onRefused || !(failure instanceof DeploymentError) || failure.kind !== "refused") throw failure;
        refused.push(resource.address);
        onRefused(failure);
      }
    }
  }
  await demandHandlers(account);
}

/** The AWS provider asks again for two minutes, in which what it makes at the same time comes to be. */
function isTriedAgain(error: unknown): boolean {
  return error instanceof AwsError && TRIED_AGAIN.test(error.message);
}

/** hashicorp/terraform-provider-aws, internal/service/bedrockagentcore: agent_runtime.go and gateway_target.go. */
const TRIED_AGAIN =
  /^(Role validation failed|Access denied while validating ECR URI|Gateway execution role lacks permission)/;

function isPolicy({ kind }: TopologyResource): boolean {
  return kind === "rolePolicy" || kind === "rolePolicyAttachment" || kind === "policyAttachment";
}

/** The first of some resources that comes before another. */
function awaited({ after }: OrderedResource, others: readonly string[]): string | undefined {
  return others.find((other) => after.has(other));
}

/** Terraform creates nothing that comes after what failed. @throws DeploymentError */
function refuseWaiting(resource: OrderedResource, refused: readonly string[]): void {
  const missing = awaited(resource, refused);
  if (missing !== undefined) throw new DeploymentError(resource.address, `it waits for ${missing}, which is not there`);
}

function refusalOf({ address }: TopologyResource, error: AwsError, { environment }: Account): DeploymentError {
  traceRefusal(environment.tracer, address, error);
  const kind = error instanceof NotEmulated ? "unsupported" : "refused";
  const advice = standInAdvice(error.message);
  const reason = `${error.code}: ${error.message}`;
  return new DeploymentError(address, advice === undefined ? reason : `${reason}; ${advice}`, kind);
}

/** A function whose stand-in cannot work would fail at its first call only. @throws DeploymentError */
async function demandHandlers({ lambdaFunctions }: Account): Promise<void> {
  const failure = await lambdaFunctions.firstFailure();
  if (failure) {
    throw new DeploymentError(`The handler of the function ${failure.functionName}`, failure.reason, "handler");
  }
}

/** Why a resource is left out: it is not supported, or needs one that was left out. */
function reasonToLeaveOut(error: unknown, leftOut: readonly string[]): string | undefined {
  if (error instanceof NotEmulated) return error.message;
  if (isUnsupported(error)) return reasonOf(error);
  const isNeedy = error instanceof TopologyError && error.code === "NOT_CREATED" && leftOut.length > 0;
  return isNeedy ? reasonOf(error).replace("is not created yet", "was left out") : undefined;
}

/** A target that is left out stands with its gateway all the same, where that is there, and says why. */
function leaveOutTarget(
  { address, kind }: TopologyResource,
  reason: string,
  deployment: Deployment,
  { gateways, gatewayTargets }: Account,
): void {
  const identity = kind === "gatewayTarget" ? deployment.targetIdentity(address) : undefined;
  if (identity && gateways.find(identity.gatewayIdentifier)) gatewayTargets.leaveOut(identity, reason);
}

async function create<K extends ResourceKind>(
  resource: TopologyResource<K>,
  deployment: Deployment,
  creators: Creators,
  existing: ExistingObjects,
): Promise<void> {
  const declaration = deployment.declaration(resource);
  try {
    existing.createFor(resource.kind, declaration);
    const attributes: Attributes<K> = await creators[resource.kind](declaration);
    deployment.created(resource, attributes);
  } catch (error) {
    if (error instanceof TargetFailure) throw new DeploymentError(resource.address, error.message);
    throw error;
  }
}

/** What is accepted leaves no trace: only refusals have something to tell. */
function traceRefusal(tracer: Tracer, address: string, { code, message }: AwsError): void {
  const check = openName(/^(\w+) is required/.exec(message)?.[1] ?? code);
  const evidence = { expected: `arguments of ${address} that AWS accepts`, actual: message };
  tracer.call({ label: `create ${address}` }, (call) =>
    call.hop({ name: "resource creation" }, (hop) => hop.check(check, false, evidence)),
  );
}

function creatorsOf(account: Account): Creators {
  return {
    ...cognitoCreators(account.cognito),
    ...iamCreators(account.iam),
    ...ecrCreators(account.repositories),
    ...identityCreators(account),
    ...runtimeCreators(account.runtimes),
    ...lambdaCreators(account.lambdaFunctions),
    ...apiGatewayCreators(account.restApis, account.apiKeys, account.usagePlans),
    ...s3Creators(account.buckets, account.environment),
    ...policyCreators(account.policyEngines),
    ...gatewayCreators(account),
    resourcePolicy(declaration) {
      account.resourcePolicies.put(declaration);
      return {};
    },
    terraformData: () => ({ id: account.environment.random.uuid() }),
  };
}
