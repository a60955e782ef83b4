import { runtimeUrl } from "../../aws/agentcore/endpoints";
import { describeText, type Part } from "../../topology";
import { runtimeEndpoints } from "../evidence/endpoints";
import { eachOf, type Rule } from "../rule";

export const endpointPath: Rule = {
  id: "endpoint-path",
  severity: "error",
  summary: "The endpoint of a runtime ends in /runtimes/<encoded ARN>/invocations.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-mcp.html",
  check: eachOf(runtimeEndpoints, ({ endpoint, parts }) => {
    if (isRight(parts)) return undefined;
    return {
      message: `The endpoint ${describeText(endpoint)} is not where a runtime is called: it ends in neither /invocations nor /invocations?qualifier=NAME.`,
      fix: `Use "${runtimeUrl("${region}", "${urlencode(runtime_arn)}")}".`,
    };
  }),
};

const RIGHT_END = /\/invocations\/?(\?.*)?$/;

/** A runtime's ARN, encoded or not, ends before /invocations; what another placeholder holds is not known. */
function isRight(parts: readonly Part[]): boolean {
  const last = parts.at(-1);
  const tail = typeof last === "string" ? last : "";
  const before = typeof last === "string" ? parts.at(-2) : last;
  if (before === undefined) return tail.includes("/runtimes/") && RIGHT_END.test(tail);
  const followsArn = typeof before !== "string" && before.reference.attribute.endsWith("agent_runtime_arn");
  return RIGHT_END.test(tail) || (!followsArn && !tail.includes("/"));
}
