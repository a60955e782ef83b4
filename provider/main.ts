// provider/: the AWS provider as far as AgentCore stacks need it, as programs of this project's tests.
import { once } from "node:events";

import { AgentCoreProvider } from "./agentcore/agentcore-provider";
import { ControlApi } from "./agentcore/control-api";
import { serve } from "./wire/service";

/** Serves the AgentCore provider on a socket until the standard input ends; the environment names the API. */
async function main([socket = "", sdk = ""]: string[]): Promise<void> {
  const provider = new AgentCoreProvider(new ControlApi(sdk), process.env["AWS_REGION"] ?? "us-east-1");
  const server = await serve(provider, socket);
  console.log("ready");
  process.stdin.resume();
  await once(process.stdin, "end");
  server.forceShutdown();
}

void main(process.argv.slice(2));
