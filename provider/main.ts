// provider/: the AWS provider as far as AgentCore stacks need it, as programs of this project's tests.
import { once } from "node:events";

import { AgentCoreProvider } from "./agentcore/agentcore-provider";
import { ServiceApi, type ServiceName } from "./agentcore/service-api";
import { providerSchema } from "./schema/provider-schema";
import { StandInProvider } from "./stand-in/stand-in-provider";
import { serve } from "./wire/service";

/**
 * Serves the AgentCore provider on a socket until the standard input ends; the environment names the API. Without a
 * folder with the AWS SDK it is the stand-in.
 */
async function main([socket = "", bindings, sdk]: string[]): Promise<void> {
  const schema = providerSchema(bindings);
  const region = process.env["AWS_REGION"] ?? "us-east-1";
  const api = (service: ServiceName) => new ServiceApi(service, sdk ?? "");
  const provider =
    sdk === undefined
      ? new StandInProvider(schema)
      : new AgentCoreProvider({ agentcore: api("agentcore"), logs: api("logs") }, schema, region);
  const server = await serve(provider, socket);
  console.log("ready");
  process.stdin.resume();
  await once(process.stdin, "end");
  server.forceShutdown();
}

void main(process.argv.slice(2));
