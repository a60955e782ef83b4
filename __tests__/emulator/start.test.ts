import {
  CallerError,
  DeploymentError,
  Emulator,
  HandlerError,
  HostMappingError,
  OptionError,
  PortRefusedError,
  PortTakenError,
  RegionError,
  type EmulatorOptions,
} from "../../emulator";
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

test.each([
  [new CallerError("no"), "CALLER_REFUSED"],
  [new DeploymentError("a.b", "no"), "DEPLOYMENT_FAILED"],
  [new HandlerError("no"), "HANDLER_INVALID"],
  [new HostMappingError("a.example.com", "http://b.example.com"), "HOST_NOT_MAPPED"],
  [new PortRefusedError(80, "EACCES"), "PORT_REFUSED"],
  [new PortTakenError(80), "PORT_TAKEN"],
  [new RegionError("cn-north-1"), "REGION_NOT_EMULATED"],
])("%s has a stable code", ({ code }, expected) => {
  expect(code).toBe(expected);
});

test("a runtime is started by the common command, whatever members JavaScript's objects have", async () => {
  const folder = bentResources((resources) => {
    Object.assign(resources["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"] ?? {}, {
      agent_runtime_name: "constructor",
    });
  });
  expect((await emulate(await folder)).gateways()).toHaveLength(1);
});
