/** The stations of the system's picture by their ids: ARNs, where AWS has a name for the station. */

/** Whoever calls from outside. */
export const CALLER = "caller";

/** The process behind a runtime. */
export function serverOf(agentRuntimeArn: string): string {
  return `${agentRuntimeArn}/mcp-server`;
}
