import type { Tool } from "@modelcontextprotocol/sdk/types.js";

import { isLoopback } from "../../emulator/address";
import { jsonText } from "../../review";
import { fetchLeftOut } from "../emulator/running";
import { ACCESS_OPTIONS } from "../gateway/access";
import { listTools, withGateway } from "../gateway/mcp-client";
import { parseOptionsOf } from "../parameters";
import { legible, paint, wrap } from "../terminal";

/** Lists the gateway's tools with their arguments. */
export async function tools(parameters: string[]): Promise<void> {
  const values = parseOptionsOf("tools", parameters, { ...ACCESS_OPTIONS, json: { type: "boolean" } });
  const { listed, leftOut } = await withGateway(values, async (client, url) => ({
    listed: await listTools(client),
    leftOut: isLoopback(url) ? await fetchLeftOut(url) : [],
  }));
  for (const { target, reason } of leftOut) {
    process.stderr.write(`The target ${legible(target)} is left out: ${legible(reason)}\n`);
  }
  process.stdout.write(values.json ? jsonText(listed) : listed.map(describeTool).join("\n"));
}

function describeTool({ name, description, inputSchema }: Tool): string {
  const required = new Set(inputSchema.required);
  const toolArguments = Object.entries(inputSchema.properties ?? {}).map(([argument, schema]) => {
    return `${argument}${required.has(argument) ? "" : "?"}: ${describeType(schema)}`;
  });
  const lines = [paint.bold(name)];
  if (description !== undefined) lines.push(`  ${wrap(description.replace(/\s+/g, " "), 2)}`);
  lines.push(`  ${paint.dim(wrap(toolArguments.join(", ") || "no arguments", 2))}`);
  return `${lines.join("\n")}\n`;
}

function describeType(schema: unknown): string {
  const { type, enum: values, items } = schema as { type?: unknown; enum?: unknown; items?: unknown };
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(" | ");
  if (type === "array" && items !== undefined) return `array of ${describeType(items)}`;
  if (Array.isArray(type)) return type.join(" | ");
  return typeof type === "string" ? type : "any";
}
