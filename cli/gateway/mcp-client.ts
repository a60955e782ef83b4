import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport, StreamableHTTPError } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import {
  ListToolsResultSchema,
  McpError,
  type Tool,
  UrlElicitationRequiredError,
} from "@modelcontextprotocol/sdk/types.js";

import { version } from "../../package.json";
import { CommandFailure } from "../errors";
import { causeOf } from "../sign-in/cognito-client";
import { legible } from "../terminal";
import { accessGateway, type AccessParameters } from "./access";

/** Connects an MCP client to the gateway, and closes it after use. @throws UsageError, CommandFailure */
export async function withGateway<T>(
  parameters: AccessParameters,
  use: (client: Client, url: URL) => Promise<T>,
): Promise<T> {
  const { url, options } = await accessGateway(parameters);
  const client = new Client({ name: "cdktf-agentcore", version });
  const transport = new StreamableHTTPClientTransport(url, options);
  try {
    await client.connect(transport);
    return await use(client, url);
  } catch (error) {
    throw explain(error, url, options.fetch !== undefined);
  } finally {
    await client.close();
  }
}

/** Ten times what AWS lets a gateway list: 100 targets of 1,000 tools, 30 a page. */
const MOST_PAGES = 34_000;

/** All pages of `tools/list`. @throws CommandFailure where they do not end */
export async function listTools(client: Client): Promise<Tool[]> {
  const tools: Tool[] = [];
  const cursors = new Set<string>();
  let cursor: string | undefined;
  do {
    // Not listTools, which compiles all schemas, so that one that it cannot read would end the list.
    const page = await client.request({ method: "tools/list", params: { cursor } }, ListToolsResultSchema);
    tools.push(...page.tools);
    cursor = page.nextCursor;
    if (cursor !== undefined && (cursors.has(cursor) || cursors.size >= MOST_PAGES)) {
      throw new CommandFailure(
        `The gateway's list of tools does not end: after ${cursors.size + 1} pages it names a next one again.`,
      );
    }
    if (cursor !== undefined) cursors.add(cursor);
  } while (cursor !== undefined);
  return tools;
}

function explain(error: unknown, url: URL, isSigned: boolean): unknown {
  if (error instanceof StreamableHTTPError) {
    const answer = `The gateway answered with HTTP status ${error.code ?? "unknown"}: ${reasonIn(error.message)}`;
    if (error.code === 404 && !url.pathname.endsWith("/mcp")) {
      const place = `${url.href.replace(/\/$/, "")}/TARGET_NAME/invocations`;
      return new CommandFailure(`The gateway speaks no MCP: its targets are called by HTTP, at ${place}.`);
    }
    if (!isSigned || error.code !== 401) return new CommandFailure(answer);
    return new CommandFailure(
      `${answer}; the call was signed, since the stack has no outputs inbound_user_pool_id and inbound_client_id to sign in with.`,
    );
  }
  if (error instanceof UrlElicitationRequiredError) {
    const pages = error.elicitations.map((asked) => legible(asked.url)).join(" and ");
    return new CommandFailure(`The gateway asks for the user's consent: open ${pages} in a browser, and call again.`);
  }
  if (error instanceof McpError) return new CommandFailure(`The gateway answered: ${error.message}`);
  // Node.js's fetch, where nobody answers.
  if (error instanceof TypeError && error.message === "fetch failed") {
    return new CommandFailure(`The gateway does not answer at ${url.href}: ${causeOf(error)}.`);
  }
  return error;
}

/** The message of a JSON-RPC error in the body that the SDK quotes, or all that it says. */
function reasonIn(message: string): string {
  const body = /\{.*\}/s.exec(message)?.[0] ?? "";
  const quoted = /"message"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(body)?.[1];
  return (quoted ?? message).replace(/\s+/g, " ");
}
