import { describeText } from "../../topology";
import { isCertain } from "../evidence/certainty";
import type { Rule } from "../rule";

export const duplicateTargetName: Rule = {
  id: "duplicate-target-name",
  severity: "error",
  summary: "The targets of a gateway have different names.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-building-adding-targets.html",
  *check({ system, inventory }) {
    for (const gateway of system.gateways) {
      const owners = new Map<string, string>();
      for (const target of gateway.targets.filter((each) => isCertain(inventory, each))) {
        const { address, name, gateway: candidates } = target;
        if (name === undefined || candidates.length > 1 || (typeof name !== "string" && name.parts === undefined)) {
          continue;
        }
        const first = owners.get(describeText(name));
        if (first === undefined) owners.set(describeText(name), address);
        else {
          yield {
            address,
            message: `The name "${describeText(name)}" is taken by ${first}: the gateway refuses the second target.`,
            fix: "Give the target a name of its own; it begins the names of its tools.",
          };
        }
      }
    }
  },
};
