import { DEFAULT_ENDPOINT } from "../../aws/agentcore/endpoints";
import type { Instance, Inventory } from "../../topology";
import { describeText, stackOf } from "../../topology";
import { isCertain } from "../evidence/certainty";
import { regionOf } from "../evidence/regions";
import type { Report, Rule } from "../rule";

/** What is taken once: in an account and region, or as far as the scope says. */
interface Unique {
  readonly argument: string;
  /** Of the whole account, or of whatever another argument names. */
  readonly scope?: "account" | { readonly argument: string };
}

const NAMES: Readonly<Record<string, Unique>> = {
  aws_bedrockagentcore_gateway: { argument: "name" },
  aws_bedrockagentcore_agent_runtime: { argument: "agent_runtime_name" },
  aws_bedrockagentcore_agent_runtime_endpoint: { argument: "name", scope: { argument: "agent_runtime_id" } },
  aws_bedrockagentcore_oauth2_credential_provider: { argument: "name" },
  aws_bedrockagentcore_api_key_credential_provider: { argument: "name" },
  aws_bedrockagentcore_workload_identity: { argument: "name" },
  aws_cognito_user_pool_domain: { argument: "domain" },
  aws_cognito_resource_server: { argument: "identifier", scope: { argument: "user_pool_id" } },
  aws_ecr_repository: { argument: "name" },
  aws_iam_policy: { argument: "name", scope: "account" },
  aws_iam_role: { argument: "name", scope: "account" },
  aws_lambda_function: { argument: "function_name" },
};

export const duplicateName: Rule = {
  id: "duplicate-name",
  severity: "error",
  summary: "Gateways, runtimes, credential providers and what they need have names of their own.",
  source: "https://docs.aws.amazon.com/bedrock-agentcore-control/latest/APIReference/API_CreateGateway.html",
  *check({ inventory }) {
    const owners = new Map<string, string>();
    // Of two that may be there, one may be instead of the other.
    for (const instance of inventory.instances.filter((each) => isCertain(inventory, each))) {
      const unique = Object.hasOwn(NAMES, instance.type) ? NAMES[instance.type] : undefined;
      const { key, name } = unique === undefined ? {} : keyOf(instance, unique, inventory);
      if (key === undefined || name === undefined) continue;
      const first = isDefaultEndpoint(instance, name) ? "the endpoint that every runtime has" : owners.get(key);
      if (first === undefined) owners.set(key, instance.address);
      else {
        yield {
          address: instance.address,
          message: `The name "${name}" is taken by ${first}: the service refuses the second.`,
          fix: "Give it a name of its own.",
        };
      }
    }
    yield* secondDomains(inventory);
  },
};

function isDefaultEndpoint({ type }: Instance, name: string): boolean {
  return type === "aws_bedrockagentcore_agent_runtime_endpoint" && name === DEFAULT_ENDPOINT;
}

function keyOf(
  instance: Instance,
  { argument, scope }: Unique,
  inventory: Inventory,
): { readonly key?: string; readonly name?: string } {
  const name = instance.arguments.text(argument);
  // Another provider configuration may be of another account.
  if (typeof name !== "string" || instance.hasOwnProvider) return {};
  // Of several stacks, each may be of an account of its own.
  const stack = stackOf(instance.blockAddress);
  if (scope === "account") return { name, key: JSON.stringify([stack, instance.type, name]) };
  const region = regionOf(instance, inventory) ?? "";
  if (scope === undefined) return { name, key: JSON.stringify([stack, instance.type, region, name]) };
  const owner = instance.arguments.text(scope.argument);
  if (owner === undefined || (typeof owner !== "string" && owner.parts === undefined)) return {};
  return { name, key: JSON.stringify([instance.type, describeText(owner), name]) };
}

/** A pool has one domain of Cognito's own, and one with a certificate beside it. */
function* secondDomains(inventory: Inventory): Generator<Report> {
  const owners = new Map<string, string>();
  for (const { address, type, arguments: block } of inventory.instances) {
    const pool = block.text("user_pool_id");
    const isPrefix = type === "aws_cognito_user_pool_domain" && block.value("certificate_arn") === undefined;
    if (!isPrefix || pool === undefined || block.isOpen("certificate_arn")) continue;
    if (!isCertain(inventory, { address })) continue;
    if (typeof pool !== "string" && pool.parts === undefined) continue;
    const first = owners.get(describeText(pool));
    if (first === undefined) owners.set(describeText(pool), address);
    else {
      yield {
        address,
        message: `${describeText(pool)} has the domain of ${first} already, and a user pool takes one prefix: Cognito refuses the second.`,
        fix: "Keep one of the domains, or give the other a certificate_arn and a name of your own.",
      };
    }
  }
}
