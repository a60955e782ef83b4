import { spawn } from "node:child_process";
import { once } from "node:events";

/** A message of MCP as it is said or heard. */
export type Message = Readonly<Record<string, unknown>>;

export const GUIDE = "https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide";

/** What a gateway makes of a message, and who says so. */
export interface Difference {
  readonly what: string;
  readonly source: string;
  /** @returns another list of messages where the difference shows */
  readonly make: (messages: readonly Message[]) => Message[];
}

export const result = (message: Message): Message => (message["result"] ?? {}) as Message;
export const has = (member: string) => (message: Message) => member in result(message);

export function change(which: (message: Message) => boolean, to: (found: Message) => Message): Difference["make"] {
  return (messages) =>
    messages.map((message) => (which(message) ? { ...message, result: to(result(message)) } : message));
}

interface ListedTool extends Message {
  readonly name: string;
}

/** Of what a server can do, what a gateway says of itself. */
export const CARRIED = {
  tools: { listChanged: false },
  prompts: { listChanged: false },
  resources: { subscribe: false, listChanged: false },
};

export const INSTRUCTIONS = "M2M OAuth authenticated MCP Gateway";

export const SORTED_TOOLS: Difference = {
  what: "tools stand in the order of their names without titles, behind the search tool",
  source: `${GUIDE}/gateway-using-mcp-list.html`,
  make: change(has("tools"), ({ tools, ...others }) => ({
    ...others,
    tools: [
      expect.objectContaining({ name: "x_amz_bedrock_agentcore_search" }) as Message,
      ...(tools as ListedTool[])
        .toSorted((one, other) => (one.name < other.name ? -1 : 1))
        .map((tool) => expect.objectContaining(shown(tool)) as Message),
    ],
  })),
};

export const ERRORS_TOLD: Difference = {
  what: "results say whether they are errors",
  source: "Classmethod, January 2026: the article's transcript",
  make: change(
    (message) => Array.isArray(result(message)["content"]),
    (found) => ({ isError: false, ...found }),
  ),
};

/** What a gateway keeps of a tool, whose input schema it shows without titles. */
function shown({ name, description, inputSchema, outputSchema }: Message): Message {
  const { type } = inputSchema as Message;
  const members = { name, description, inputSchema: expect.objectContaining({ type }) as unknown };
  return outputSchema === undefined ? members : { ...members, outputSchema };
}

/** Runs a walk against a server of its own, which says at which port it listens. */
export async function atServer<T>(command: readonly string[], walk: (url: string) => Promise<T>): Promise<T> {
  const server = spawn(process.execPath, command, { env: { ...process.env, PORT: "0" } });
  const [line] = (await once(server.stdout, "data")) as [Buffer];
  try {
    return await walk(`http://127.0.0.1:${line.toString().trim().split(" ").at(-1)}/mcp`);
  } finally {
    server.kill();
  }
}

/** What a gateway is expected to make of what its server says by itself. */
export function made(differences: readonly Difference[], direct: readonly Message[]): readonly Message[] {
  return differences.reduce<readonly Message[]>((messages, { make }) => make(messages), direct);
}
