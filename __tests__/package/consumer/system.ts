import type { TerraformStack } from "cdktf";
import { emulate, type EmulateOptions } from "cdktf-agentcore/testing";

export async function addNumbers(stack: TerraformStack, options: EmulateOptions): Promise<unknown> {
  const system = await emulate(stack, options);
  try {
    const client = await system.client({ username: "ann" });
    return await client.callTool({ name: "add_numbers", arguments: { a: 5, b: 3 } });
  } finally {
    await system.stop();
  }
}
