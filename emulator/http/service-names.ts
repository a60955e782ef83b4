import { apiHost, globalHost } from "../../aws/hosts";
import { claimedScope, type SignedRequest } from "./sigv4";

/** The services whose APIs are emulated. Their names are signing names, but that the two of AgentCore share one. */
type ServiceName =
  "bedrock-agentcore" | "bedrock-agentcore-control" | "cognito-idp" | "ecr" | "iam" | "secretsmanager" | "sts";

export function apiHostName(service: ServiceName, region: string): string {
  switch (service) {
    case "iam":
      return globalHost(service);
    case "ecr":
      return apiHost("api.ecr", region);
    default:
      return apiHost(service, region);
  }
}

/** The first part of `X-Amz-Target`, of services that speak AWS JSON. */
const JSON_SERVICES: ReadonlyMap<string, ServiceName> = new Map([
  ["AWSCognitoIdentityProviderService", "cognito-idp"],
  ["AmazonEC2ContainerRegistry_V20150921", "ecr"],
  ["secretsmanager", "secretsmanager"],
]);

const QUERY_SERVICES: readonly ServiceName[] = ["iam", "sts"];

/** AgentCore's data plane; what else begins with these collections is its control plane. */
const DATA_PATHS = [
  /^\/runtimes\/[^/]+\/(invocations|stopruntimesession)/,
  /^\/identities\/(GetWorkloadAccessToken|oauth2\/|api-key|CompleteResourceTokenAuth)/,
];
const CONTROL_PATH = /^\/(gateways|runtimes|identities|tags)(\/|$)/;

/**
 * The service that a request to the bare root means, where AWS CLIs and SDKs send everything: by the headers of its
 * protocol, by the service that it is signed for, or by its path.
 */
export function serviceMeant(request: SignedRequest): ServiceName | undefined {
  const [target = ""] = (request.headers.get("x-amz-target") ?? "").split(".");
  const jsonService = JSON_SERVICES.get(target);
  if (jsonService) return jsonService;

  const signedFor = claimedScope(request)?.service;
  const queryService = QUERY_SERVICES.find((service) => service === signedFor);
  if (queryService) return queryService;

  const { pathname } = new URL(request.url);
  if (DATA_PATHS.some((path) => path.test(pathname))) return "bedrock-agentcore";
  const isControl = signedFor === "bedrock-agentcore" || CONTROL_PATH.test(pathname);
  return isControl ? "bedrock-agentcore-control" : undefined;
}
