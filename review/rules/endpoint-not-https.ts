import { eachOf, targets, type Rule } from "../rule";

export const endpointNotHttps: Rule = {
  id: "endpoint-not-https",
  severity: "error",
  summary: "An endpoint begins with https://.",
  source: "botocore bedrock-agentcore-control 2023-06-05, McpServerTargetConfiguration: endpoint",
  check: eachOf(targets, ({ endpoint }) => {
    const start = typeof endpoint === "string" ? endpoint : endpoint?.parts?.[0];
    // A short beginning may go on in what is not known.
    if (typeof start !== "string" || start.startsWith("https://") || "https://".startsWith(start)) return undefined;
    return {
      message: `The endpoint begins with "${start.slice(0, 8)}", and a gateway calls https:// only.`,
      fix: "Write https://.",
    };
  }),
};
