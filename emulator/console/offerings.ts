import { headersOfArguments } from "../../targets/mcp-headers";
import type { HttpTarget } from "../view/model";
import { targetName, toolName } from "./format";
import { type Access, list, type Message, type Schema, type Tool } from "./mcp";

type Prompt = {
  name: string;
  description?: string;
  arguments?: { name: string; description?: string; required?: boolean }[];
};
type Resource = { name?: string; description?: string; uri: string };
type Template = { name?: string; description?: string; uriTemplate: string };
type Values = Record<string, unknown>;

/** Something of a gateway that can be asked for, with fields for what it is asked with. */
export interface Offering {
  readonly kind: Kind;
  /** As the gateway has it. */
  readonly name: string;
  readonly label: string;
  /** Its target, or what else it is listed below. */
  readonly group: string;
  readonly description: string | undefined;
  /** Of the values. */
  readonly schema: Schema;
  /** A message, or the URL that takes the values as they are. */
  readonly request: ((values: Values) => Message) | string;
}

/** The kinds of offerings, in the words of the page. */
export const KINDS = {
  tool: { label: "Tool", plural: "Tools", action: "Call" },
  prompt: { label: "Prompt", plural: "Prompts", action: "Get" },
  resource: { label: "Resource", plural: "Resources", action: "Read" },
  target: { label: "Target", plural: "Targets", action: "Send" },
};

export type Kind = keyof typeof KINDS;

/** All that a gateway lists. */
export async function listOfferings(access: Access): Promise<Offering[]> {
  const { endpoint } = access;
  if (endpoint.httpTargets) return endpoint.httpTargets.map(ofHttpTarget);
  const read = (name: string, method = `${name}/list`) => list(access, method, name);
  const offerings = ((await read("tools")) as Tool[]).map(ofTool);
  if (endpoint.offers.includes("prompts")) offerings.push(...((await read("prompts")) as Prompt[]).map(ofPrompt));
  if (endpoint.offers.includes("resources")) {
    const templates = await read("resourceTemplates", "resources/templates/list");
    offerings.push(
      ...((await read("resources")) as Resource[]).map(ofResource),
      ...(templates as Template[]).map(ofTemplate),
    );
  }
  return offerings;
}

function ofTool({ name, description, inputSchema: schema }: Tool): Offering {
  const request = (values: unknown) => ({
    method: "tools/call",
    params: { name, arguments: values },
    headers: headersOfArguments(schema, values),
  });
  return { kind: "tool", name, label: toolName(name), group: targetName(name), description, schema, request };
}

/** Agents take any JSON, and most of them a prompt. */
function ofHttpTarget({ name, description, url }: HttpTarget): Offering {
  const schema = { type: "object", properties: { prompt: { type: "string" } } };
  return { kind: "target", name, label: name, group: "", description, schema, request: url };
}

function ofPrompt({ name, description, arguments: all = [] }: Prompt): Offering {
  const schema = textsOf(
    all,
    all.filter(({ required }) => required === true),
  );
  const request = (values: unknown) => ({ method: "prompts/get", params: { name, arguments: values } });
  return { kind: "prompt", name, label: toolName(name), group: targetName(name), description, schema, request };
}

function ofResource({ uri, name, description = name }: Resource): Offering {
  const request = () => ({ method: "resources/read", params: { uri } });
  return { kind: "resource", name: uri, label: uri, group: "Resources", description, schema: {}, request };
}

/** The variables of a URI template (RFC 6570) are fields. One with other than plain variables is written out by hand. */
function ofTemplate({ uriTemplate, name, description = name }: Template): Offering {
  const variables = [...uriTemplate.matchAll(/\{([^}]*)\}/g)].map(([, variable = ""]) => ({ name: variable }));
  const isPlain = variables.every((variable) => /^\w+$/.test(variable.name));
  const fields = isPlain ? variables : [{ name: "uri", description: uriTemplate }];
  const request = (values: Values) => {
    const uri = isPlain
      ? uriTemplate.replace(/\{(\w+)\}/g, (_, variable: string) => encodeURIComponent(String(values[variable] ?? "")))
      : String(values["uri"]);
    return { method: "resources/read", params: { uri } };
  };
  const schema = textsOf(fields, fields);
  return { kind: "resource", name: uriTemplate, label: uriTemplate, group: "Templates", description, schema, request };
}

function textsOf(
  all: readonly { name: string; description?: string }[],
  required: readonly { name: string }[],
): Schema {
  const properties = Object.fromEntries(all.map(({ name, description }) => [name, { type: "string", description }]));
  return { type: "object", properties, required: required.map(({ name }) => name) };
}
