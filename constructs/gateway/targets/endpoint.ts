import type { Problem } from "../../private/errors";
import { arnNotEncoded, endpointIsNoInvocationUrl, invalidEndpoint } from "../../private/problems/authorization";

/** What follows `/runtimes/` on the host of AgentCore Runtime, without the query. */
const RUNTIME_PATH = /^https:\/\/bedrock-agentcore\.[^/]+\/runtimes\/([^?]*)/;

/** A literal ARN, or a reference to one that no function encodes. */
const RAW_ARN = /^(arn:|\$\{[^()]*_arn\})/;

/** What is wrong with the URL of an MCP server, as it stands in the Terraform configuration. */
export function endpointProblems(endpoint: string): Problem[] {
  const isReference = endpoint.startsWith("${");
  if (isReference) return [];
  if (!/^https:\/\/[^/]/.test(endpoint)) return [invalidEndpoint(endpoint)];
  const [, path] = RUNTIME_PATH.exec(endpoint) ?? [];
  if (path === undefined) return [];
  return [
    ...(RAW_ARN.test(path) ? [arnNotEncoded(endpoint)] : []),
    ...(path.endsWith("/invocations") ? [] : [endpointIsNoInvocationUrl(endpoint)]),
  ];
}
