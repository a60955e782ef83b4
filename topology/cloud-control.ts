import { CREDENTIAL_KINDS, memberName } from "../targets";
import { Block } from "./arguments/block";
import {
  entriesOf,
  isSymbolicList,
  isSymbolicObject,
  type Reference,
  type Symbolic,
  type SymbolicObject,
  Unknown,
} from "./language/unknown";
import { localAddress } from "./language/text";
import type { Instance, Inventory } from "./modules/inventory";

/**
 * Resources of the provider awscc, as aws has them. Its attributes are the properties of CloudFormation in snake case:
 * AWS::BedrockAgentCore::Runtime, RuntimeEndpoint, Gateway, GatewayTarget, WorkloadIdentity, OAuth2CredentialProvider and
 * ApiKeyCredentialProvider (docs/resources of hashicorp/terraform-provider-awscc).
 */
const KINDS: Readonly<
  Record<string, { readonly type: string; readonly read: (own: SymbolicObject) => SymbolicObject }>
> = {
  awscc_bedrockagentcore_runtime: { type: "aws_bedrockagentcore_agent_runtime", read: runtime },
  awscc_bedrockagentcore_runtime_endpoint: { type: "aws_bedrockagentcore_agent_runtime_endpoint", read: unchanged },
  awscc_bedrockagentcore_gateway: { type: "aws_bedrockagentcore_gateway", read: gateway },
  awscc_bedrockagentcore_gateway_target: { type: "aws_bedrockagentcore_gateway_target", read: target },
  awscc_bedrockagentcore_workload_identity: { type: "aws_bedrockagentcore_workload_identity", read: unchanged },
  awscc_bedrockagentcore_o_auth_2_credential_provider: {
    type: "aws_bedrockagentcore_oauth2_credential_provider",
    read: unchanged,
  },
  awscc_bedrockagentcore_api_key_credential_provider: {
    type: "aws_bedrockagentcore_api_key_credential_provider",
    read: unchanged,
  },
};

/** Names of arguments that aws has in another form. */
const NAMES = new Map([
  ["interceptor_configurations", "interceptor_configuration"],
  ["custom_claims", "custom_claim"],
  ["oauth_2_provider_config_input", "oauth2_provider_config"],
]);

/** Arguments whose members somebody names as he likes. */
const MAPS = new Set(["environment_variables", "tags", "custom_parameters", "properties"]);

/** Blocks with a document whose text aws has in a block of its own. */
const DOCUMENTS = new Set(["open_api_schema", "smithy_model", "mcp_tool_schema"]);

function withNamesOfAws(value: Symbolic): Symbolic {
  if (isSymbolicList(value)) return value.map(withNamesOfAws);
  return isSymbolicObject(value) ? argumentsOfAws(value) : value;
}

function argumentsOfAws(own: SymbolicObject): SymbolicObject {
  const entries = Object.entries(own).map(([name, value]): [string, Symbolic] => [
    NAMES.get(name) ?? name.replace("oauth_2_", "oauth2_"),
    MAPS.has(name) ? value : withNamesOfAws(DOCUMENTS.has(name) ? withTextInBlock(value) : value),
  ]);
  return withPropertyBlocks(Object.fromEntries(entries));
}

function withTextInBlock(value: Symbolic): Symbolic {
  if (!isSymbolicObject(value)) return value;
  const { inline_payload: text = null } = value;
  return text === null ? value : { ...value, inline_payload: { payload: text } };
}

/** The schema of a tool as JSON Schema has it, in the nested blocks of aws. */
function withPropertyBlocks({ properties, required, ...schema }: SymbolicObject): SymbolicObject {
  if (properties === undefined || !isSymbolicObject(properties)) {
    return { ...schema, ...(properties && { properties }), ...(required && { required }) };
  }
  const names = required !== undefined && isSymbolicList(required) ? required : [];
  const property = entriesOf(properties).flatMap(([name, inner]) =>
    isSymbolicObject(inner) ? [{ ...argumentsOfAws(inner), name, required: names.includes(name) }] : [],
  );
  return { ...schema, property };
}

/** The inventory with resources of both providers alike. */
export function inOneProvider(inventory: Inventory): Inventory {
  const instances = inventory.instances.map(inAws);
  return instances.every((instance, index) => instance === inventory.instances[index])
    ? inventory
    : { ...inventory, instances };
}

function inAws(instance: Instance): Instance {
  const kind = Object.hasOwn(KINDS, instance.type) ? KINDS[instance.type] : undefined;
  const { values } = instance.arguments;
  return kind === undefined
    ? instance
    : { ...instance, type: kind.type, arguments: new Block(kind.read(argumentsOfAws(values))) };
}

/** Whether an address is that of a resource of awscc, whose attributes have other names. */
export function isOfCloudControl(address: string): boolean {
  return /^(data\.)?awscc_/.test(localAddress(address));
}

/** What an attribute of a resource of awscc is called by aws, where an object is a list of one. */
export function referenceInAws(reference: Reference): Reference {
  const { address, attribute } = reference;
  if (!isOfCloudControl(address)) return reference;
  const isGateway = /^(data\.)?awscc_bedrockagentcore_gateway\./.test(localAddress(address));
  const named = isGateway ? attribute.replace(/^gateway_identifier$/, "gateway_id") : attribute;
  return { address, attribute: named.replace(/^(\w+(?:_secret_arn|_details))\./, "$1[0].") };
}

function unchanged(own: SymbolicObject): SymbolicObject {
  return own;
}

function runtime(own: SymbolicObject): SymbolicObject {
  const { protocol_configuration: protocol } = own;
  const isOpen = protocol instanceof Unknown && protocol.computed;
  return protocol === undefined || protocol === null || isOpen
    ? own
    : { ...own, protocol_configuration: { server_protocol: protocol } };
}

function gateway(own: SymbolicObject): SymbolicObject {
  const { gateway_identifier: id } = own;
  return id === undefined ? own : { ...own, gateway_id: id };
}

function target(own: SymbolicObject): SymbolicObject {
  const { credential_provider_configurations: configurations, ...others } = own;
  if (configurations === undefined || configurations === null) return own;
  if (configurations instanceof Unknown) {
    return configurations.computed ? own : { ...others, credential_provider_configuration: configurations };
  }
  const list = (isSymbolicList(configurations) ? configurations : [configurations]).filter(isSymbolicObject);
  // Which credential it is shows its type alone.
  const isOpen = list.some(({ credential_provider_type: type }) => type instanceof Unknown);
  return { ...others, credential_provider_configuration: isOpen ? Unknown.madeOf(list) : list.map(credential) };
}

/** `{credential_provider_type, credential_provider}` as the block of its type, also of one that is not known. */
function credential({ credential_provider_type: type, credential_provider: provider }: SymbolicObject): SymbolicObject {
  if (typeof type !== "string") return {};
  const { block = type.toLowerCase(), member = "" } = CREDENTIAL_KINDS[type] ?? {};
  const settings = provider !== undefined && isSymbolicObject(provider) ? entriesOf(provider) : [];
  const [, own = {}] = settings.find(([name]) => memberName(name) === member) ?? [];
  return { [block]: own };
}
