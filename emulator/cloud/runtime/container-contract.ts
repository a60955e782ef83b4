import type { SERVER_PROTOCOLS } from "../../../aws/agentcore/values";

/**
 * Where AgentCore calls a container of each protocol on AWS; here it listens on a port of its own, and the path counts.
 *
 * @see developer guide, "runtime-service-contract" and the contract page of each protocol
 */
const CONTAINER_URLS: Readonly<Record<ServerProtocol, URL>> = {
  MCP: new URL("http://0.0.0.0:8000/mcp"),
  HTTP: new URL("http://0.0.0.0:8080/invocations"),
  A2A: new URL("http://0.0.0.0:9000/"),
  AGUI: new URL("http://0.0.0.0:8080/invocations"),
};

type ServerProtocol = (typeof SERVER_PROTOCOLS)[number];

/** @param serverProtocol one of SERVER_PROTOCOLS, as every accepted runtime has */
export function containerUrl(serverProtocol: string): URL {
  return CONTAINER_URLS[serverProtocol as ServerProtocol];
}
