import { FORWARDED_HEADERS } from "../../aws/agentcore/container-headers";
import { type Runtime, Unknown } from "../../topology";
import { allowedHeaders } from "../allowed-headers";
import { certainly, shown } from "../certainty";
import type { Rule } from "../rule";

export const passedHeaderDropped: Rule = {
  id: "passed-header-dropped",
  severity: "warning",
  summary: "A header that a target passes on to a runtime is on the runtime's allowlist, too.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-header-allowlist.html",
  *check({ system }) {
    for (const { address, passedOn, runtime } of system.targets) {
      for (const header of shown(passedOn?.allowedRequestHeaders)) {
        if (typeof header !== "string" || certainly(runtime, (each) => drops(each, header)) === undefined) continue;
        yield {
          address,
          message: `${header} passes the gateway and ends at the runtime: ${runtime.map((each) => each.address).join(", ")} does not hand it to its server.`,
          fix: `Add "${header}" to request_header_allowlist in the runtime's request_header_configuration.`,
        };
      }
    }
  },
};

function drops(runtime: Runtime, header: string): boolean {
  if (FORWARDED_HEADERS.has(header.toLowerCase())) return false;
  const list = allowedHeaders(runtime);
  const isOther = (name: unknown): boolean => typeof name === "string" && name.toLowerCase() !== header.toLowerCase();
  return list !== undefined && !(list instanceof Unknown) && list.every(isOther);
}
