import { claimedScope } from "./sigv4";

/** The first part of `X-Amz-Target`, of services that speak AWS JSON. */
const SERVICE_BY_TARGET: Readonly<Record<string, string>> = {
  AWSCognitoIdentityProviderService: "cognito-idp",
};

/** Hosts by signing name; `bedrock-agentcore` has two, told apart by path. */
const HOST_BY_SERVICE: Readonly<Record<string, (region: string) => string>> = {
  "cognito-idp": (region) => `cognito-idp.${region}.amazonaws.com`,
};

/** The paths of AgentCore's data plane, and those of its control plane. */
const DATA_PATHS = [
  /^\/runtimes\/[^/]+\/(invocations|stopruntimesession)/,
  /^\/identities\/(GetWorkloadAccessToken|oauth2\/|api-key|CompleteResourceTokenAuth)/,
];
const CONTROL_PATH = /^\/(gateways|runtimes|identities|tags)(\/|$)/;

/**
 * The AWS host that a request to the bare root means, where AWS CLIs and SDKs send everything: by the headers of its
 * protocol, by the service that it is signed for, or for an unsigned one by its path.
 */
export function hostMeant(request: Request, region: string): string | undefined {
  const { pathname } = new URL(request.url);
  const target = request.headers.get("x-amz-target")?.split(".")[0] ?? "";
  const service = SERVICE_BY_TARGET[target] ?? claimedScope(request)?.service;
  const byService = HOST_BY_SERVICE[service ?? ""]?.(region);
  if (byService !== undefined) return byService;
  if (service !== undefined && service !== "bedrock-agentcore") return undefined;
  if (DATA_PATHS.some((path) => path.test(pathname))) return `bedrock-agentcore.${region}.amazonaws.com`;
  return service !== undefined || CONTROL_PATH.test(pathname)
    ? `bedrock-agentcore-control.${region}.amazonaws.com`
    : undefined;
}
