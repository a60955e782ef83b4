import { matchText } from "../../topology";
import { runtimeEndpoints } from "../evidence/endpoints";
import { regionOf } from "../evidence/regions";
import { eachOf, type Rule } from "../rule";

export const endpointRegion: Rule = {
  id: "endpoint-region",
  severity: "error",
  summary: "The host of a runtime's endpoint is in the runtime's region.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-mcp.html",
  check: eachOf(runtimeEndpoints, ({ endpoint, runtime }, { inventory }) => {
    const [, host] = matchText(endpoint, /^https?:\/\/bedrock-agentcore\.([^./]+)\./) ?? [];
    const [, named] =
      matchText(endpoint, /\/runtimes\/arn(?:%3A|:)[^:%]+(?:%3A|:)bedrock-agentcore(?:%3A|:)([a-z0-9-]+)/i) ?? [];
    const region = runtime === undefined ? named : regionOf(runtime.instance, inventory);
    if (typeof host !== "string" || typeof region !== "string" || host === region) return undefined;
    return {
      message: `The endpoint's host is in ${host}, but the runtime is in ${region}.`,
      fix: `Write ${region} in the host, or use data.aws_region.current.`,
    };
  }),
};
