import { headersOfArguments } from "../mcp-headers";
import { targetName, toolName } from "./format.js";
import { list } from "./mcp.js";

/** @typedef {import("../view/model").McpEndpoint} McpEndpoint */
/** @typedef {import("./mcp.js").Schema} Schema */
/** @typedef {import("./mcp.js").Tool} Tool */
/** @typedef {{ name: string, description?: string, arguments?: { name: string, description?: string, required?: boolean }[] }} Prompt */
/** @typedef {{ name?: string, description?: string, uri: string }} Resource */
/** @typedef {{ name?: string, description?: string, uriTemplate: string }} Template */
/** @typedef {Record<string, unknown>} Values */

/**
 * Something of a gateway that can be asked for, with fields for what it is asked with.
 * @typedef {object} Offering
 * @property {Kind} kind
 * @property {string} name as the gateway has it
 * @property {string} label
 * @property {string} group its target, or what else it is listed below
 * @property {string | undefined} description
 * @property {Schema} schema of the values
 * @property {(values: any) => import("./mcp.js").Message} request
 */

/** The kinds of offerings, in the words of the page. */
export const KINDS = {
  tool: { label: "Tool", plural: "Tools", action: "Call" },
  prompt: { label: "Prompt", plural: "Prompts", action: "Get" },
  resource: { label: "Resource", plural: "Resources", action: "Read" },
};

/** @typedef {keyof typeof KINDS} Kind */

/**
 * All that a gateway lists.
 * @param {McpEndpoint} endpoint
 * @param {string | undefined} token
 * @returns {Promise<Offering[]>}
 */
export async function listOfferings(endpoint, token) {
  const read = (/** @type {string} */ name, method = `${name}/list`) => list(endpoint, token, method, name);
  const offerings = /** @type {Tool[]} */ (await read("tools")).map(ofTool);
  if (endpoint.offers.includes("prompts")) {
    offerings.push(.../** @type {Prompt[]} */ (await read("prompts")).map(ofPrompt));
  }
  if (endpoint.offers.includes("resources")) {
    const templates = await read("resourceTemplates", "resources/templates/list");
    offerings.push(
      .../** @type {Resource[]} */ (await read("resources")).map(ofResource),
      .../** @type {Template[]} */ (templates).map(ofTemplate),
    );
  }
  return offerings;
}

/**
 * @param {Tool} tool
 * @returns {Offering}
 */
function ofTool({ name, description, inputSchema: schema }) {
  const request = (/** @type {unknown} */ values) => ({
    method: "tools/call",
    params: { name, arguments: values },
    headers: headersOfArguments(schema, values),
  });
  return { kind: "tool", name, label: toolName(name), group: targetName(name), description, schema, request };
}

/**
 * @param {Prompt} prompt
 * @returns {Offering}
 */
function ofPrompt({ name, description, arguments: all = [] }) {
  const schema = textsOf(
    all,
    all.filter(({ required }) => required === true),
  );
  const request = (/** @type {unknown} */ values) => ({ method: "prompts/get", params: { name, arguments: values } });
  return { kind: "prompt", name, label: toolName(name), group: targetName(name), description, schema, request };
}

/**
 * @param {Resource} resource
 * @returns {Offering}
 */
function ofResource({ uri, name, description = name }) {
  const request = () => ({ method: "resources/read", params: { uri } });
  return { kind: "resource", name: uri, label: uri, group: "Resources", description, schema: {}, request };
}

/**
 * The variables of a URI template (RFC 6570) are fields. One with other than plain variables is written out by hand.
 * @param {Template} template
 * @returns {Offering}
 */
function ofTemplate({ uriTemplate, name, description = name }) {
  const variables = [...uriTemplate.matchAll(/\{([^}]*)\}/g)].map(([, variable = ""]) => ({ name: variable }));
  const isPlain = variables.every((variable) => /^\w+$/.test(variable.name));
  const fields = isPlain ? variables : [{ name: "uri", description: uriTemplate }];
  const request = (/** @type {Values} */ values) => {
    const uri = isPlain
      ? uriTemplate.replace(/\{(\w+)\}/g, (_, variable) => encodeURIComponent(String(values[variable] ?? "")))
      : String(values["uri"]);
    return { method: "resources/read", params: { uri } };
  };
  const schema = textsOf(fields, fields);
  return { kind: "resource", name: uriTemplate, label: uriTemplate, group: "Templates", description, schema, request };
}

/**
 * @param {readonly { name: string, description?: string }[]} all
 * @param {readonly { name: string }[]} required
 * @returns {Schema}
 */
function textsOf(all, required) {
  const properties = Object.fromEntries(all.map(({ name, description }) => [name, { type: "string", description }]));
  return { type: "object", properties, required: required.map(({ name }) => name) };
}
