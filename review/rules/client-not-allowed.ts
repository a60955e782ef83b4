import { describeText, type Text, type TextList, Unknown } from "../../topology";
import { certainly, holds, shown, sole } from "../evidence/certainty";
import { eachOf, targets, type Rule } from "../rule";

export const clientNotAllowed: Rule = {
  id: "client-not-allowed",
  severity: "error",
  summary: "The client of a target's credential provider is among the runtime's allowed clients.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/inbound-jwt-authorizer.html",
  check: eachOf(targets, ({ runtime, outbound }) => {
    const clientId = outbound?.type === "OAUTH" ? sole(outbound.provider)?.clientId : undefined;
    if (clientId === undefined) return undefined;
    const allows = (list: TextList | undefined): boolean | undefined =>
      list === undefined || list instanceof Unknown || list.length === 0 ? true : holds(list, clientId);
    const refusing = certainly(runtime, ({ authorizer }) => allows(authorizer?.allowedClients) === false);
    const unsure = certainly(runtime, ({ authorizer }) => allows(authorizer?.allowedClients) === undefined);
    if (refusing !== undefined) {
      return {
        message: `The target's tokens are those of ${describe(clientId)}, which ${refusing.address} does not allow: 401 "Claim 'client_id' value mismatch".`,
        fix: `Add ${describe(clientId)} to the runtime's allowed_clients.`,
      };
    } else if (unsure !== undefined) {
      return {
        severity: "info",
        message: `Whether the runtime allows the target's client ${describe(clientId)} is known only at apply: its list is ${shown(unsure.authorizer?.allowedClients).map(describe).join(", ")}.`,
        fix: "Check the list by eye, or review the configuration beside the plan.",
      };
    }
    return undefined;
  }),
};

function describe(text: Text): string {
  return describeText(text).replace(/^\$\{([^}]*)\}$/, "$1");
}
