import { refusedNeeds } from "../roles/gateway-needs";
import { eachOf, type Rule } from "../rule";

export const secretNotReadable: Rule = {
  id: "secret-not-readable",
  severity: "error",
  summary: "A gateway's role may read the client secrets of its credential providers.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-outbound-auth.html",
  check: eachOf(refusedNeeds("secret"), ({ gateway, action, needed }) => ({
    message: `The role of ${gateway.address} may not read ${needed.what}: the token vault reads it in the role's name.`,
    fix: `Allow ${action} on ${needed.exact}.`,
  })),
};
