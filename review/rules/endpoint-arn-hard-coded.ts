import { readTarget } from "../../topology";
import { eachOf, targets, type Rule } from "../rule";

export const endpointArnHardCoded: Rule = {
  id: "endpoint-arn-hard-coded",
  severity: "warning",
  summary: "An endpoint takes the runtime's ARN from the runtime.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-mcp.html",
  check: eachOf(targets, ({ instance }, { system: { runtimes } }) => {
    const { endpoint: written } = readTarget(instance.written);
    if (typeof written !== "string" || !/arn(:|%3A)aws[a-z-]*(:|%3A)bedrock-agentcore/i.test(written)) return undefined;
    // An id is a name, a hyphen and 10 characters. A runtime of elsewhere has no reference that could be written.
    const name = /runtime(?:\/|%2F)(\w+)-\w{10}/i.exec(written)?.[1];
    if (name !== undefined && runtimes.every((own) => typeof own.name === "string" && own.name !== name)) {
      return undefined;
    }
    return {
      message:
        "The endpoint holds a runtime's ARN as text: a replaced runtime gets another one, and the target does not wait for it.",
      fix: "Write ${urlencode(<runtime>.agent_runtime_arn)} in its place.",
    };
  }),
};
