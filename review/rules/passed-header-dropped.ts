import { FORWARDED_HEADERS } from "../../aws/agentcore/container-headers";
import { STATELESS_VERSION } from "../../aws/agentcore/protocol-versions";
import { parameterHeaders, parseMcpTools, type Runtime, type Target, Unknown } from "../../topology";
import { allowedHeaders } from "../evidence/allowed-headers";
import { certainly, shown } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const passedHeaderDropped: Rule = {
  id: "passed-header-dropped",
  severity: "warning",
  summary:
    "A header that a target passes on to a runtime, or that its tools ask for, is on the runtime's allowlist, too.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-header-allowlist.html",
  check: eachOf(targets, function* (target) {
    const { passedOn, runtime } = target;
    const passed = shown(passedOn?.allowedRequestHeaders).map((header) => ({ header, more: "" }));
    for (const { header, more } of [...passed, ...headersOfTools(target)]) {
      if (typeof header !== "string" || certainly(runtime, (each) => drops(each, header)) === undefined) continue;
      yield {
        message: `${header} passes the gateway and ends at the runtime: ${runtime.map((each) => each.address).join(", ")} does not hand it to its server${more}.`,
        fix: `Add "${header}" to request_header_allowlist in the runtime's request_header_configuration.`,
      };
    }
  }),
};

/** Those of the tools that the target describes: what a server lists by itself is known only to the server. */
function headersOfTools({ gateway, kind, payload }: Target): { header: string; more: string }[] {
  const speaks = certainly(gateway, ({ supportedVersions }) => shown(supportedVersions).includes(STATELESS_VERSION));
  if (!speaks || kind !== "mcp_server" || typeof payload !== "string") return [];
  return (parseMcpTools(payload) ?? []).flatMap(({ name: tool, inputSchema }) =>
    (parameterHeaders(inputSchema) ?? []).map(({ name: header, path }) => ({
      header,
      more: `, which, where it speaks ${STATELESS_VERSION}, refuses calls of ${tool} with the argument ${path.join(".")}`,
    })),
  );
}

function drops(runtime: Runtime, header: string): boolean {
  if (FORWARDED_HEADERS.has(header.toLowerCase())) return false;
  const list = allowedHeaders(runtime);
  const isOther = (name: unknown): boolean => typeof name === "string" && name.toLowerCase() !== header.toLowerCase();
  return list !== undefined && !(list instanceof Unknown) && list.every(isOther);
}
