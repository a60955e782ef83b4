import { join } from "node:path";
import { text } from "node:stream/consumers";

import type { Emulator } from "../../emulator";
import { CONFORMANCE, installClientTools, NODE_22 } from "../server/support/client-tools";
import { run } from "../server/support/run";
import { sessionStack } from "../support/any-version-stack";
import { bentResources, emulate, outputOf } from "../support/article-stack";
import { signIn } from "../support/callers";
import { callAsGateway } from "../support/conformance-client";
import { type ConformanceProxy, startConformanceProxy } from "../support/conformance-proxy";
import { serveLocally } from "../support/local-server";
import { installSdk2, SERVER_2 } from "../support/mcp-sdk-2";
import { missing as missingProgram, testUnless } from "../support/skip";

const missing = installClientTools();
const conformanceTest = testUnless(missing ?? missingProgram("curl"));

const SERVER = join(__dirname, "../support/servers/conformance-server-2026.mjs");
/** Those that a gateway with streams has to pass in every version. */
const OFFERED = [
  "tools-list",
  "tools-call-simple-text",
  "tools-call-image",
  "tools-call-audio",
  "tools-call-embedded-resource",
  "tools-call-mixed-content",
  "tools-call-error",
  "tools-call-with-progress",
  "resources-list",
  "resources-read-text",
  "resources-read-binary",
  "resources-templates-read",
  "prompts-list",
  "prompts-get-simple",
  "prompts-get-with-args",
  "prompts-get-embedded-resource",
  "prompts-get-with-image",
];

/** Those of the versions with a handshake that need sessions, too. */
const ASKING = [
  "server-initialize",
  "ping",
  "server-session-lifecycle",
  "tools-call-sampling",
  "tools-call-elicitation",
];
const OF_BOTH = [...OFFERED, "dns-rebinding-protection", "json-schema-2020-12", "server-sse-multiple-streams"];
const STATELESS = [
  "basic-elicitation",
  "basic-sampling",
  "request-state",
  "multi-round",
  "missing-input-response",
  "ignore-extra-params",
  "non-tool-request",
  "result-type",
  "capability-check",
].map((scenario) => `input-required-result-${scenario}`);

const missingSdk2 = installSdk2();
let emulator: Emulator | undefined;
let proxy: ConformanceProxy | undefined;

beforeAll(async () => {
  if (missing !== undefined || missingSdk2 !== undefined) return;
  emulator = await emulate(await sessionStack(), {
    serverCommand: { program: process.execPath, arguments: [SERVER, SERVER_2] },
  });
  const url = outputOf(emulator, "gateway_url");
  proxy = await startConformanceProxy(url, await signIn(emulator), "m2m-auth-demo-mcp-target");
}, 120_000);
afterAll(async () => {
  proxy?.stop();
  await emulator?.stop();
});

testUnless(missing ?? missingSdk2).each([
  [
    "2026-07-28",
    ["--requirements", "2026-07-28"],
    "-2026",
    [...OF_BOTH, ...STATELESS, "http-header-validation", "http-custom-header-server-validation", "caching"],
  ],
  [
    "2025-11-25",
    ["--requirements", "2025-11-25"],
    "",
    [...OF_BOTH, ...ASKING, "elicitation-sep1034-defaults", "elicitation-sep1330-enums"],
  ],
  ["2025-06-18", ["--spec-version", "2025-06-18"], "", [...OFFERED, ...ASKING]],
  ["2025-03-26", ["--spec-version", "2025-03-26"], "", ["server-session-lifecycle"]],
])(
  "the conformance suite of %s finds no failure of a gateway with sessions but the expected ones",
  async (_, selection, failures, passed) => {
    const expected = join(__dirname, `conformance-failures${failures}.yml`);
    const suite = [CONFORMANCE, "server", "--url", proxy?.url ?? "", ...selection, "--expected-failures", expected];
    const { code, stdout, stderr } = await run(NODE_22, suite, 50_000);
    const summary = stdout.slice(stdout.indexOf("=== SUMMARY ==="));
    expect(`${summary}${stderr}${code}`).toMatch(/0$/);
    for (const scenario of passed) expect(summary).toMatch(new RegExp(`✓ ${scenario}: [1-9]\\d* passed, 0 failed`));
  },
  60_000,
);

describe("a gateway as the client of an MCP server", () => {
  /** Of the others, those of authorization have a client find its authorization server, which is configured for a gateway. */
  conformanceTest.each(["initialize", "tools_call", "json-schema-2020-12-preservation"])(
    "passes the conformance suite's scenario %s",
    async (scenario) => {
      const folder = await bentResources((resources) => {
        const target = resources["aws_bedrockagentcore_gateway_target"]?.["mcp_server"] ?? {};
        delete target["credential_provider_configuration"];
        Object.assign(target, {
          target_configuration: [{ mcp: [{ mcp_server: [{ endpoint: "https://mcp.example.com/mcp" }] }] }],
        });
      });
      // The suite starts a program with its server's URL: it hands this on to the gateway, which is here.
      const gateway = await serveLocally((request, response) => {
        void text(request)
          .then((url) => callAsGateway(folder, url))
          .then(
            () => response.end(),
            (error: unknown) => response.writeHead(500).end(String(error)),
          );
      });
      const command = `curl --silent --fail-with-body ${gateway} --data-raw`;
      const suite = [
        CONFORMANCE,
        "client",
        "--command",
        command,
        "--scenario",
        scenario,
        "--spec-version",
        "2025-11-25",
      ];
      const { code, stdout, stderr } = await run(NODE_22, suite, 50_000);
      expect(`${code === 0 ? "" : stdout + stderr}${code}`).toBe("0");
    },
    60_000,
  );
});
