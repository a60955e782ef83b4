import { imageBuilds } from "../evidence/image-builds";
import type { Rule } from "../rule";

export const imagePlatform: Rule = {
  id: "image-platform",
  severity: "error",
  summary: "A runtime's image is built for linux/arm64.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/runtime-mcp-protocol-contract.html",
  *check({ system, inventory }) {
    for (const { instance, runtime, platform } of imageBuilds(system, inventory)) {
      if (platform === null || /(^|,)linux\/arm64(\/v8)?(,|$)/.test(platform ?? "")) continue;
      yield {
        address: instance.address,
        message:
          platform === undefined
            ? `The image of ${runtime.address} is built for whatever machine builds it: on x86 the runtime fails with "Architecture incompatible".`
            : `The image of ${runtime.address} is built for ${platform}, and AgentCore Runtime takes linux/arm64 only.`,
        fix: "Build with --platform linux/arm64.",
      };
    }
  },
};
