import { DEFAULT_ENDPOINT } from "../../aws/agentcore/endpoints";
import { matchText, type Part, type Runtime, showsForm, type Target, type Text } from "../../topology";
import type { Subject } from "../rule";

/** The endpoint of a target that calls AgentCore Runtime. */
export interface RuntimeEndpoint {
  /** Of the target. */
  readonly address: string;
  readonly endpoint: Text;
  readonly parts: readonly Part[];
  readonly runtime?: Runtime;
}

/** Not a gateway's host, which a target may name, too. */
const RUNTIME_HOST = /^[a-z]*:?\/*([^/]*\.runtime\.)?bedrock-agentcore\./;

/** Endpoints whose form is shown: what a plan of native configuration keeps until the apply is left out. */
export function runtimeEndpoints({ system }: Subject): RuntimeEndpoint[] {
  return system.targets.flatMap(({ address, endpoint, runtime }) => {
    const parts = endpoint === undefined ? undefined : typeof endpoint === "string" ? [endpoint] : endpoint.parts;
    if (endpoint === undefined || parts === undefined) return [];
    if (runtime.length === 0 && matchText(endpoint, RUNTIME_HOST) === undefined) return [];
    return [{ address, endpoint, parts, ...(runtime.length === 1 && { runtime: runtime[0] }) }];
  });
}

/** The name of the runtime's endpoint that a target calls; undefined where the source does not show it. */
export function qualifierOf({ qualifier, endpoint }: Target): string | undefined {
  if (endpoint !== undefined && !showsForm(endpoint)) return undefined;
  const asked = endpoint === undefined ? undefined : matchText(endpoint, /[?&]qualifier=([^&#]+)/)?.[1];
  const name = qualifier ?? asked ?? DEFAULT_ENDPOINT;
  return typeof name === "string" ? name : undefined;
}
