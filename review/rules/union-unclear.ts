import { type Block, type Symbolic, Unknown } from "../../topology";
import { argumentTrees } from "../evidence/argument-tree";
import { eachOf, type Fault, instances, type Rule } from "../rule";

/** A block of which the service takes one member. */
interface Union {
  readonly path: string;
  readonly members: readonly string[];
}

const DOCUMENT = ["inline_payload", "s3"];

/** By type; the service models call these unions. */
const UNIONS: Readonly<Record<string, readonly Union[]>> = {
  aws_bedrockagentcore_agent_runtime: [
    { path: "agent_runtime_artifact", members: ["code_configuration", "container_configuration"] },
  ],
  aws_bedrockagentcore_gateway_target: [
    { path: "target_configuration", members: ["http", "inference", "mcp"] },
    {
      path: "target_configuration.mcp",
      members: ["api_gateway", "connector", "lambda", "mcp_server", "open_api_schema", "smithy_model"],
    },
    ...["lambda.tool_schema", "mcp_server.mcp_tool_schema", "open_api_schema", "smithy_model"].map((document) => ({
      path: `target_configuration.mcp.${document}`,
      members: DOCUMENT,
    })),
  ],
  aws_bedrockagentcore_oauth2_credential_provider: [
    {
      path: "oauth2_provider_config.custom_oauth2_provider_config.oauth_discovery",
      members: ["authorization_server_metadata", "discovery_url"],
    },
  ],
};

const TREES = argumentTrees(UNIONS, ({ path }) => path);

export const unionUnclear: Rule = {
  id: "union-unclear",
  severity: "error",
  summary: "Where the service takes one of several blocks, one is there.",
  source: "botocore bedrock-agentcore-control 2023-06-05, the unions of its shapes",
  check: eachOf(instances, function* ({ type, arguments: block }) {
    for (const { entry, block: outer, name } of TREES.get(type)?.in(block) ?? []) {
      for (const union of outer.blocks(name)) yield* faultsIn(union, entry);
    }
  }),
};

function* faultsIn(union: Block, { path, members }: Union): Generator<Fault> {
  if (members.some((member) => isUntold(union.value(member)))) return;
  const given = members.filter((member) => isGiven(union, member));
  if (given.length === 1) return;
  yield {
    message: `${path} has ${given.length === 0 ? "none" : given.join(" and ")} where the service takes one of ${members.join(", ")}.`,
    fix: given.length === 0 ? "Add the one that is meant." : "Leave one, and make a resource for each other.",
  };
}

/** Blocks that a `dynamic` block makes of what is not known, unlike a text. */
function isUntold(value: Symbolic | undefined): boolean {
  return value instanceof Unknown && value.parts === undefined;
}

/** A list without elements is no block. */
function isGiven(union: Block, member: string): boolean {
  const value = union.value(member);
  return value !== undefined && (!Array.isArray(value) || value.length > 0);
}
