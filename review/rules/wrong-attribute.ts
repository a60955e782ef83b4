import { USER_POOL_ID } from "../../aws/cognito/names";
import {
  type Instance,
  type Inventory,
  isOfCloudControl,
  type Reference,
  referencesIn,
  referenceText,
  type System,
  type Text,
  Unknown,
} from "../../topology";
import { attributeFault } from "../evidence/attributes";
import { argumentTrees } from "../evidence/argument-tree";
import { argumentOf, textsOf } from "../evidence/arguments";
import type { Report, Rule } from "../rule";
import { isSecretArgument } from "../evidence/secrets";

/** What an argument takes: attributes of kinds, or a text that looks so. */
interface Expected {
  /** A path; `*` stands for blocks of any name. */
  readonly argument: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  /** @default - anything but an ARN */
  readonly pattern?: RegExp;
  /**
   * Where the reference stands: it is all of the text, the beginning of one, or anywhere in it.
   * @default whole
   */
  readonly place?: "whole" | "beginning" | "anywhere";
}

const ANYTHING = /^/;
const ARN = /^arn:[a-z-]+:/;
const ROLE_ARN = /^arn:[a-z-]+:iam::\d{12}:role\//;
const NO_ARN = /^(?!arn:)/;
const POOL_ID = new RegExp(`^${USER_POOL_ID.pattern}$`);

/** Of the issuers that are user pools. */
const POOL_IN_ISSUER = new RegExp(
  `^(?!https://(issuer-)?cognito-idp\\.)|cognito-idp\\.[^/]+/${USER_POOL_ID.pattern}(/|$)`,
);
/** Of the endpoints that are runtimes'. */
const RUNTIME_IN_ENDPOINT =
  /^(?!.*bedrock-agentcore\.[^/]*\/runtimes\/)|\/runtimes\/(arn(:|%3A)|[a-zA-Z]\w*-[a-zA-Z0-9]{10}(\/|$))/i;

const FUNCTION = { aws_lambda_function: ["arn", "qualified_arn"], aws_lambda_alias: ["arn"] };
const KMS_KEY: Expected = {
  argument: "kms_key_arn",
  attributes: { aws_kms_key: ["arn"], aws_kms_replica_key: ["arn"], aws_kms_alias: ["target_key_arn"] },
  pattern: ARN,
};
const CLIENT_ID = { aws_cognito_user_pool_client: ["id"], aws_cognito_managed_user_pool_client: ["id"] };
/** Where values of secrets come from, beside app clients. */
const SECRETS = {
  aws_secretsmanager_secret_version: ["secret_string", "secret_binary"],
  aws_ssm_parameter: ["value", "insecure_value"],
  random_password: ["result"],
};

function role(argument: string): Expected {
  const attributes = { aws_iam_role: ["arn"], aws_iam_service_linked_role: ["arn"] };
  return { argument, attributes, pattern: ROLE_ARN };
}

const pool: Expected = { argument: "user_pool_id", attributes: { aws_cognito_user_pool: ["id"] }, pattern: POOL_ID };
const roleName: Expected = { argument: "role", attributes: { aws_iam_role: ["id", "name"] } };

function discovery(argument: string): Expected {
  const attributes = { aws_cognito_user_pool: ["id", "endpoint"] };
  return { argument, attributes, pattern: POOL_IN_ISSUER, place: "anywhere" };
}

function scopes(argument: string): Expected {
  return { argument, attributes: { aws_cognito_resource_server: ["scope_identifiers"] } };
}

const JWT = "authorizer_configuration.custom_jwt_authorizer";
const authorizer: readonly Expected[] = [
  { argument: `${JWT}.allowed_clients`, attributes: CLIENT_ID },
  discovery(`${JWT}.discovery_url`),
  scopes(`${JWT}.allowed_scopes`),
];
const VENDOR = "oauth2_provider_config.*";

