import { text } from "../resources/facts";
import { isList, isObject, type ObjectValue, type Value } from "../wire/value";
import { isStructure, type ApiStructure } from "./api-value";
import { blockOfSchema, schemaOf } from "./json-schema";
import { memberOf } from "./names";
import { blockOfCredential, credentialOf } from "./outbound-credential";
import type { ServiceName } from "./service-api";
import type { Translation, Translations } from "./shapes";

/** How the provider makes, reads, changes and deletes the resources of a type, by the operations of the API. */
export interface Kind {
  /** As errors name it, after its service. */
  readonly title: string;
  /** Whose operations these are. @default - AgentCore's */
  readonly service?: ServiceName;
  readonly create: string;
  readonly read: string;
  readonly update: string;
  readonly delete: string;
  /** The attributes that name it, with the members of requests that they go into. */
  readonly identity: Readonly<Record<string, string>>;
  /** The attribute with its ARN, where it has tags. */
  readonly arn?: string;
  /** The status that it comes to, where it is created, changed and deleted over time. */
  readonly settlesAs?: string;
  /** What an update takes in another form than a creation. */
  readonly toUpdate?: (request: ApiStructure) => ApiStructure;
  /** The member that answers have it in. */
  readonly answeredIn?: string;
  /** The member without which an answer says that it is not there. */
  readonly present?: string;
  /** Attributes whose members have names of their own. */
  readonly members?: Readonly<Record<string, string>>;
  readonly translations?: Translations;
  /** What the service answers also where it is not configured: attributes and blocks, by dotted path. */
  readonly unlessConfigured?: readonly string[];
}

const CREDENTIAL: Translation = {
  toApi: credentialOf,
  fromApi: (credential, block) => blockOfCredential(isStructure(credential) ? credential : {}, block),
};
const SCHEMA: Translation = {
  toApi: schemaOf,
  fromApi: (schema, block) => blockOfSchema(block, isStructure(schema) ? schema : {}),
};

/** The kinds that the emulator's API offers. */
export const KINDS: Readonly<Record<string, Kind>> = {
  aws_bedrockagentcore_gateway: {
    title: "Gateway",
    ...operations("Gateway"),
    identity: { gateway_id: "gatewayIdentifier" },
    arn: "gateway_arn",
    settlesAs: "READY",
    unlessConfigured: ["protocol_configuration", "protocol_configuration.mcp.supported_versions"],
  },
  aws_bedrockagentcore_gateway_target: {
    title: "Gateway Target",
    ...operations("GatewayTarget"),
    identity: { gateway_identifier: "gatewayIdentifier", target_id: "targetId" },
    settlesAs: "READY",
    translations: {
      credential_provider_configuration: CREDENTIAL,
      input_schema: SCHEMA,
      output_schema: SCHEMA,
    },
    unlessConfigured: ["target_configuration.mcp.mcp_server.listing_mode"],
  },
  aws_bedrockagentcore_agent_runtime: {
    title: "Agent Runtime",
    ...operations("AgentRuntime"),
    identity: { agent_runtime_id: "agentRuntimeId" },
    arn: "agent_runtime_arn",
    settlesAs: "READY",
    unlessConfigured: ["protocol_configuration"],
  },
  aws_bedrockagentcore_agent_runtime_endpoint: {
    title: "Agent Runtime Endpoint",
    ...operations("AgentRuntimeEndpoint"),
    identity: { agent_runtime_id: "agentRuntimeId", name: "endpointName" },
    arn: "agent_runtime_endpoint_arn",
    settlesAs: "READY",
    members: { agent_runtime_version: "liveVersion" },
  },
  aws_bedrockagentcore_oauth2_credential_provider: {
    title: "OAuth2 Credential Provider",
    ...operations("Oauth2CredentialProvider"),
    identity: { name: "name" },
    arn: "credential_provider_arn",
    members: { oauth2_provider_config: "oauth2ProviderConfigOutput" },
  },
  aws_bedrockagentcore_api_key_credential_provider: {
    title: "API Key Credential Provider",
    ...operations("ApiKeyCredentialProvider"),
    identity: { name: "name" },
    arn: "credential_provider_arn",
  },
  aws_bedrockagentcore_workload_identity: {
    title: "Workload Identity",
    ...operations("WorkloadIdentity"),
    identity: { name: "name" },
    arn: "workload_identity_arn",
  },
  aws_bedrockagentcore_policy_engine: {
    title: "Policy Engine",
    ...operations("PolicyEngine"),
    identity: { policy_engine_id: "policyEngineId" },
    arn: "policy_engine_arn",
    settlesAs: "ACTIVE",
    toUpdate: withOptionalDescription,
  },
  aws_bedrockagentcore_policy: {
    title: "Policy",
    ...operations("Policy"),
    identity: { policy_engine_id: "policyEngineId", policy_id: "policyId" },
    settlesAs: "ACTIVE",
    toUpdate: withOptionalDescription,
  },
  aws_bedrockagentcore_resource_policy: {
    title: "Resource Policy",
    ...operations("ResourcePolicy"),
    create: "putResourcePolicy",
    update: "putResourcePolicy",
    identity: { resource_arn: "resourceArn" },
    present: "policy",
  },
  // The AWS provider before 6.0 knows none in X-Ray.
  aws_cloudwatch_log_delivery_destination: {
    title: "Delivery Destination",
    service: "logs",
    ...operations("DeliveryDestination"),
    create: "putDeliveryDestination",
    update: "putDeliveryDestination",
    answeredIn: "deliveryDestination",
    identity: { name: "name" },
    arn: "arn",
  },
};

/** A description that is left out is to go, not to stay. */
function withOptionalDescription({ description, ...request }: ApiStructure): ApiStructure {
  return { ...request, description: { optionalValue: description } };
}

function operations(name: string): Pick<Kind, "create" | "read" | "update" | "delete"> {
  return { create: `create${name}`, read: `get${name}`, update: `update${name}`, delete: `delete${name}` };
}

/** A request's names of a resource that is there. */
export function identityOf(kind: Kind, state: ObjectValue): ApiStructure {
  return Object.fromEntries(Object.entries(kind.identity).map(([name, member]) => [member, text(state, name)]));
}

/** An answer with the members under the names that the attributes ask for. */
export function renamed({ members = {}, answeredIn }: Kind, whole: ApiStructure): ApiStructure {
  const answer = answeredIn === undefined ? whole : (whole[answeredIn] as ApiStructure);
  const named = Object.entries(members).map(([attribute, member]) => [memberOf(attribute), answer[member]] as const);
  return { ...answer, ...Object.fromEntries(named) };
}

/** What is read, but for defaults of the service where nothing was configured. */
export function withoutDefaults(read: ObjectValue, known: ObjectValue, paths: readonly string[]): ObjectValue {
  return paths.reduce((value, path) => withoutDefault(value, known, path.split(".")), read);
}

function withoutDefault(read: ObjectValue, known: ObjectValue, [name = "", ...rest]: readonly string[]): ObjectValue {
  const before = known[name] ?? null;
  const isUnset = before === null || (isList(before) && before.length === 0);
  if (rest.length === 0 || isUnset) return isUnset && name in read ? { ...read, [name]: before } : read;
  const after = read[name] ?? null;
  if (!isList(after) || !isList(before)) return read;
  const elements = after.map((element, index): Value => {
    const earlier = before[index];
    return isObject(element) && isObject(earlier) ? withoutDefault(element, earlier, rest) : element;
  });
  return { ...read, [name]: elements };
}
