// cli/commands/: a file or a folder for each command, by its name.
import type { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { CallToolResultSchema } from "@modelcontextprotocol/sdk/types.js";

import { jsonText } from "../../review";
import { isObject, parseJson } from "../../targets/json";
import { CommandFailure, UsageError } from "../errors";
import { ACCESS_OPTIONS } from "../gateway/access";
import { listTools, withGateway } from "../gateway/mcp-client";
import { isWhole, toolsNamed } from "../gateway/tool-names";
import { parseParameters } from "../parameters";
import { legible } from "../terminal";

/** Calls one tool and prints what it says. */
export async function call(parameters: string[]): Promise<void> {
  const { values, positionals } = parseParameters(parameters, { ...ACCESS_OPTIONS, json: { type: "boolean" } });
  const [name, text = "{}", ...superfluous] = positionals;
  if (name === undefined || superfluous.length > 0) {
    throw new UsageError(
      `call takes a tool and its arguments as one JSON object, for example: call add_numbers '{"a": 5, "b": 3}'.`,
    );
  }
  const toolArguments = parseArguments(text);
  const result = await withGateway(values, async (client) => {
    const params = { name: await findTool(client, name), arguments: toolArguments };
    // Not callTool, which judges the answer by the tool's schema: here it is shown.
    return client.request({ method: "tools/call", params }, CallToolResultSchema);
  });
  const said = result.content
    .map((content) => (content.type === "text" ? content.text : JSON.stringify(content)))
    .join("\n");
  if (values.json || !result.isError) process.stdout.write(values.json ? jsonText(result) : `${legible(said)}\n`);
  if (result.isError) throw new CommandFailure(`The tool ${name} failed: ${said.replace(/\s+/g, " ")}`);
}

function parseArguments(text: string): Record<string, unknown> {
  const parsed = parseJson(text);
  if (isObject(parsed)) return parsed;
  const fault = parsed === undefined ? "are not JSON: give one object" : "are no JSON object: give one";
  throw new UsageError(`The arguments '${text}' ${fault}, for example '{"name": "Alice"}'.`);
}

/** A tool's own name will do where one target has it. */
async function findTool(client: Client, name: string): Promise<string> {
  if (isWhole(name)) return name;
  const listed = (await listTools(client)).map((tool) => tool.name);
  const found = toolsNamed(name, listed);
  if (found.length > 1) throw new UsageError(`Several targets have a tool ${name}: name one of ${found.join(", ")}.`);
  return found[0];
}
