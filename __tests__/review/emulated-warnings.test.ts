import { join } from "node:path";
import { writeFileSync } from "node:fs";

import type { Emulator } from "../../emulator";
import { review } from "../../review";
import { inventoryOf, parseDocument, readInventory } from "../../topology";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";
import { consentOptions, consentStack } from "../support/consent-stack";
import { scriptedServer, seenRequests, serverOfRuntime } from "../support/scripted-server";
import { removeTemporaryFolders, temporaryFolder } from "../topology/temporary-folder";
import { block, cleanStack, RUNTIME, type Stack, TARGET } from "./clean-stack";
import { mistakes } from "./mistakes";

afterAll(removeTemporaryFolders);

/** Whether the review warns of a mistake, and what is seen of it in the emulated system. */
async function withMistake(
  rule: string,
  title: string,
  observe: (emulator: Emulator, url: string, headers: Record<string, string>) => Promise<unknown>,
  mend: (stack: Stack) => void = () => undefined,
): Promise<unknown> {
  const stack = cleanStack();
  mistakes.find((mistake) => mistake.rule === rule && mistake.title === title)?.bend(stack);
  mend(stack);
  const path = join(temporaryFolder({}), "main.tf.json");
  writeFileSync(path, JSON.stringify(stack));
  const { findings } = review(inventoryOf(parseDocument(path, Buffer.from(JSON.stringify(stack)))));
  const emulator = await emulate(path, { serverCommand: scriptedServer() });
  try {
    const seen = await observe(emulator, outputOf(emulator, "gateway_url"), bearer(await signIn(emulator)));
    return { isFound: findings.some((finding) => finding.rule === rule), seen };
  } finally {
    await emulator.stop();
  }
}

async function tenantSeen(emulator: Emulator, url: string, headers: Record<string, string>): Promise<unknown> {
  await postMcp(url, toolsCall("tools___add_numbers", { a: 5, b: 3 }), { ...headers, "x-tenant": "blue" });
  return (await seenRequests(await serverOfRuntime(emulator, "tools"))).at(-1)?.headers["x-tenant"];
}

test("passed-header-dropped: the header ends at the runtime, until that takes it", async () => {
  const mistake = [
    "passed-header-dropped",
    "a header that a target passes on to a runtime that does not take it",
    tenantSeen,
  ] as const;
  const mend = (stack: Stack) => {
    block(stack, RUNTIME)["request_header_configuration"] = { request_header_allowlist: ["X-Tenant"] };
  };
  expect(await withMistake(...mistake)).toEqual({ isFound: true, seen: undefined });
  expect(await withMistake(...mistake, mend)).toEqual({ isFound: false, seen: "blue" });
});

async function isSearched(_: Emulator, url: string, headers: Record<string, string>): Promise<unknown> {
  const search = toolsCall("x_amz_bedrock_agentcore_search", { query: "add two numbers" });
  return JSON.stringify((await postMcp(url, search, headers)).body).includes("tools___add_numbers");
}

test("listing-not-searched: the search finds none of the target's tools, until they are listed in advance", async () => {
  const mistake = ["listing-not-searched", "a live target at a gateway that searches", isSearched] as const;
  const mend = (stack: Stack) => {
    delete block(stack, TARGET, "target_configuration", "mcp", "mcp_server")["listing_mode"];
  };
  expect(await withMistake(...mistake)).toEqual({ isFound: true, seen: false });
  expect(await withMistake(...mistake, mend)).toEqual({ isFound: false, seen: true });
});

test("sessions-ineffective: a gateway of 2026-07-28 alone begins no session", async () => {
  const params = { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "x", version: "1" } };
  const initialize = { jsonrpc: "2.0", id: 1, method: "initialize", params };
  const begin = async (_: Emulator, url: string, headers: Record<string, string>) =>
    (await postMcp(url, initialize, headers)).headers.get("mcp-session-id");
  const title = "sessions at a version that has none";
  expect(await withMistake("sessions-ineffective", title, begin)).toEqual({ isFound: true, seen: null });
});

test("return-url-missing: who names no page of his own is not asked", async () => {
  const folder = await consentStack({ oauth: { default_return_url: undefined } });
  expect(review(readInventory(folder)).findings.map(({ rule }) => rule)).toContain("return-url-missing");
  const emulator = await emulate(folder, consentOptions("http://127.0.0.1:9"));
  try {
    const headers = bearer(await signIn(emulator));
    const { body } = await postMcp(outputOf(emulator, "gateway_url"), toolsCall("notes___me", {}), headers);
    expect(JSON.stringify(body)).not.toContain("-32042");
    const hops = emulator.calls().at(-1)?.hops ?? [];
    expect(hops.find(({ name }) => name === "token vault")?.failure).toBeDefined();
  } finally {
    await emulator.stop();
  }
});
