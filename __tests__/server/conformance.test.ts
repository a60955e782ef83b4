import { join } from "node:path";
import { CONFORMANCE, installClientTools, NODE_22 } from "./support/client-tools";
import { CONFORMANCE_TOOLS } from "./support/conformance-tools";
import { run } from "./support/run";
import { testUnless } from "../support/skip";
import { startTestServer } from "./support/test-server";

const conformanceTest = testUnless(installClientTools());

/** What only a server that passes its scenarios in earnest gets into the summary. */
const TOOLS = ["tools-list", "tools-call-simple-text", "tools-call-error", "tools-call-with-progress"];

conformanceTest.each([
  ["2025-11-25", false, "2025", ["server-initialize", "ping", ...TOOLS]],
  ["2025-11-25", true, "2025-sessions", ["tools-call-elicitation", "server-session-lifecycle", ...TOOLS]],
  [
    "2026-07-28",
    false,
    "2026",
    [
      "server-stateless",
      "http-header-validation",
      "http-custom-header-server-validation",
      "input-required-result-multi-round",
      "input-required-result-tampered-state",
      ...TOOLS,
    ],
  ],
])(
  "the conformance suite of %s, with sessions %s, finds no failure but those of conformance-failures-%s.yml",
  async (revision, sessions, failures, passed) => {
    const server = await startTestServer(CONFORMANCE_TOOLS, {}, { sessions });
    const expected = join(__dirname, `conformance-failures-${failures}.yml`);
    const options = ["--url", server.url, "--requirements", revision, "--expected-failures", expected];
    const { code, stdout, stderr } = await run(NODE_22, [CONFORMANCE, "server", ...options], 100_000);

    const summary = stdout.slice(stdout.indexOf("=== SUMMARY ==="));
    expect(`${summary}${stderr}${code}`).toMatch(/0$/);
    for (const scenario of passed) expect(summary).toMatch(new RegExp(`✓ ${scenario}: \\d+ passed, 0 failed`));
  },
  120_000,
);
