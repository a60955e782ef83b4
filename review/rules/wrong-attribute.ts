import { type Block, describeText, type Instance, type Reference, type Text, Unknown } from "../../topology";
import type { Rule } from "../rule";

/** What an argument takes: attributes of kinds, or a text that looks so. */
interface Expected {
  readonly argument: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly pattern: RegExp;
}

const ARN = /^arn:[a-z-]+:/;
const ROLE_ARN = /^arn:[a-z-]+:iam::\d{12}:role\//;
const NO_ARN = /^(?!arn:)/;
const POOL_ID = /^[\w-]+_[0-9a-zA-Z]+$/;

const role: Expected = {
  argument: "role_arn",
  attributes: { aws_iam_role: ["arn"], aws_iam_service_linked_role: ["arn"] },
  pattern: ROLE_ARN,
};
const pool: Expected = { argument: "user_pool_id", attributes: { aws_cognito_user_pool: ["id"] }, pattern: POOL_ID };
const clients: Expected = {
  argument: "authorizer_configuration.custom_jwt_authorizer.allowed_clients",
  attributes: { aws_cognito_user_pool_client: ["id"], aws_cognito_managed_user_pool_client: ["id"] },
  pattern: NO_ARN,
};
const PROVIDER = "oauth2_provider_config.custom_oauth2_provider_config";

/** By Terraform's name of the kind. */
const EXPECTED: Readonly<Record<string, readonly Expected[]>> = {
  aws_bedrockagentcore_gateway: [role, clients],
  aws_bedrockagentcore_agent_runtime: [role, clients],
  aws_bedrockagentcore_agent_runtime_endpoint: [
    {
      argument: "agent_runtime_id",
      attributes: { aws_bedrockagentcore_agent_runtime: ["agent_runtime_id"] },
      pattern: NO_ARN,
    },
  ],
  aws_bedrockagentcore_gateway_target: [
    {
      argument: "gateway_identifier",
      // The ARN has a rule of its own.
      attributes: { aws_bedrockagentcore_gateway: ["gateway_id", "gateway_arn"] },
      pattern: /^(?!https:)/,
    },
    {
      argument: "credential_provider_configuration.oauth.provider_arn",
      attributes: { aws_bedrockagentcore_oauth2_credential_provider: ["credential_provider_arn"] },
      pattern: /^arn:[a-z-]+:bedrock-agentcore:.*oauth2credentialprovider/,
    },
    {
      argument: "credential_provider_configuration.api_key.provider_arn",
      attributes: { aws_bedrockagentcore_api_key_credential_provider: ["credential_provider_arn"] },
      pattern: /^arn:[a-z-]+:bedrock-agentcore:.*apikeycredentialprovider/,
    },
    {
      argument: "target_configuration.mcp.lambda.lambda_arn",
      attributes: { aws_lambda_function: ["arn", "qualified_arn"], aws_lambda_alias: ["arn"] },
      pattern: /^arn:[a-z-]+:lambda:/,
    },
  ],
  aws_bedrockagentcore_oauth2_credential_provider: [
    {
      argument: `${PROVIDER}.client_id`,
      attributes: { aws_cognito_user_pool_client: ["id"], aws_cognito_managed_user_pool_client: ["id"] },
      pattern: NO_ARN,
    },
    {
      argument: `${PROVIDER}.client_secret`,
      attributes: {
        aws_cognito_user_pool_client: ["client_secret"],
        aws_cognito_managed_user_pool_client: ["client_secret"],
        aws_secretsmanager_secret_version: ["secret_string"],
        random_password: ["result"],
      },
      pattern: NO_ARN,
    },
  ],
  aws_cognito_user_pool_client: [pool],
  aws_cognito_user_pool_domain: [pool],
  aws_cognito_resource_server: [pool],
  aws_iam_role_policy: [{ argument: "role", attributes: { aws_iam_role: ["id", "name"] }, pattern: NO_ARN }],
  aws_iam_role_policy_attachment: [
    { argument: "role", attributes: { aws_iam_role: ["id", "name"] }, pattern: NO_ARN },
    { argument: "policy_arn", attributes: { aws_iam_policy: ["arn", "id"] }, pattern: ARN },
  ],
};

/** Kinds whose attributes are known well enough to say that one of them is out of place. */
const KNOWN_KINDS = /^aws_(cognito|bedrockagentcore|iam|lambda|ecr)_/;

export const wrongAttribute: Rule = {
  id: "wrong-attribute",
  severity: "error",
  summary: "An argument takes the attribute of the resource that it means: an id, an ARN, a secret.",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs",
  *check({ inventory }) {
    const byAddress = new Map(inventory.instances.map((instance) => [instance.address, instance]));
    const clientNames = namesOf(inventory.instances, "aws_cognito_user_pool_client");
    for (const { address, type, arguments: block } of inventory.instances) {
      for (const expected of Object.hasOwn(EXPECTED, type) ? (EXPECTED[type] ?? []) : []) {
        for (const text of textsAt(block, expected.argument)) {
          const wrong = wrongIn(text, expected, byAddress) ?? clientNameIn(text, expected, clientNames);
          if (wrong === undefined) continue;
          yield {
            address,
            message: `${expected.argument.split(".").at(-1)} is ${wrong}, and it takes ${wanted(expected)}.`,
            fix: `Use ${wanted(expected)}.`,
          };
        }
      }
    }
  },
};

function textsAt(block: Block, path: string): readonly Text[] {
  const [name = "", ...rest] = path.split(".");
  if (rest.length > 0) return block.blocks(name).flatMap((inner) => textsAt(inner, rest.join(".")));
  const list = Array.isArray(block.value(name)) ? block.texts(name) : undefined;
  if (list !== undefined) return list instanceof Unknown ? [] : list;
  const text = block.text(name);
  return text === undefined ? [] : [text];
}

/** What stands in the place of the right attribute; undefined where it is right, or nobody can tell. */
function wrongIn(
  text: Text,
  { attributes, pattern }: Expected,
  byAddress: ReadonlyMap<string, Instance>,
): string | undefined {
  if (typeof text === "string") return pattern.test(text) ? undefined : `"${text}"`;
  const reference = wholeReference(text);
  const type = reference === undefined ? undefined : byAddress.get(reference.address)?.type;
  if (reference === undefined || type === undefined || reference.attribute === "" || !KNOWN_KINDS.test(type))
    return undefined;
  const right = Object.hasOwn(attributes, type) ? attributes[type] : undefined;
  return right?.includes(reference.attribute) === true ? undefined : describeText(text);
}

/** The reference that a text is and nothing else; not one that it is only made of. */
function wholeReference({ parts = [] }: Unknown): Reference | undefined {
  const [part, ...others] = parts;
  return typeof part === "object" && others.length === 0 ? part.reference : undefined;
}

function namesOf(instances: readonly Instance[], kind: string): ReadonlySet<string> {
  const names = instances.filter(({ type }) => type === kind).map((instance) => instance.arguments.text("name"));
  return new Set(names.filter((name) => typeof name === "string"));
}

/** A name may look like an id, so that only a client of this name tells. */
function clientNameIn(text: Text, { attributes }: Expected, names: ReadonlySet<string>): string | undefined {
  const isClientId = attributes["aws_cognito_user_pool_client"]?.includes("id") === true;
  return isClientId && typeof text === "string" && names.has(text) ? `the name "${text}" of a client` : undefined;
}

function wanted({ attributes }: Expected): string {
  const [[type = "", names = []] = []] = Object.entries(attributes);
  return `the ${names[0] ?? ""} of an ${type}`;
}
