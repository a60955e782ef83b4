import { MAY_NAME_A_SERVICE, OUTBOUND_MATRIX, TARGET_BLOCKS } from "../../aws/agentcore/outbound-matrix";
import { columnOf } from "../../topology";
import { eachOf, targets, type Rule } from "../rule";

export const outboundCredentialUnsupported: Rule = {
  id: "outbound-credential-unsupported",
  severity: "error",
  summary: "A target authorizes itself in a way that its kind takes.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html",
  check: eachOf(targets, function* ({ kind: name = "", outbound }) {
    const kind = Object.hasOwn(TARGET_BLOCKS, name) ? TARGET_BLOCKS[name] : undefined;
    const credential = outbound && columnOf(outbound);
    if (kind === undefined || credential === undefined) return;
    if (outbound?.type === "GATEWAY_IAM_ROLE" && outbound.service !== undefined && !MAY_NAME_A_SERVICE.includes(kind)) {
      yield {
        message: `A target of the kind ${kind} implies the service that the gateway's role signs for, and AWS refuses one that is named.`,
        fix: "Take service from gateway_iam_role.",
      };
    }
    if (OUTBOUND_MATRIX[kind].includes(credential)) return;
    yield {
      message: `A target of the kind ${kind} does not take ${credential === "none" ? "a missing credential" : `the credential ${credential}`}, and the service refuses it.`,
      fix: `Use one of these in credential_provider_configuration: ${OUTBOUND_MATRIX[kind].join(", ")}.`,
    };
  }),
};
