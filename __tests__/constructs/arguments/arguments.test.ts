import { OWN } from "../../../constructs/private/framework";
import type { Block, ValueType } from "../../../provider/schema/model";
import { providerSchema } from "../../../provider/schema/provider-schema";
import { Synthesized } from "../support/synthesized";
import { defineEverything } from "./everything";

/** Resources that are about something else than a gateway and its targets. */
const ELSEWHERE = /^aws_bedrockagentcore_(browser|code_interpreter|memory)/;

/** Why no construct sets an argument. */
const LEFT_OUT: readonly (readonly [reason: string, path: RegExp])[] = [
  ["The AWS provider of the stack has the region, and ARNs and URLs are made of that one.", /^\w+\.region$/],
  ["How long terraform waits is the program's: addOverride.", /\.timeouts\./],
  ["Its write-only twin keeps the value out of the state.", /_provider\.(.*\.client_(id|secret)|api_key)$/],
  ["A tenant's id is no secret.", /\.tenant_id_wo(_version)?$/],
  [
    "Secrets are variables of the program; one that Secrets Manager keeps is passed by reference.",
    /_secret_(source|config)\b/,
  ],
  ["clientAuthenticationMethod has taken its place.", /\.token_endpoint_auth_methods$/],
  ["Signing keys for client assertions: their claims and algorithms are untyped so far.", /\.private_key_jwt_config\./],
  ["One for all of an account's stacks in a region.", /^\w+_token_vault_cmk\./],
  ["MCP servers keep what they know elsewhere: nobody has asked for file systems.", /\.filesystem_configuration\./],
  ["Gateways in front of gateways are no target here.", /_gateway\.authorizer_.*\.allowed_workload_configuration\./],
  ["The schema is of agents that are not MCP servers.", /\.http\.agentcore_runtime\.schema\./],
  ["These kinds of target are neither emulated nor reviewed.", /\.(http\.passthrough|inference|mcp\.connector)\./],
  ["The input of a tool is an object.", /\.input_schema\.items\./],
];

/** Paths of the arguments that a program can set. */
function* settable({ attributes, blocks }: Block, path: string): Generator<string> {
  for (const { name, type, required, optional } of attributes) {
    if (required || optional) yield* ofType(type, `${path}.${name}`);
  }
  for (const { name, block } of blocks) yield* settable(block, `${path}.${name}`);
}

function* ofType(type: ValueType, path: string): Generator<string> {
  if (typeof type === "string") yield path;
  else if (type[0] !== "object") yield* ofType(type[1], path);
  else for (const [name, inner] of Object.entries(type[1])) yield* ofType(inner, `${path}.${name}`);
}

/** Paths of what is set, as long as the schema has them; what is inside of maps is not a path. */
function* set(value: unknown, path: string, known: ReadonlySet<string>): Generator<string> {
  if (known.has(path) || typeof value !== "object" || value === null) yield path;
  else if (Array.isArray(value)) for (const each of value) yield* set(each, path, known);
  else for (const [name, inner] of Object.entries(value)) yield* set(inner, `${path}.${name}`, known);
}

test("every argument of AgentCore that the bindings know is set by a construct, or left out for a reason", () => {
  const resources = [...providerSchema().resources].filter(
    ([type]) => type.startsWith("aws_bedrockagentcore_") && !ELSEWHERE.test(type),
  );
  const isArgument = new Set(resources.flatMap(([type, block]) => [...settable(block, type)]));
  const left = new Set(isArgument);
  const { json } = Synthesized.from(defineEverything);
  const found = new Set(
    resources.flatMap(([type]) =>
      Object.values(json.resource[type] ?? {}).flatMap((each) => [...set(each, type, isArgument)]),
    ),
  );
  found.forEach((path) => left.delete(path));
  const reasonOf = (path: string) => LEFT_OUT.find(([, pattern]) => pattern.test(path))?.[0];
  expect([...left].filter((path) => reasonOf(path) === undefined)).toEqual([]);
  if (OWN === "cdktf") return;
  // Newer bindings know all that is set, and a reason for nothing is none.
  expect([...found].filter((path) => !isArgument.has(path) && !path.endsWith(".depends_on"))).toEqual([]);
  expect(new Set([...left].map(reasonOf))).toEqual(new Set(LEFT_OUT.map(([reason]) => reason)));
});
