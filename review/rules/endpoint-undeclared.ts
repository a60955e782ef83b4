import { DEFAULT_ENDPOINT } from "../../aws/agentcore/endpoints";
import { type Instance, isResource, type Runtime, Unknown } from "../../topology";
import { sole } from "../evidence/certainty";
import { qualifierOf } from "../evidence/endpoints";
import { waitingFor } from "../evidence/waiting";
import { eachBlockOf, targets, type Rule } from "../rule";

export const endpointUndeclared: Rule = {
  id: "endpoint-undeclared",
  severity: "error",
  summary: "A target calls an endpoint that its runtime has, and waits for it.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/agent-runtime-versioning.html",
  check: eachBlockOf(targets, (target, { inventory }) => {
    const runtime = sole(target.runtime);
    const name = qualifierOf(target);
    const isHidden = inventory.hidden.some(({ repetition }) => repetition === undefined);
    if (runtime === undefined || name === undefined || name === DEFAULT_ENDPOINT || isHidden) return undefined;
    const endpoints = inventory.instances.filter((instance) => maybeIs(instance, name, runtime));
    if (endpoints.length === 0) {
      return {
        message: `No endpoint ${name} of ${runtime.address} is declared: the runtime answers what is sent there with 404.`,
        fix: `Add an aws_bedrockagentcore_agent_runtime_endpoint of that name, or leave the qualifier out for ${DEFAULT_ENDPOINT}.`,
      };
    }
    const endpoint = sole(endpoints);
    if (endpoint === undefined || inventory.dependents(endpoint.blockAddress).has(target.instance.blockAddress)) return;
    return {
      severity: "warning",
      message: `Nothing makes the target wait for ${endpoint.address}, without which the runtime answers with 404.`,
      fix: `Add ${waitingFor([endpoint.blockAddress], target.instance)}.`,
    };
  }),
};

/** Whether an instance is the endpoint of a runtime, as far as it can be told. */
function maybeIs({ type, arguments: block }: Instance, name: string, { address, instance }: Runtime): boolean {
  if (type !== "aws_bedrockagentcore_agent_runtime_endpoint") return false;
  const [own, id] = [block.text("name"), block.text("agent_runtime_id")];
  if (typeof own === "string" && own !== name) return false;
  const runtimeId = instance.arguments.text("agent_runtime_id");
  if (!(id instanceof Unknown)) return id === undefined || typeof runtimeId !== "string" || id === runtimeId;
  return id.references.some((each) => each.address === address || !isResource(each.address));
}
