// emulator/view/: the account in words and as a picture.
import { OPENID_DISCOVERY_PATH } from "../../aws/agentcore/discovery";
import { backendOf, type CustomJwtAuthorizer, describeCredential, type GatewayTargetDeclaration } from "../../topology";
import type { Account } from "../cloud/account";
import type { Gateway } from "../cloud/gateway/gateways";
import type { Target } from "../cloud/gateway/target";
import type { UrlMapping } from "../cloud/network/network";
import type { AgentRuntime } from "../cloud/runtime/agent-runtimes";

/** A gateway in words for a person: what each hop shows and what the next one demands. */
export interface GatewayView {
  readonly name: string;
  readonly url: string;
  readonly inbound: string;
  readonly targets: readonly {
    readonly name: string;
    /** The URL of the server or the API, or the Lambda function's ARN. */
    readonly endpoint: string;
    readonly outbound: string;
    /** How many tools the target's latest synchronization brought. */
    readonly tools: number;
    /** Where callers reach an HTTP target. */
    readonly url?: string;
    /** Left out where the endpoint is no emulated runtime. */
    readonly runtime?: { readonly name: string; readonly inbound: string };
    /** Why the target is not there: the emulator does not imitate it. */
    readonly leftOut?: string;
  }[];
}

/** @internal */
export function viewGateways(account: Account, urls: UrlMapping): GatewayView[] {
  return account.gateways.all().map((gateway) => ({
    name: gateway.declaration.name,
    url: urls(gateway.attributes.gatewayUrl),
    inbound: describeInbound(gateway),
    targets: gateway.targets.map((target) => viewTarget(account, gateway, target, urls)),
  }));
}

function viewTarget(
  account: Account,
  gateway: Gateway,
  { declaration, tools, leftOut }: Target,
  urls: UrlMapping,
): GatewayView["targets"][number] {
  const endpoint = addressOf(declaration) ?? "";
  const runtime = account.runtimes.findByEndpoint(endpoint);
  const url = urlOfTarget(gateway, declaration.name);
  return {
    name: declaration.name,
    endpoint: urls(endpoint),
    outbound: describeCredential(declaration.credential),
    tools: tools.length,
    ...(url !== undefined && { url: urls(url) }),
    ...(leftOut !== undefined && { leftOut }),
    ...(runtime && {
      runtime: { name: runtime.declaration.agentRuntimeName, inbound: describeInbound(runtime) },
    }),
  };
}

/**
 * Where a target is called by its own path; only those of gateways without a protocol are.
 * @internal
 */
export function urlOfTarget({ attributes, declaration }: Gateway, targetName: string): string | undefined {
  return declaration.protocolType === undefined ? `${attributes.gatewayUrl}/${targetName}/invocations` : undefined;
}

/**
 * The URL or the ARN that a target calls.
 * @internal
 */
export function addressOf(declaration: GatewayTargetDeclaration): string | undefined {
  const backend = backendOf(declaration);
  return backend && ("endpoint" in backend ? backend.endpoint : backend.lambdaArn);
}

/** What callers of a gateway or a runtime have to show. @internal */
export function describeInbound({ declaration }: Gateway | AgentRuntime): string {
  const isOpen = "authorizerType" in declaration && declaration.authorizerType === "NONE";
  if (isOpen) return "nothing: it is open to everyone";
  return declaration.customJwtAuthorizer ? describeJwt(declaration.customJwtAuthorizer) : "a request signed with SigV4";
}

function describeJwt({ discoveryUrl, allowedClients, allowedAudience, allowedScopes }: CustomJwtAuthorizer): string {
  const constraints = [
    ["client", allowedClients],
    ["audience", allowedAudience],
    ["scope", allowedScopes],
  ] as const;
  const parts = constraints.flatMap(([name, values]) => (values ? [`${name} ${values.join(" or ")}`] : []));
  const issuer = discoveryUrl.replace("https://", "").replace(OPENID_DISCOVERY_PATH, "");
  return `a token of ${issuer}, ${parts.join(", ")}`;
}
