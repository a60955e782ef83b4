import type { Emulator } from "../../emulator";
import { emulate, outputOf } from "./article-stack";
import { bearer, postMcp, signIn, toolsCall } from "./callers";

/**
 * A gateway as the MCP client that the conformance suite judges: emulates the stack of the folder, whose target is at
 * mcp.example.com, with the suite's server at the URL for that host, and calls what a scenario wants.
 */
export async function callAsGateway(folder: string, url: string): Promise<void> {
  const emulator = await emulate(folder, { hosts: { "mcp.example.com": new URL(url).origin } });
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
