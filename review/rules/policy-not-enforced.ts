import type { Gateway, Inventory } from "../../topology";
import { engineOf, policiesIn } from "../evidence/policies";
import type { Report, Rule } from "../rule";

export const policyNotEnforced: Rule = {
  id: "policy-not-enforced",
  severity: "warning",
  summary: "A gateway asks the engine of a policy, and keeps to its answer.",
  source: "botocore bedrock-agentcore-control 2023-06-05: GatewayPolicyEngineConfiguration",
  *check(subject) {
    const {
      inventory,
      system: { gateways },
    } = subject;
    yield* loggedOnly(gateways);
    if (gateways.length === 0 || gateways.some(({ instance }) => instance.arguments.isOpen(CONFIGURATION))) return;
    const asked = new Map(gateways.map((gateway) => [gateway.address, askedEngine(gateway, inventory)]));
    for (const { address, engine: named, gateways: own } of policiesIn(subject)) {
      const engine = engineOf(named, inventory);
      if (engine === undefined) continue;
      const isAsked = [...asked.values()].includes(engine.address);
      const other = own.find((gateway) => asked.has(gateway.address) && asked.get(gateway.address) !== engine.address);
      if (isAsked && other === undefined) continue;
      yield {
        address,
        message: `No call is decided by the policy: ${isAsked ? other?.address : "no gateway"} ${isAsked ? "does not ask" : "asks"} its engine, ${engine.address}.`,
        fix: `Give the gateway policy_engine_configuration { arn = ${engine.address}.policy_engine_arn, mode = "ENFORCE" }.`,
      };
    }
  },
};

const CONFIGURATION = "policy_engine_configuration";

function askedEngine({ instance }: Gateway, inventory: Inventory): string | undefined {
  return engineOf(instance.arguments.block(CONFIGURATION).text("arn"), inventory)?.address;
}

function* loggedOnly(gateways: readonly Gateway[]): Generator<Report> {
  for (const { address, instance } of gateways) {
    if (instance.arguments.block(CONFIGURATION).text("mode") !== "LOG_ONLY") continue;
    yield {
      address,
      severity: "info",
      message: "The gateway only logs what its policies would deny: every call goes on.",
      fix: 'Set mode = "ENFORCE" once the logs show what is meant.',
    };
  }
}
