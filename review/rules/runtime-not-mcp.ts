import { describeText } from "../../topology";
import { certainly } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const runtimeNotMcp: Rule = {
  id: "runtime-not-mcp",
  severity: "error",
  summary: "A runtime behind an MCP server target speaks MCP.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-mcp-protocol-contract.html",
  check: eachOf(targets, ({ runtime, kind }) => {
    const called = certainly(runtime, ({ protocol }) => typeof protocol === "string" && protocol !== "MCP");
    if (called === undefined || kind !== "mcp_server") return undefined;
    return {
      message: `The MCP server target calls ${called.address}, which speaks ${describeText(called.protocol ?? "HTTP")}, not MCP.`,
      fix: 'Give the runtime protocol_configuration { server_protocol = "MCP" } and a server that speaks it.',
    };
  }),
};
