import { isSessionHeader, mayPassOn, mayReachContainer } from "../../aws/agentcore/passed-on";
import type { Gateway, OutboundAuthorization, Target } from "../../topology";
import { allowedHeaders } from "../evidence/allowed-headers";
import { certainly, shown } from "../evidence/certainty";
import type { Rule } from "../rule";

export const passedHeaderRefused: Rule = {
  id: "passed-header-refused",
  severity: "error",
  summary: "A target and a runtime pass on headers that the service lets pass.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-headers.html",
  *check({ system }) {
    for (const target of system.targets) {
      for (const header of passedHeaders(target)) {
        const reason = whyRefused(header, target);
        if (reason === undefined) continue;
        yield {
          address: target.address,
          message: `metadata_configuration passes on ${header}, which the service refuses: ${reason}.`,
          fix: `Take ${header} out of metadata_configuration.`,
        };
      }
    }
    for (const runtime of system.runtimes) {
      for (const header of shown(allowedHeaders(runtime))) {
        if (typeof header !== "string" || mayReachContainer(header)) continue;
        yield {
          address: runtime.address,
          message: `request_header_allowlist has ${header}, which the service refuses: it is among the restricted headers.`,
          fix: `Take ${header} out of request_header_allowlist.`,
        };
      }
    }
  },
};

function passedHeaders({ passedOn }: Target): readonly string[] {
  const all = [...shown(passedOn?.allowedRequestHeaders), ...shown(passedOn?.allowedResponseHeaders)];
  return [...new Set(all.filter((header) => typeof header === "string"))];
}

function whyRefused(header: string, { gateway, outbound }: Target): string | undefined {
  if (!mayPassOn(header)) return "it is among the restricted headers";
  const keeping = certainly<Gateway>(gateway, ({ keepsSessions }) => keepsSessions === true);
  if (keeping && isSessionHeader(header)) return "its gateway has sessions, and keeps their ids itself";
  return isKeyOf(outbound, header) ? "it carries the API key" : undefined;
}

function isKeyOf(outbound: OutboundAuthorization | undefined, header: string): boolean {
  if (outbound?.type !== "API_KEY" || outbound.credentialLocation === "QUERY_PARAMETER") return false;
  const { credentialParameterName: name } = outbound;
  return typeof name === "string" && name.toLowerCase() === header.toLowerCase();
}
