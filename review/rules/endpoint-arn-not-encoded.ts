import { runtimeEndpoints } from "../evidence/endpoints";
import { eachOf, type Rule } from "../rule";

export const endpointArnNotEncoded: Rule = {
  id: "endpoint-arn-not-encoded",
  severity: "error",
  summary: "The ARN in a runtime's endpoint is URL-encoded.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-mcp.html",
  check: eachOf(runtimeEndpoints, ({ parts }) => {
    const isRaw = parts.some((part) =>
      typeof part === "string"
        ? /\/runtimes\/arn:/.test(part)
        : !part.encoded && part.reference.attribute.endsWith("agent_runtime_arn"),
    );
    if (!isRaw) return undefined;
    return {
      message: "The ARN in the endpoint is not URL-encoded, so its colons and slashes break the path: 404.",
      fix: "Write ${urlencode(<runtime>.agent_runtime_arn)}.",
    };
  }),
};
