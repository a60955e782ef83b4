import { apiHost, apiHostPattern } from "../hosts";

/** AgentCore's signing name, of its data plane as of its control plane, and what its ARNs call it. */
export const SERVICE = "bedrock-agentcore";

/** The service principal that AgentCore assumes roles with. */
export const SERVICE_PRINCIPAL = "bedrock-agentcore.amazonaws.com";

/** Where AgentCore's data plane is called, so every runtime. */
export function dataPlaneHost(region: string): string {
  return apiHost(SERVICE, region);
}

/** The endpoint that every runtime has; it follows the latest version: developer guide, "agent-runtime-versioning". */
export const DEFAULT_ENDPOINT = "DEFAULT";

/** @param encodedArn the runtime's ARN, percent-encoded */
export function runtimeUrl(region: string, encodedArn: string): string {
  return `https://${dataPlaneHost(region)}/runtimes/${encodedArn}/invocations`;
}

export function gatewayHost(gatewayId: string, region: string): string {
  return `${gatewayId}.gateway.${dataPlaneHost(region)}`;
}

/** In patterns: how `gatewayHost` ends. Its group is the region. */
export const GATEWAY_HOST_END = `\\.gateway\\.${apiHostPattern(SERVICE)}`;

/** Where MCP clients connect, or what the names of HTTP targets follow: without a protocol the URL was seen so by users. */
export function gatewayUrl(gatewayId: string, region: string, protocolType: string | undefined): string {
  const path = protocolType === undefined ? "" : `/${protocolType.toLowerCase()}`;
  return `https://${gatewayHost(gatewayId, region)}${path}`;
}

/** Where a gateway or a runtime describes how to be called: RFC 9728, section 3. */
export const PROTECTED_RESOURCE_PATH = "/.well-known/oauth-protected-resource";
