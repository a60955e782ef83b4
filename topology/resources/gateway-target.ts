import type { OutboundCredential } from "../model";
import type { Arguments } from "../arguments/arguments";
import type { ResourceReader } from "./reader";
import { readLambdaTools } from "./tool-schema";
import { refuseBlocks } from "./unsupported";

function readOAuth(oauth: Arguments): OutboundCredential {
  return {
    type: "OAUTH",
    providerArn: oauth.text("provider_arn"),
    scopes: oauth.texts("scopes"),
    grantType: oauth.optionalText("grant_type"),
    customParameters: oauth.optionalTextMap("custom_parameters"),
  };
}

function readApiKey(apiKey: Arguments): OutboundCredential {
  return {
    type: "API_KEY",
    providerArn: apiKey.text("provider_arn"),
    location: apiKey.optionalText("credential_location"),
    parameterName: apiKey.optionalText("credential_parameter_name"),
    prefix: apiKey.optionalText("credential_prefix"),
  };
}

function readCredential(configuration: Arguments | undefined): OutboundCredential {
  const names = configuration?.names().filter((name) => configuration.blocks(name).length > 0) ?? [];
  const [name] = names;
  if (configuration === undefined || name === undefined) return { type: "NONE" };
  if (names.length > 1) throw configuration.invalid(name, `excludes ${names.slice(1).join(", ")}`);
  const block = configuration.block(name);
  if (name === "oauth") return readOAuth(block);
  if (name === "api_key") return readApiKey(block);
  if (name !== "gateway_iam_role") throw configuration.invalid(name, "is a way of authorization that is not supported");
  return { type: "GATEWAY_IAM_ROLE", service: block.optionalText("service"), region: block.optionalText("region") };
}

function camelCase(name: string): string {
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** The innermost block that says what the target is: `mcp_server` of `mcp`, or a kind beside `mcp`. */
function targetBlock(configuration: Arguments): { name: string; block: Arguments } {
  const outer = configuration.optionalBlock("mcp") ?? configuration;
  const [name = "mcp"] = outer.names().filter((candidate) => outer.blocks(candidate).length > 0);
  return { name, block: outer.block(name) };
}

function readMcpServer(block: Arguments): { endpoint: string } {
  refuseBlocks(block, "mcp_tool_schema");
  if (block.optionalText("listing_mode") === "DYNAMIC")
    throw block.invalid("listing_mode", "is DYNAMIC, which is not supported");
  return { endpoint: block.text("endpoint") };
}

export const gatewayTarget: ResourceReader<"gatewayTarget"> = {
  type: "aws_bedrockagentcore_gateway_target",
  kind: "gatewayTarget",
  read: (args) => {
    refuseBlocks(args, "metadata_configuration");
    const { name, block } = targetBlock(args.block("target_configuration"));
    return {
      gatewayIdentifier: args.text("gateway_identifier"),
      name: args.text("name"),
      description: args.optionalText("description"),
      credential: readCredential(args.optionalBlock("credential_provider_configuration")),
      targetKind: camelCase(name),
      lambda: name === "lambda" ? { lambdaArn: block.text("lambda_arn"), tools: readLambdaTools(block) } : undefined,
      mcpServer: name === "mcp_server" ? readMcpServer(block) : undefined,
    };
  },
  assigned: ["target_id"],
  attributes: (_, { targetId }) => ({ target_id: targetId }),
};
