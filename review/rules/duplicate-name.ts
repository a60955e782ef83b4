import type { Instance, Inventory } from "../../topology";
import { regionOf } from "../regions";
import type { Rule } from "../rule";

/** Kinds whose names are taken once in an account and region, with the argument that is the name. */
const NAMES: Readonly<Record<string, string>> = {
  aws_bedrockagentcore_gateway: "name",
  aws_bedrockagentcore_agent_runtime: "agent_runtime_name",
  aws_bedrockagentcore_oauth2_credential_provider: "name",
  aws_bedrockagentcore_api_key_credential_provider: "name",
  aws_bedrockagentcore_workload_identity: "name",
};

export const duplicateName: Rule = {
  id: "duplicate-name",
  severity: "error",
  summary: "Gateways, runtimes and credential providers have names of their own.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateGateway.html",
  *check({ inventory }) {
    const owners = new Map<string, string>();
    for (const instance of inventory.instances) {
      const argument = Object.hasOwn(NAMES, instance.type) ? NAMES[instance.type] : undefined;
      const name = argument === undefined ? undefined : instance.arguments.text(argument);
      // Another provider configuration may be of another account.
      if (typeof name !== "string" || instance.hasOwnProvider) continue;
      const key = keyOf(instance, name, inventory);
      const first = owners.get(key);
      if (first === undefined) owners.set(key, instance.address);
      else {
        yield {
          address: instance.address,
          message: `The name "${name}" is taken by ${first}: the service refuses the second.`,
          fix: "Give it a name of its own.",
        };
      }
    }
  },
};

function keyOf(instance: Instance, name: string, inventory: Inventory): string {
  return JSON.stringify([instance.type, regionOf(instance, inventory) ?? "", name]);
}
