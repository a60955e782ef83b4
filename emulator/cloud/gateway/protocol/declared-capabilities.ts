// emulator/cloud/gateway/protocol/: MCP and its JSON-RPC, of every generation that a gateway speaks.

import { z } from "zod";

import { jsonObject } from "./json-rpc";

/** The capability of a client that a server's request needs, by method: what a gateway carries of such requests. */
export const QUESTIONS: ReadonlyMap<string, "elicitation" | "sampling"> = new Map([
  ["elicitation/create", "elicitation"],
  ["sampling/createMessage", "sampling"],
]);

/** Of a client's capabilities, those that a gateway declares to its targets. */
export interface DeclaredCapabilities {
  readonly elicitation?: object;
  readonly sampling?: object;
}

const CLIENT_CAPABILITIES = z.looseObject({ elicitation: jsonObject.optional(), sampling: jsonObject.optional() });

/** From this version on a server may send its client to a URL. */
const FIRST_WITH_URLS = "2025-11-25";

/**
 * What targets are told that the client can be asked: developer guide, "gateway-mcp-elicitation" and
 * "gateway-mcp-sampling", "Capability negotiation".
 */
export function declaredCapabilities(stated: unknown, version: string): DeclaredCapabilities {
  const { elicitation, sampling } = CLIENT_CAPABILITIES.safeParse(stated).data ?? {};
  const { form, url } = elicitation ?? {};
  // A client that names no mode means forms: MCP 2025-11-25, client/elicitation.
  const modes = {
    ...((form !== undefined || url === undefined) && { form: form ?? {} }),
    ...(url !== undefined && version >= FIRST_WITH_URLS && { url }),
  };
  return {
    ...(elicitation && Object.keys(modes).length > 0 && { elicitation: modes }),
    ...(sampling && { sampling }),
  };
}
