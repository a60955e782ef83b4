import { imageBuilds } from "../evidence/image-builds";
import type { Runtime } from "../../topology";
import type { Fault, Rule } from "../rule";

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
        ...(platform === undefined ? leftToTheBuilder(runtime) : builtForAnother(runtime, platform)),
        fix: "Build with --platform linux/arm64.",
      };
    }
  },
};

/** Right on a machine of ARM, such as the Mac of whoever applies it. */
function leftToTheBuilder({ address }: Runtime): Omit<Fault, "fix"> {
  return {
    severity: "warning",
    message: `The image of ${address} is built for whatever machine builds it: on x86 the runtime fails with "Architecture incompatible".`,
  };
}

function builtForAnother({ address }: Runtime, platform: string): Omit<Fault, "fix"> {
  return { message: `The image of ${address} is built for ${platform}, and AgentCore Runtime takes linux/arm64 only.` };
}
