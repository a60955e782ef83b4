import { CALLERS_OF } from "../../aws/agentcore/outbound-matrix";
import { sole } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

const OF_CALLERS = {
  CALLER_IAM_CREDENTIALS: { kind: "caller IAM", what: "signs as its caller" },
  JWT_PASSTHROUGH: { kind: "JWT passthrough", what: "passes its caller's token on" },
} as const;

export const callerCredentialImpossible: Rule = {
  id: "caller-credential-impossible",
  severity: "error",
  summary: "A target with its caller's token or signature has a gateway whose callers bring one.",
  source:
    "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-building-adding-targets-authorization.html",
  check: eachOf(targets, ({ outbound, gateway }) => {
    const owner = sole(gateway);
    const type = owner?.instance.arguments.text("authorizer_type");
    if (!owner || (outbound?.type !== "CALLER_IAM_CREDENTIALS" && outbound?.type !== "JWT_PASSTHROUGH")) {
      return undefined;
    }
    const { kind, what } = OF_CALLERS[outbound.type];
    const types = CALLERS_OF[kind] ?? [];
    if (typeof type !== "string" || types.includes(type)) return undefined;
    return {
      message: `The target ${what}, and the callers of ${owner.address}, with authorizer_type ${type}, bring none: the service refuses it.`,
      fix: `Give the gateway authorizer_type ${types.join(" or ")}, or the target another credential.`,
    };
  }),
};