/** By Terraform's name of the kind. */
const EXPECTED: Readonly<Record<string, readonly Expected[]>> = {
  aws_bedrockagentcore_gateway: [
    role("role_arn"),
    KMS_KEY,
    ...authorizer,
    { argument: "interceptor_configuration.interceptor.lambda.arn", attributes: FUNCTION, pattern: ARN },
    {
      argument: "policy_engine_configuration.arn",
      attributes: { aws_bedrockagentcore_policy_engine: ["policy_engine_arn"] },
      pattern: ARN,
    },
  ],
  awscc_bedrockagentcore_gateway_rate_limit: [
    { argument: "gateway_identifier", attributes: { aws_bedrockagentcore_gateway: ["gateway_id", "id"] } },
  ],
  aws_bedrockagentcore_policy: [
    { argument: "policy_engine_id", attributes: { aws_bedrockagentcore_policy_engine: ["policy_engine_id"] } },
  ],
  aws_bedrockagentcore_agent_runtime: [
    role("role_arn"),
    ...authorizer,
    {
      argument: "agent_runtime_artifact.container_configuration.container_uri",
      attributes: { aws_ecr_repository: ["repository_url", "registry_id"] },
      pattern: ANYTHING,
      place: "beginning",
    },
    {
      argument: "network_configuration.network_mode_config.subnets",
      attributes: { aws_subnet: ["id"], aws_default_subnet: ["id"] },
      pattern: /^subnet-/,
    },
    {
      argument: "network_configuration.network_mode_config.security_groups",
      attributes: { aws_security_group: ["id"], aws_default_security_group: ["id"] },
      pattern: /^sg-/,
    },
  ],
  aws_bedrockagentcore_agent_runtime_endpoint: [
    { argument: "agent_runtime_id", attributes: { aws_bedrockagentcore_agent_runtime: ["agent_runtime_id"] } },
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
    scopes("credential_provider_configuration.oauth.scopes"),
    {
      argument: "credential_provider_configuration.api_key.provider_arn",
      attributes: { aws_bedrockagentcore_api_key_credential_provider: ["credential_provider_arn"] },
      pattern: /^arn:[a-z-]+:bedrock-agentcore:.*apikeycredentialprovider/,
    },
    {
      argument: "target_configuration.mcp.mcp_server.endpoint",
      attributes: {
        aws_bedrockagentcore_gateway: ["gateway_url"],
        aws_lambda_function_url: ["function_url", "url_id"],
      },
      pattern: ANYTHING,
    },
    {
      argument: "target_configuration.mcp.mcp_server.endpoint",
      attributes: { aws_bedrockagentcore_agent_runtime: ["agent_runtime_arn", "agent_runtime_id"] },
      pattern: RUNTIME_IN_ENDPOINT,
      place: "anywhere",
    },
    { argument: "target_configuration.mcp.lambda.lambda_arn", attributes: FUNCTION, pattern: /^arn:[a-z-]+:lambda:/ },
    {
      argument: "target_configuration.http.agentcore_runtime.arn",
      attributes: { aws_bedrockagentcore_agent_runtime: ["agent_runtime_arn"] },
      pattern: /^arn:[a-z-]+:bedrock-agentcore:/,
    },
  ],
  aws_bedrockagentcore_oauth2_credential_provider: [
    ...["client_id", "client_id_wo"].map((name) => ({ argument: `${VENDOR}.${name}`, attributes: CLIENT_ID })),
    ...["client_secret", "client_secret_wo"].map((name) => ({
      argument: `${VENDOR}.${name}`,
      attributes: {
        aws_cognito_user_pool_client: ["client_secret"],
        aws_cognito_managed_user_pool_client: ["client_secret"],
        ...SECRETS,
      },
    })),
    discovery(`${VENDOR}.oauth_discovery.discovery_url`),
  ],
  aws_bedrockagentcore_api_key_credential_provider: ["api_key", "api_key_wo"].map((argument) => ({
    argument,
    attributes: { aws_api_gateway_api_key: ["value"], ...SECRETS },
  })),
  aws_cognito_user_pool_client: [pool, scopes("allowed_oauth_scopes")],
  aws_cognito_user_pool_domain: [pool],
  aws_cognito_resource_server: [pool],
  aws_iam_role_policy: [roleName],
  aws_iam_role_policy_attachment: [
    roleName,
    { argument: "policy_arn", attributes: { aws_iam_policy: ["arn", "id"] }, pattern: ARN },
  ],
  aws_lambda_function: [role("role")],
};

const TREES = argumentTrees(EXPECTED, ({ argument }) => argument);

/** Kinds whose attributes are known well enough to say that one of them is out of place. */
const KNOWN_KINDS =
  /^aws_(cognito|bedrockagentcore|iam|lambda|ecr|kms|secretsmanager|ssm|subnet|security_group)(_|$)|^random_password$/;

export const wrongAttribute: Rule = {
  id: "wrong-attribute",
  severity: "error",
  summary: "An argument takes the attribute of the resource that it means: an id, an ARN, a URL, a secret.",
  source: "https://registry.terraform.io/providers/hashicorp/aws/latest/docs",
  *check({ inventory, system }) {
    const named = inventory.instances.filter(({ address }) => !isOfCloudControl(address));
    const types = new Map(named.map(({ address, type }) => [address, type]));
    const told: string[] = [];
    for (const report of misplaced(inventory, system, types)) {
      told.push(report.message);
      yield report;
    }
    if (inventory.isPlanned !== true) yield* unknownAttributes(inventory, types, told);
  },
};

/** What has an attribute that its argument does not take. */
function* misplaced(inventory: Inventory, system: System, types: ReadonlyMap<string, string>): Generator<Report> {
  const clientNames = namesOf(inventory.instances, "aws_cognito_user_pool_client");
  for (const { address, type, arguments: block } of inventory.instances) {
    for (const { entry: expected, block: inner, name } of TREES.get(type)?.in(block) ?? []) {
      for (const text of textsOf(inner, name)) {
        const wrong = wrongIn(text, expected, types) ?? clientNameIn(text, expected, clientNames);
        if (wrong === undefined) continue;
        const takes = wanted(expected, wrong.type);
        yield {
          address,
          message: `${argumentOf(expected.argument)} ${expected.place === undefined ? "is" : "has"} ${wrong.what}, and it takes ${takes}.`,
          fix: `Use ${takes}.`,
        };
      }
    }
  }
  yield* wrongResources(system, types);
}

