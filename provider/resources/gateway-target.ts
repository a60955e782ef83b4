import { generatedId } from "./account";
import {
  all,
  hasAtMostOneOf,
  hasExactlyOneOf,
  hasLength,
  hasSize,
  isArn,
  isBetween,
  isOneOf,
  matches,
  type Rule,
} from "../validation/rules";
import { type ResourceFacts, text } from "./facts";

const credentials = "credential_provider_configuration";
const mcp = "target_configuration.mcp";
const tool = `${mcp}.lambda.tool_schema.inline_payload`;
const kinds = ["api_gateway", "connector", "lambda", "mcp_server", "open_api_schema", "smithy_model"];
const schemaTypes = ["string", "number", "object", "array", "boolean", "integer"];

/** The JSON schema of a tool, which nests three levels deep and then goes on in JSON strings. */
function jsonSchemaRules(schema: string, depth = 0): Rule {
  const type = isOneOf(`${schema}.type`, schemaTypes);
  if (depth === 2) return all([type, hasAtMostOneOf(schema, ["items_json", "properties_json"])]);
  const nested = ["items", "property"].map((child) => jsonSchemaRules(`${schema}.${child}`, depth + 1));
  return all([type, hasSize(`${schema}.items`, 0, 1), hasAtMostOneOf(schema, ["items", "property"]), ...nested]);
}

/** `aws_bedrockagentcore_gateway_target`: gateway_target.go of the provider, and the service's model for `create`. */
export const gatewayTarget: ResourceFacts = {
  validate: [
    matches("name", /^([0-9a-zA-Z]-?){1,100}$/),
    hasLength("description", 1, 200),
    hasSize(credentials, 0, 1),
    hasAtMostOneOf(credentials, ["api_key", "caller_iam_credentials", "gateway_iam_role", "jwt_passthrough", "oauth"]),
    isArn(`${credentials}.api_key.provider_arn`),
    isOneOf(`${credentials}.api_key.credential_location`, ["HEADER", "QUERY_PARAMETER"]),
    hasSize("target_configuration", 1, 1),
    hasSize(mcp, 0, 1),
    hasExactlyOneOf("target_configuration", ["http", "inference", "mcp"]),
    hasExactlyOneOf(mcp, kinds),
    isOneOf(`${credentials}.oauth.grant_type`, ["CLIENT_CREDENTIALS", "AUTHORIZATION_CODE", "TOKEN_EXCHANGE"]),
    isOneOf(`${mcp}.mcp_server.listing_mode`, ["DEFAULT", "DYNAMIC"]),
    isBetween(`${mcp}.mcp_server.resource_priority`, 0, 1000),
    hasExactlyOneOf(`${mcp}.mcp_server.mcp_tool_schema`, ["inline_payload", "s3"]),
    matches(`${mcp}.mcp_server.endpoint`, /https:\/\/.*/, "must start with https://"),
    hasSize(`${mcp}.lambda.tool_schema`, 1, 1),
    hasExactlyOneOf(`${mcp}.lambda.tool_schema`, ["inline_payload", "s3"]),
    hasSize(`${tool}.input_schema`, 1, 1),
    hasSize(`${tool}.output_schema`, 0, 1),
    jsonSchemaRules(`${tool}.input_schema`),
    jsonSchemaRules(`${tool}.output_schema`),
    hasExactlyOneOf(`${mcp}.open_api_schema`, ["inline_payload", "s3"]),
    hasExactlyOneOf(`${mcp}.smithy_model`, ["inline_payload", "s3"]),
  ],
  create: [
    matches("gateway_identifier", /^([0-9a-z]-?){1,100}-[0-9a-z]{10}$/),
    hasLength(`${credentials}.oauth.scopes`, 1, 64),
    hasSize(`${credentials}.oauth.scopes`, 0, 100),
  ],
  replacedBy: ["name", "gateway_identifier", ...kinds.map((kind) => `${mcp}.${kind}`)],
  assigned: (resource) => ({
    target_id: generatedId(
      `target ${text(resource, "gateway_identifier")} ${text(resource, "name")}`,
      10,
    ).toUpperCase(),
  }),
};
