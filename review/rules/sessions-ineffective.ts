import { STATELESS_VERSION } from "../../aws/agentcore/protocol-versions";
import { shown } from "../evidence/certainty";
import { eachOf, gateways, type Rule } from "../rule";

export const sessionsIneffective: Rule = {
  id: "sessions-ineffective",
  severity: "info",
  summary: "A gateway that keeps sessions speaks a version that has them, and streams what its targets ask.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-mcp-elicitation.html",
  check: eachOf(gateways, ({ keepsSessions, responseStreaming = false, supportedVersions }) => {
    if (keepsSessions !== true) return undefined;
    const versions = shown(supportedVersions);
    if (versions.length > 0 && versions.every((version) => version === STATELESS_VERSION)) {
      return {
        message: `The gateway speaks ${STATELESS_VERSION} alone, which has no sessions: session_configuration has no effect.`,
        fix: "Take session_configuration out, or support 2025-11-25, too.",
      };
    } else if (responseStreaming === false) {
      return {
        message:
          "The gateway keeps sessions and does not stream: its targets cannot ask callers (elicitation, sampling).",
        fix: "Set enable_response_streaming = true in streaming_configuration, if they are meant to.",
      };
    }
    return undefined;
  }),
};
