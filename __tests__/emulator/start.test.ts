import { Emulator, OptionError, type EmulatorOptions } from "../../emulator";
import { parseDocument, topologyOf } from "../../topology";
import { bentResources, emulate } from "../support/article-stack";

const topology = topologyOf(parseDocument("nothing", Buffer.from('{"provider": {"aws": [{"region": "us-east-1"}]}}')));
const usable = { topology, port: 0, serverCommand: { program: "false", arguments: [] } };

test.each<[string, unknown, string]>([
  ["nothing", undefined, "What it is given is undefined: pass an object."],
  ["no topology", {}, "Emulator.start: There is no topology: pass it. There is no serverCommand: pass it."],
  ["a misspelt option", { ...usable, lambdaHandler: {} }, 'There is no option "lambdaHandler": write lambdaHandlers.'],
  ["a text for a list", { ...usable, issuers: "a.example.com" }, 'issuers is the text "a.example.com": pass a list'],
  [
    "a misspelt limit",
    { ...usable, limits: { invocations: 1 } },
    'limits: There is no option "invocations": write invocation.',
  ],
])("an emulator refuses to start with %s", async (_, options, sentence) => {
  const start = Emulator.start(options as EmulatorOptions);
  await expect(start).rejects.toThrow(OptionError);
  await expect(start).rejects.toThrow(sentence);
});

test("a runtime is started by the common command, whatever members JavaScript's objects have", async () => {
  const folder = bentResources((resources) => {
    Object.assign(resources["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"] ?? {}, {
      agent_runtime_name: "constructor",
    });
  });
  expect((await emulate(await folder)).gateways()).toHaveLength(1);
});
