import type { Problem } from "../../private/errors";
import { arnNotEncoded, endpointIsNoInvocationUrl, invalidEndpoint } from "../../private/problems/authorization";

/** `…/runtimes/<ARN or Terraform expression>` with what follows it. */
const RUNTIME_PATH = /^https:\/\/bedrock-agentcore\..*?\/runtimes\/(\$\{(?:[^{}]|\{[^}]*\})*\}|[^/?]*(?:\/[^/?]+(?=\/invocations))?)([^?]*)/;

/** What is wrong with the URL of an MCP server, as it stands in the Terraform configuration. */
export function endpointProblems(endpoint: string): Problem[] {
  if (endpoint.startsWith("${")) {
    return [];
  }
  if (!/^https:\/\/[^/]/.test(endpoint)) {
    return [invalidEndpoint(endpoint)];
  }
  const [, runtime, rest] = RUNTIME_PATH.exec(endpoint) ?? [];
  return [
    ...(runtime !== undefined && isRawArn(runtime) ? [arnNotEncoded(endpoint)] : []),
    ...(rest !== undefined && rest !== "/invocations" ? [endpointIsNoInvocationUrl(endpoint)] : []),
  ];
}

function isRawArn(runtime: string): boolean {
  return runtime.startsWith("arn:") || /^\$\{[^(]*_arn\}$/.test(runtime);
}