/** Attributes that there are not, each once, where no argument has told of it. */
function* unknownAttributes(
  { instances, outputs }: Inventory,
  types: ReadonlyMap<string, string>,
  told: readonly string[],
): Generator<Report> {
  const users = [...instances.map(({ address, arguments: block }) => ({ address, value: block.values })), ...outputs];
  const seen = new Set<string>();
  for (const { address, value } of users) {
    for (const reference of referencesIn(value)) {
      const text = referenceText(reference);
      if (seen.has(text)) continue;
      seen.add(text);
      const fault = attributeFault(types.get(reference.address) ?? "", reference);
      if (fault !== undefined && !told.some((message) => message.includes(`${text},`))) yield { address, ...fault };
    }
  }
}

interface Wrong {
  readonly what: string;
  /** The kind of the resource that is named. */
  readonly type?: string;
}

/** What stands in the place of the right attribute; undefined where it is right, or nobody can tell. */
function wrongIn(
  text: Text,
  { argument, attributes, pattern = NO_ARN, place = "whole" }: Expected,
  types: ReadonlyMap<string, string>,
): Wrong | undefined {
  if (typeof text === "string") {
    if (pattern.test(text)) return undefined;
    return { what: isSecretArgument(argumentOf(argument)) ? "an ARN" : `"${text}"` };
  }
  for (const reference of referencesOf(text, place)) {
    const type = types.get(reference.address);
    if (type === undefined || reference.attribute === "" || !KNOWN_KINDS.test(type)) continue;
    const right = Object.hasOwn(attributes, type) ? attributes[type] : undefined;
    // Others may be what a text is made of, too.
    if (right === undefined && place === "anywhere") continue;
    if (right?.includes(reference.attribute.replace(/\[\d+\]$/, "")) !== true) {
      return { what: referenceText(reference), type };
    }
  }
  return undefined;
}

/** Not those that a text is made of in a way that the source does not show. */
function referencesOf({ parts = [] }: Unknown, place: NonNullable<Expected["place"]>): readonly Reference[] {
  const [part, ...others] = parts;
  if (place === "anywhere") return parts.flatMap((each) => (typeof each === "object" ? [each.reference] : []));
  const isThere = typeof part === "object" && (place === "beginning" || others.length === 0);
  return isThere ? [part.reference] : [];
}

/** What a policy names has to be ARNs. */
function* wrongResources({ roles }: System, types: ReadonlyMap<string, string>): Generator<Report> {
  for (const statement of roles.flatMap(({ policies }) => policies.flatMap(({ statements }) => statements ?? []))) {
    for (const text of [...statement.resources, ...statement.notResources]) {
      for (const reference of text instanceof Unknown ? referencesOf(text, "beginning") : []) {
        const type = types.get(reference.address);
        if (type === undefined || !KNOWN_KINDS.test(type) || isArn(type, reference)) continue;
        yield {
          address: statement.address,
          message: `A Resource of the policy is ${referenceText(reference)}, and IAM takes ARNs.`,
          fix: `Use the ARN of ${reference.address}.`,
        };
      }
    }
  }
}

function isArn(type: string, { attribute }: Reference): boolean {
  if (attribute === "") return true;
  // An ARN of API Gateway's, and lists of objects with ARNs.
  if (/^(invoke_arn|(client|api_key)_secret_arn)$/.test(attribute)) return false;
  return (
    /(^|[._])arn(\[\d+\])?$/.test(attribute) ||
    (attribute === "id" && /^aws_(iam_policy|secretsmanager_secret)$/.test(type))
  );
}

function namesOf(instances: readonly Instance[], kind: string): ReadonlySet<string> {
  const names = instances.filter(({ type }) => type === kind).map((instance) => instance.arguments.text("name"));
  return new Set(names.filter((name) => typeof name === "string"));
}

/** A name may look like an id, so that only a client of this name tells. */
function clientNameIn(text: Text, { attributes }: Expected, names: ReadonlySet<string>): Wrong | undefined {
  const isClientId = attributes["aws_cognito_user_pool_client"]?.includes("id") === true;
  return isClientId && typeof text === "string" && names.has(text)
    ? { what: `the name "${text}" of a client` }
    : undefined;
}

/** Of the kind that is named, where it has one that is right. */
function wanted({ attributes }: Expected, type: string | undefined): string {
  const [first = "", names = []] =
    Object.entries(attributes).find(([kind]) => kind === type) ?? Object.entries(attributes)[0] ?? [];
  return `the ${names[0] ?? ""} of an ${first}`;
}
