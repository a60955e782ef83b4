import { runtimeEndpoints } from "../endpoints";
import type { Rule } from "../rule";

export const endpointNotHttps: Rule = {
  id: "endpoint-not-https",
  severity: "error",
  summary: "An endpoint begins with https://.",
  source: "botocore bedrock-agentcore-control 2023-06-05, McpServerTargetConfiguration: endpoint",
  *check({ system }) {
    const known = system.targets.flatMap(({ address, endpoint }) =>
      typeof endpoint === "string" ? [{ address, start: endpoint }] : [],
    );
    const symbolic = runtimeEndpoints(system).map(({ target, parts }) => ({
      address: target.address,
      start: parts[0],
    }));
    const starts = new Map([...symbolic, ...known].map(({ address, start }) => [address, start]));
    for (const [address, start] of starts) {
      if (typeof start !== "string" || start.startsWith("https://")) continue;
      yield {
        address,
        message: `The endpoint begins with "${start.slice(0, 8)}", and a gateway calls https:// only.`,
        fix: "Write https://.",
      };
    }
  },
};
