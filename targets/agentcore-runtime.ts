import { runtimeUrl } from "../aws/agentcore/endpoints";
import { RUNTIME_ARN } from "../aws/agentcore/names";
import { targetKind } from "./target-kind";

interface RuntimeSettings {
  readonly arn: string;
  /** The name of the runtime's endpoint. @default - DEFAULT */
  readonly qualifier?: string;
}

/** An agent on AgentCore Runtime, in whatever protocol it speaks: developer guide, "gateway-target-http-runtime". */
export const agentcoreRuntime = targetKind<RuntimeSettings>({
  block: "agentcore_runtime",
  group: "http",
  members: ({ structure, text, name, optional, notEmulated }) =>
    structure({ arn: name(RUNTIME_ARN), qualifier: optional(text(Infinity)), schema: notEmulated }),
  read(block) {
    const reason = "is for guardrails, which are not emulated";
    if (block.optionalBlock("schema")) throw block.unsupported("schema", reason);
    const qualifier = block.optionalText("qualifier");
    return { arn: block.text("arn"), ...(qualifier !== undefined && { qualifier }) };
  },
  source: (block) => ({ runtimeArn: block.text("arn"), qualifier: block.optionalText("qualifier") }),
  backend({ arn, qualifier }) {
    const [, , , region = ""] = arn.split(":");
    const query = qualifier === undefined ? "" : `?qualifier=${encodeURIComponent(qualifier)}`;
    return { speaks: "passthrough", endpoint: `${runtimeUrl(region, encodeURIComponent(arn))}${query}` };
  },
});
