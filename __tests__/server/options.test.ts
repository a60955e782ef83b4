import * as z from "zod";
import { createLog, defineTool, startServer, StartError, type StartOptions } from "../../server";

const log = createLog({ level: "error", write: () => undefined });
const tool = defineTool({ name: "a", description: "A", input: z.object({}), handler: () => [] });
const start = (options: object) => () =>
  startServer({ host: "127.0.0.1", port: 0, log, tools: [{ file: "a.js", exports: { tool } }], ...options });
const withTool = (parts: object) => start({ tools: [{ file: "a.js", exports: { tool: { ...tool, ...parts } } }] });
const untyped = (value: unknown) => value as never;

test.each<[string, () => unknown, string]>([
  ["nothing", () => startServer(untyped(undefined)), "What startServer is given is undefined but must be an object."],
  ["no options", () => startServer(untyped({})), "startServer: host is undefined but must be a text."],
  ["no log", start({ log: undefined }), "log is undefined but must be a logger, as createLog makes it."],
  ["another log", start({ log: console }), "log is of type object but must be a logger, as createLog makes it."],
  ["a text for the port", start({ port: "8000" }), 'port is "8000" but must be a whole number from 0 to 65535.'],
  ["a port that there is not", start({ port: 65_536 }), "port is 65536 but must be a whole number from 0 to 65535."],
  ["a misspelt option", start({ session: true }), 'startServer: there is no option "session": use one of host, port, '],
  ["a text for a switch", start({ sessions: "off" }), 'sessions is "off" but must be true or false.'],
  ["an empty key", start({ stateKey: "" }), 'stateKey is "" but must be a text that is not empty.'],
  [
    "tools without files",
    start({ tools: [tool] }),
    "tools is of type object but must be a list of { file, exports: { tool } }.",
  ],
  ["no limits", start({ limits: 5 }), "limits is 5 but must be an object."],
  [
    "a misspelt limit",
    start({ limits: { tooltimeout: 5 } }),
    'limits: there is no option "tooltimeout": use one of toolTimeout, ',
  ],
  [
    "a text for a limit",
    start({ limits: { toolTimeout: "5" } }),
    'limits: toolTimeout is "5" but must be a number, 0 or more.',
  ],
  [
    "a limit that is no number",
    start({ limits: { concurrency: NaN } }),
    "limits: concurrency is NaN but must be a number",
  ],
  ["a title that is none", withTool({ title: 5 }), "a.js: the tool's title is 5 but must be a text."],
  [
    "an output that is none",
    withTool({ output: "x" }),
    'a.js: the tool\'s output is "x" but must be a schema of zod 4.',
  ],
  [
    "annotations that are none",
    withTool({ annotations: [] }),
    "the tool's annotations is of type object but must be an object.",
  ],
  [
    "a log of nothing",
    () => createLog(untyped(undefined)),
    "What createLog is given is undefined but must be an object.",
  ],
  [
    "a log that writes nowhere",
    () => createLog(untyped({ level: "info" })),
    "createLog: write is undefined but must be a function.",
  ],
  [
    "an unknown level",
    () => createLog(untyped({ level: "verbose", write: () => undefined })),
    'level is "verbose" but must be one of debug, info, warn, error.',
  ],
])("%s is refused by a sentence", async (_, use, sentence) => {
  const used = new Promise((resolve) => resolve(use()));
  await expect(used).rejects.toBeInstanceOf(StartError);
  await expect(used).rejects.toThrow(sentence);
  await expect(used).rejects.toMatchObject({ code: "OPTION" });
});

test("what is left out and undefined has its default", async () => {
  const options: StartOptions = { host: "127.0.0.1", port: 0, log, sessions: undefined, tools: undefined };
  const server = await startServer({ ...options, limits: { concurrency: undefined, toolTimeout: 5 } });
  const answer = await fetch(`http://127.0.0.1:${server.port}/ping`);
  expect(await answer.json()).toEqual({ status: "Healthy" });
  await server.stop(0);
});
