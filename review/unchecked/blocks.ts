import { failureIn, type Inventory, isSymbolicList, isSymbolicObject, type Symbolic, Unknown } from "../../topology";
import { HIDDEN_BLOCK, reasonOfFailure } from "./reasons";
import type { Unchecked } from "./unchecked";

/** Blocks that rules look at, in the kinds that they look at; beside them, those of the vendors of credentials. */
const BLOCKS = new Set([
  ...[
    "authorizer_configuration",
    "custom_jwt_authorizer",
    "custom_claim",
    "credential_provider_configuration",
    "oauth",
  ],
  ...["api_key", "gateway_iam_role", "target_configuration", "mcp", "mcp_server", "lambda", "tool_schema"],
  ...["inline_payload", "protocol_configuration", "network_configuration", "network_mode_config"],
  ...["oauth2_provider_config", "oauth_discovery", "agent_runtime_artifact", "container_configuration", "scope"],
  ...["admin_create_user_config", "inline_policy"],
]);

/** In a resource itself it is a text, of which a target's credential has the name. */
const KEY = "api_key";

function isBlock(name: string): boolean {
  return BLOCKS.has(name) || name.endsWith("_oauth2_provider_config");
}

const KINDS = /^aws_(bedrockagentcore_|cognito_(user_pool|resource_server)|iam_role$)/;

/** Arguments that fail at the plan, or whose expressions are not read here. */
export function failedArguments({ instances }: Inventory): Unchecked[] {
  return instances.flatMap(({ address, type, arguments: { values } }) => {
    const failure = KINDS.test(type) ? failureIn(values) : undefined;
    return failure === undefined
      ? []
      : [{ address, what: "whether it can be planned", reason: reasonOfFailure(failure) }];
  });
}

/** Blocks of which the source does not show how many there are, as `dynamic` ones over what is known only at apply. */
export function hiddenBlocks({ instances }: Inventory): Unchecked[] {
  return instances
    .filter(({ type }) => KINDS.test(type))
    .flatMap(({ address, arguments: { values }, written }) =>
      openBlocks(values, "").map((path) => ({
        address,
        what: `the blocks ${path}`,
        reason: isDynamic(written.values, path.split(".").at(-1) ?? "")
          ? "a dynamic block makes them of what is known only at apply"
          : HIDDEN_BLOCK,
      })),
    );
}

/** Paths such as `authorizer_configuration.custom_jwt_authorizer`. */
function openBlocks(value: Symbolic, path: string): string[] {
  if (isSymbolicList(value)) return value.flatMap((item) => openBlocks(item, path));
  if (!isSymbolicObject(value)) return [];
  const found: string[] = [];
  for (const name of Object.keys(value)) {
    const inner = value[name];
    // Most of them are texts.
    if (typeof inner !== "object" || inner === null || !isBlock(name) || (path === "" && name === KEY)) continue;
    const own = path === "" ? name : `${path}.${name}`;
    if (!(inner instanceof Unknown)) found.push(...openBlocks(inner, own));
    else if (!inner.computed) found.push(own);
  }
  return found;
}

/** Whether a configuration makes blocks of the name by `dynamic`, at whatever depth. */
function isDynamic(written: Symbolic, name: string): boolean {
  if (isSymbolicList(written)) return written.some((item) => isDynamic(item, name));
  if (!isSymbolicObject(written)) return false;
  const { dynamic } = written;
  const isHere = dynamic !== undefined && isSymbolicObject(dynamic) && Object.hasOwn(dynamic, name);
  return isHere || Object.values(written).some((inner) => isDynamic(inner, name));
}
