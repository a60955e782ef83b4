import { join } from "node:path";
import { CONFORMANCE, installClientTools, NODE_22 } from "./support/client-tools";
import { CONFORMANCE_TOOLS } from "./support/conformance-tools";
import { run } from "./support/run";
import { testUnless } from "../support/skip";
import { startTestServer } from "./support/test-server";

const conformanceTest = testUnless(installClientTools());

conformanceTest(
  "the conformance suite finds no failure but the expected ones",
  async () => {
    const server = await startTestServer(CONFORMANCE_TOOLS);
    const expected = join(__dirname, "conformance-failures.yml");
    const suite = [
      CONFORMANCE,
      "server",
      "--url",
      server.url,
      "--requirements",
      "2025-11-25",
      "--expected-failures",
      expected,
    ];
    const { code, stdout, stderr } = await run(NODE_22, suite, 100_000);
    await server.stop(1000);
    const summary = stdout.slice(stdout.indexOf("=== SUMMARY ==="));
    expect(`${summary}${stderr}${code}`).toMatch(/0$/);
    for (const scenario of [
      "server-initialize",
      "ping",
      "tools-list",
      "tools-call-simple-text",
      "tools-call-with-progress",
    ]) {
      expect(summary).toMatch(new RegExp(`✓ ${scenario}: \\d+ passed, 0 failed`));
    }
  },
  120_000,
);
