import { bundledServer } from "./published-server";
import { Emulator } from "../../emulator";
import { outputOf } from "./article-stack";
import { bearer, postMcp, signIn, toolsCall } from "./callers";
import { readTopology } from "../topology/reading";

/**
 * A gateway as the MCP client that the conformance suite judges: `conformance-client.ts FOLDER URL` emulates the stack of
 * the folder, whose target is at mcp.example.com, with the suite's server for that host, and calls what a scenario wants.
 */
async function main(folder = "", url = ""): Promise<void> {
  const hosts = { "mcp.example.com": new URL(url).origin };
  const emulator = await Emulator.start({
    topology: readTopology(folder),
    serverCommand: bundledServer(),
    port: 0,
    hosts,
  });
  const headers = bearer(await signIn(emulator));
  for (const { serverName, description } of emulator.account.gateways.all()[0]?.targets[0]?.tools ?? []) {
    const toolArguments = argumentsFor(serverName, emulator);
    if (toolArguments) {
      await postMcp(outputOf(emulator, "gateway_url"), toolsCall(description.name, toolArguments), headers);
    }
  }
  await emulator.stop();
}

function argumentsFor(serverName: string, emulator: Emulator): object | undefined {
  switch (serverName) {
    case "add_numbers":
      return { a: 5, b: 3 };
    case "json_schema_echo": {
      const tools = emulator.account.gateways.all()[0]?.targets[0]?.tools;
      return { schema: tools?.find((tool) => tool.serverName === "json_schema_2020_12_tool")?.description.inputSchema };
    }
    default:
      return undefined;
  }
}

void main(...process.argv.slice(2));
