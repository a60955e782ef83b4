import { join } from "node:path";

import type { BrowserContext, Locator, Page } from "playwright-core";
import * as z from "zod";

import { lambdaHandler, type Emulator } from "../../emulator";
import { defineTool } from "../../server/tool";
import { accessibilityFaults } from "../support/accessibility";
import { anyVersionStack, sessionStack, streamingStack } from "../support/any-version-stack";
import { articleStack, bentResources, emulate, outputOf } from "../support/article-stack";
import { describeInBrowser, openBrowser, screenshot } from "../support/browser";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";
import { consentOptions, consentStack, registerReturnUrl, startApi } from "../support/consent-stack";
import { agentUrl, ask, emulateAgent } from "../support/fronted-agent";
import { decideBy, intercept, INTERCEPTOR, permit } from "../support/guarded-gateway";
import { discard, synthesize } from "../support/synthesize";
import { toolServer } from "../support/tool-server";

const CONFORMANCE_SERVER = join(__dirname, "../support/servers/conformance-server.mjs");

const BOOK = defineTool({
  name: "book",
  description: "Asks a person for the room",
  input: z.object({}),
  output: z.string(),
  async handler(_, { ask }) {
    const extras = ["Sauna", "Garage", "Bar"].map((title) => ({ const: title.toLowerCase(), title }));
    const properties = {
      name: { type: "string", description: "As in the passport" },
      nights: { type: "integer", default: 2 },
      size: { type: "string", enum: ["small", "large"] },
      breakfast: { type: "boolean" },
      extras: { type: "array", title: "Extras", items: { anyOf: extras } },
    };
    const requestedSchema = { type: "object", properties, required: ["name", "size"] };
    const params = { message: "Which room in Rome?", requestedSchema };
    const { action, content } = await ask({ name: "room", method: "elicitation/create", params });
    return `${String(action)} ${JSON.stringify(content)}`;
  },
});

const VISIT = defineTool({
  name: "visit",
  description: "Sends a person to a page elsewhere",
  input: z.object({}),
  output: z.string(),
  async handler(_, { ask }) {
    const params = { mode: "url", message: "Look", url: "https://www.example.com/look", elicitationId: "look" };
    return String((await ask({ name: "look", method: "elicitation/create", params })).action);
  },
});

const LOCATE = defineTool({
  name: "locate",
  description: "Takes an argument that a header repeats",
  input: z.object({ region: z.string().meta({ "x-mcp-header": "Region" }) }),
  output: z.string(),
  handler: ({ region }) => `located ${region}`,
});

const WIDE = { width: 1400, height: 860 };
const NARROW = { width: 390, height: 800 };

/** What the page may not do: complain, be refused by its own policy, or ask anybody but the emulator. */
interface Watch {
  readonly complaints: string[];
  readonly strangers: string[];
}

async function openPage(context: BrowserContext, emulator: Emulator): Promise<{ page: Page; watch: Watch }> {
  const page = await context.newPage();
  const watch: Watch = { complaints: [], strangers: [] };
  const { url } = emulator;
  page.on(
    "console",
    (message) => ["error", "warning"].includes(message.type()) && watch.complaints.push(message.text()),
  );
  page.on("pageerror", (error) => watch.complaints.push(error.message));
  page.on("request", (request) => !request.url().startsWith(url) && watch.strangers.push(request.url()));
  await page.goto(url);
  await page.locator(".station").first().waitFor();
  return { page, watch };
}

const station = (page: Page, name: string) => page.getByRole("button", { name: new RegExp(`^${name}:`) });
const detail = (page: Page) => page.locator("#detail");

/** The detail of a hop, once it is shown. */
async function detailOf(page: Page, hop: string): Promise<string> {
  await detail(page).getByRole("heading", { name: hop }).waitFor();
  return detail(page).innerText();
}

const BELOW_THE_CONTENT =
  "document.documentElement.scrollHeight - scrollY - Math.max(innerHeight, document.querySelector('main').getBoundingClientRect().bottom)";

const LABELS_UNDER_BOXES = `(() => {
  const boxes = [...document.querySelectorAll(".station rect")].map((box) => box.getBoundingClientRect());
  const isUnder = ({ left, right, top, bottom }) =>
    boxes.some((box) => left < box.right && box.left < right && top < box.bottom && box.top < bottom);
  const labels = [...document.querySelectorAll(".link-label")];
  return labels.filter((label) => isUnder(label.getBoundingClientRect())).map(({ textContent }) => textContent);
})()`;

/** Both themes at both widths: for looking at, and judged by axe. */
async function examine(page: Page, name: string): Promise<void> {
  const faults: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    for (const viewport of [WIDE, NARROW]) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.setViewportSize(viewport);
      const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
      if (overflow > 0) faults.push(`${colorScheme} ${viewport.width}: ${overflow} px wider than the window`);
      const below = await page.evaluate<number>(BELOW_THE_CONTENT);
      const under = await page.evaluate<string[]>(LABELS_UNDER_BOXES);
      faults.push(...under.map((label) => `${colorScheme} ${viewport.width}: ${label} is under a box`));
      if (below > 20) faults.push(`${colorScheme} ${viewport.width}: ${below} px of nothing below the content`);
      faults.push(...(await accessibilityFaults(page)).map((fault) => `${colorScheme} ${viewport.width}: ${fault}`));
      await screenshot(page, `console-${name}-${colorScheme}-${viewport.width}`, { fullPage: viewport === NARROW });
    }
  }
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "no-preference" });
  await page.setViewportSize(WIDE);
  expect(faults).toEqual([]);
}

describeInBrowser("the emulator's page", () => {
  let browser: BrowserContext;
  beforeAll(async () => {
    browser = await openBrowser(WIDE);
  });

  describe("of a sound stack", () => {
    let emulator: Emulator;
    let page: Page;
    let watch: Watch;
    const answers: string[] = [];
    beforeAll(async () => {
      emulator = await emulate(await articleStack());
      ({ page, watch } = await openPage(browser, emulator));
      page.on(
        "response",
        (response) =>
          void (
            response.url().includes("_emulator") ||
            response.text().then(
              (text) => answers.push(text),
              () => undefined,
            )
          ),
      );
    });
    afterAll(async () => {
      await page.close();
      await emulator.stop();
    });

    test("shows every station of the system", async () => {
      for (const name of [
        "Caller",
        "Inbound user pool",
        "Outbound user pool",
        "Gateway",
        "Token vault",
        "Runtime",
        "MCP server",
      ]) {
        await expect(station(page, name).count()).resolves.toBe(1);
      }
    });

    test("signs in with one button and lists the tools with their schemas", async () => {
      await page.getByRole("button", { name: "Create a user and sign in" }).click();
      await page.getByLabel("Tool", { exact: true }).waitFor();
      const tools = await page.getByLabel("Tool", { exact: true }).locator("option").allTextContents();
      expect(tools).toEqual(["x_amz_bedrock_agentcore_search", "add_numbers", "greet_user", "multiply_numbers"]);
      await page.getByText("Input schema").click();
      await expect(page.getByRole("region", { name: "Input schema" }).textContent()).resolves.toContain('"a": {');
    });

    test("draws a call as it travels from hop to hop, and shows its answer", async () => {
      await page.getByLabel("a integer, required").fill("5");
      // What is chosen already may be chosen again.
      await page.getByLabel("Tool", { exact: true }).selectOption({ label: "add_numbers" });
      await page.getByLabel("b integer, required").fill("3");
      await page.getByRole("button", { name: "Call", exact: true }).click();
      await page.locator(".dot").waitFor();
      await screenshot(page, "console-travelling");
      await station(page, "MCP server").and(page.locator(".passed")).waitFor();
      await expect(page.locator("#tester .outcome").textContent()).resolves.toContain('"text": "8"');
      const hops = await page.locator(".hop-name").allTextContents();
      expect(hops).toEqual([
        "gateway authorizer",
        "MCP method",
        "argument validation",
        "target call",
        "gateway service role",
        "workload access token",
        "token vault",
        "runtime authorizer",
        "MCP server",
      ]);
    });

    test("opens a hop at a click on its station: checks, request and the token's claims", async () => {
      await station(page, "Runtime").click();
      const text = await detailOf(page, "runtime authorizer");
      expect(text).toContain("token_use");
      expect(text).toContain("mcp-server/tools.read");
      expect(text).toMatch(/authorization\s+Bearer, a token of \d+ characters/);
    });

    test("is used by keyboard alone", async () => {
      await station(page, "Token vault").focus();
      await page.keyboard.press("Enter");
      await expect(detailOf(page, "workload access token")).resolves.toContain("GetWorkloadAccessToken");
      await page.locator('[data-hop="token vault"]').focus();
      await page.keyboard.press("Space");
      await expect(detailOf(page, "token vault")).resolves.toContain("kept from an earlier call");
      await expect(page.evaluate<string>("document.activeElement.textContent")).resolves.toContain("token vault");
    });

    test("inserts what calls bring as text", async () => {
      const name = `<img src=x onerror="document.title='taken'"><b>bold</b>`;
      await page.getByRole("button", { name: "Follow" }).click();
      await postMcp(outputOf(emulator, "gateway_url"), toolsCall(name, { name }));
      await page.locator("#calls").getByText("<b>bold</b>").waitFor();
      await page.locator("#trace").getByText("<b>bold</b>").waitFor();
      await expect(page.locator("#trace img, #detail img, #calls img, #calls b").count()).resolves.toBe(0);
      await expect(page.title()).resolves.toBe("cdktf-agentcore emulator");
    });

    test("shows a call without a token as refused by the gateway, with the fix", async () => {
      await page.locator('[data-hop="gateway authorizer"]').click();
      const text = await detailOf(page, "gateway authorizer");
      expect(text).toContain("Refused by the check bearer token");
      expect(text).toContain("Send the header Authorization: Bearer");
    });

    test("keeps secrets and tokens to itself", async () => {
      const tokens = [...answers.join("\n").matchAll(/eyJ[\w-]+\.[\w-]+\.[\w-]+/g)].map(([token]) => token);
      expect(tokens.length).toBeGreaterThanOrEqual(2);
      const { clientSecret } = emulator.account.credentialProviders.get("m2m-auth-demo-m2m-oauth2-provider");
      const shown = await page.evaluate<string>("document.documentElement.outerHTML");
      const told = await (await fetch(`${emulator.url}/_emulator/calls`)).text();
      for (const secret of [...tokens, clientSecret, "eyJ"]) {
        expect(shown).not.toContain(secret);
        expect(told).not.toContain(secret);
      }
      await expect(
        page.evaluate<number>("localStorage.length + sessionStorage.length + document.cookie.length"),
      ).resolves.toBe(0);
    });

    test("is readable in both themes, at a desk and on a phone, with more calls than fit", async () => {
      const url = outputOf(emulator, "gateway_url");
      for (let call = 0; call < 30; call++) await postMcp(url, toolsCall("add_numbers", { a: 5, b: 3 }));
      await page.locator(".call").nth(29).waitFor({ state: "attached" });
      await examine(page, "call");
    });

    test("asks nobody but the emulator, and has nothing to complain of", () => {
      expect(watch).toEqual({ complaints: [], strangers: [] });
    });
  });

  describe("of a gateway with prompts, resources, streams and policies", () => {
    let emulator: Emulator;
    let page: Page;
    beforeAll(async () => {
      const folder = await streamingStack((resources) => decideBy(resources, { all: permit() }, { mode: "LOG_ONLY" }));
      const serverCommand = { program: process.execPath, arguments: [CONFORMANCE_SERVER] };
      emulator = await emulate(folder, { serverCommand });
      ({ page } = await openPage(browser, emulator));
      await page.getByRole("button", { name: "Create a user and sign in" }).click();
      await page.getByLabel("Tool", { exact: true }).waitFor();
    }, 120_000);
    afterAll(async () => {
      await page.close();
      await emulator.stop();
    });

    const outcome = (): Locator => page.locator("#tester .outcome.passed");

    test("gets a prompt with its arguments", async () => {
      await page.getByRole("button", { name: "Prompts 4" }).click();
      await page.getByLabel("Prompt", { exact: true }).selectOption({ label: "test_prompt_with_arguments" });
      await page.getByLabel("arg1 string, required").fill("a");
      await page.getByLabel("arg2 string, required").fill("b");
      await page.getByRole("button", { name: "Get", exact: true }).click();
      await outcome().getByText("Prompt with arguments: arg1='a', arg2='b'").waitFor();
    });

    test("reads a resource, and one of a template, by keyboard", async () => {
      await page.getByRole("button", { name: "Resources 3" }).focus();
      await page.keyboard.press("Enter");
      const list = page.getByLabel("Resource", { exact: true });
      for (const group of ["Resources", "Templates"]) {
        await list.locator(`optgroup[label=${group}]`).waitFor({ state: "attached" });
      }
      await page.getByRole("button", { name: "Read", exact: true }).press("Space");
      await outcome().getByText("test://static-text").waitFor();
      await list.selectOption({ label: "test://template/{id}/data" });
      await page.getByLabel("id string, required").fill("1 2");
      await page.keyboard.press("Enter");
      await outcome().getByText("test://template/1%202/data").waitFor();
    });

    test("shows progress and logs as they come, before the answer", async () => {
      await page.getByRole("button", { name: /^Tools \d+$/ }).click();
      const told = page.getByRole("list", { name: "Told before the answer" }).locator("li");
      for (const [tool, lines] of [
        ["progress", ["progress 0 of 100", "progress 50 of 100", "progress 100 of 100"]],
        ["logging", ["started", "processing data", "completed"].map((word) => expect.stringContaining(word) as string)],
      ] as const) {
        await page.getByLabel("Tool", { exact: true }).selectOption({ label: `test_tool_with_${tool}` });
        await page.getByRole("button", { name: "Call", exact: true }).click();
        await outcome().getByText('"text": "done"').waitFor();
        expect(await told.allTextContents()).toEqual(lines);
      }
    });

    test("says at the hop which policy decided, and in which mode", async () => {
      await page.locator('[data-hop="policy engine"] .hop-note').getByText("permitted by all in LOG_ONLY").waitFor();
    });

    test("is readable in both themes, at a desk and on a phone", () => examine(page, "stream"));
  });

  describe("of a gateway with interceptors", () => {
    let emulator: Emulator;
    let page: Page;
    beforeAll(async () => {
      const folder = await bentResources((resources) => intercept(resources, {}));
      emulator = await emulate(folder, { lambdaHandlers: { guard: lambdaHandler(INTERCEPTOR) } });
      ({ page } = await openPage(browser, emulator));
    });
    afterAll(async () => {
      await page.close();
      await emulator.stop();
    });

    test("says at their hops what they decided, and what they changed", async () => {
      const url = outputOf(emulator, "gateway_url");
      const headers = bearer(await signIn(emulator));
      const name = "m2m-auth-demo-mcp-target___add_numbers";
      const notes = page.locator(".hop-note");
      await postMcp(url, toolsCall(name, { a: 5, b: 3, before: "change" }), headers);
      await notes.getByText("passed on as it came").waitFor();
      expect(await notes.allTextContents()).toEqual(["changed params.arguments.a", "passed on as it came"]);
      await postMcp(url, toolsCall(name, { a: 5, b: 3, before: "deny" }), headers);
      await notes.getByText("answered in the target's place with HTTP 403").waitFor();
    });

    test("says at its hop which rate limit stops a call", async () => {
      const { account } = emulator;
      const [gateway] = account.gateways.all();
      account.rateLimits.create({
        gatewayIdentifier: gateway?.attributes.gatewayId ?? "",
        rateLimitId: "nobody",
        dimensionKeys: ["targetName"],
        entries: [{ dimensions: { targetName: "*" }, requests: [{ rate: 0, period: "second" }] }],
      });
      await account.rest();
      const call = toolsCall("m2m-auth-demo-mcp-target___add_numbers", { a: 5, b: 3 });
      await postMcp(outputOf(emulator, "gateway_url"), call, bearer(await signIn(emulator)));
      await page.locator('[data-hop="rate limits"] .hop-note').getByText("nobody lets none through").waitFor();
    });

    test("is readable in both themes, at a desk and on a phone", () => examine(page, "interceptors"));
  });

  describe.each([
    ["in a session", "2025-11-25", sessionStack],
    ["by results of 2026-07-28", "2026-07-28", anyVersionStack],
  ])("of a target that asks %s", (_, version, stackOf) => {
    let emulator: Emulator;
    let page: Page;
    let watch: Watch;
    const outcome = () => page.locator(".outcome").last();
    const question = () => page.getByRole("form", { name: "The target asks" });
    const call = async (tool: string) => {
      await page.getByLabel("Tool", { exact: true }).selectOption({ label: tool });
      await page.getByRole("button", { name: "Call", exact: true }).click();
      await question().waitFor();
    };

    beforeAll(async () => {
      const folder = await stackOf((resources) => {
        const gateway = resources["aws_bedrockagentcore_gateway"]?.["main"] as {
          protocol_configuration: { mcp: object[] }[];
        };
        Object.assign(gateway.protocol_configuration[0]?.mcp[0] ?? {}, { supported_versions: [version] });
        Object.assign(resources["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"] ?? {}, {
          request_header_configuration: [{ request_header_allowlist: ["Mcp-Param-Region"] }],
        });
      });
      emulator = await emulate(folder, { serverCommand: toolServer([BOOK, VISIT, LOCATE], { sessions: true }) });
      ({ page, watch } = await openPage(browser, emulator));
      await page.getByRole("button", { name: "Create a user and sign in" }).click();
      await page.getByLabel("Tool", { exact: true }).waitFor();
    }, 120_000);
    afterAll(async () => {
      await page.close();
      await emulator.stop();
    });

    test("shows a form, and sends what was filled in", async () => {
      await call("book");
      await expect(question().innerText()).resolves.toContain("Which room in Rome?");
      await examine(page, `question-${version}`);
      await expect(question().getByLabel("nights integer").inputValue()).resolves.toBe("2");
      await question().getByLabel("name string, required").fill("Ann");
      await question().getByLabel("size string, required").selectOption("large");
      await question().getByLabel("breakfast boolean").selectOption("true");
      await question().getByLabel("Extras array").selectOption(["Sauna", "Garage"]);
      await question().getByRole("button", { name: "Accept" }).click();
      await page.locator(".outcome.passed").getByText("accept").first().waitFor();
      const content = { name: "Ann", nights: 2, size: "large", breakfast: true, extras: ["sauna", "garage"] };
      await expect(page.getByLabel("Answer", { exact: true }).innerText()).resolves.toContain(
        JSON.stringify(JSON.stringify(content)).slice(1, -1),
      );
    });

    test.each(["Decline", "Cancel"])("hands on %s", async (button) => {
      await call("book");
      await question().getByRole("button", { name: button }).click();
      await page.locator(".outcome.passed").getByText(`answered: ${button.toLowerCase()}`).waitFor();
      await expect(outcome().innerText()).resolves.toContain(button.toLowerCase());
      await expect(question().count()).resolves.toBe(0);
    });

    test("repeats an argument in a header, where a tool asks for it", async () => {
      await page.getByLabel("Tool", { exact: true }).selectOption({ label: "locate" });
      await page.getByLabel("region string, required").fill("Zürich");
      await page.getByRole("button", { name: "Call", exact: true }).click();
      await page.locator(".outcome.passed").getByText("located Zürich").waitFor();
    });

    test("links to a page of its own, and to no other host", async () => {
      await call("visit");
      await expect(question().getByRole("link").count()).resolves.toBe(0);
      await expect(question().innerText()).resolves.toContain("https://www.example.com/look");
      await question().getByRole("button", { name: "Done" }).click();
      await page.locator(".outcome.passed").waitFor();
      expect(watch).toEqual({ complaints: [], strangers: [] });
    });
  });

  test("leads a user to the page of consent, and calls again", async () => {
    const application = "https://app.example.com/callback";
    const api = await startApi();
    const stack = await consentStack({ oauth: { default_return_url: application } });
    const emulator = await emulate(stack, consentOptions(api.url));
    registerReturnUrl(emulator, application);
    const { page } = await openPage(browser, emulator);
    try {
      await page.getByRole("button", { name: "Create a user and sign in" }).click();
      await page.getByLabel("Tool", { exact: true }).selectOption({ label: "me" });
      await page.getByRole("button", { name: "Call", exact: true }).click();
      const link = page.locator(".outcome.refused").getByRole("link", { name: "Open the page" });
      await link.waitFor();
      await examine(page, "consent");
      const [consentPage] = await Promise.all([page.waitForEvent("popup"), link.click()]);
      await consentPage.getByLabel("User (claim sub)").fill("ann");
      await consentPage.getByRole("button", { name: "Sign in" }).click();
      await consentPage.getByRole("button", { name: "Complete in the place of app.example.com" }).click();
      await consentPage.getByText("Consent given").waitFor();
      await consentPage.close();
      await page.getByRole("button", { name: "Call", exact: true }).click();
      await page.locator(".outcome.passed").getByText("remember").waitFor();
    } finally {
      await page.close();
      await emulator.stop();
    }
  }, 120_000);

  describe("of a gateway whose callers sign", () => {
    test("signs as the account's administrator, and calls a tool", async () => {
      const folder = await synthesize("examples/iam-inbound/main.ts");
      const emulator = await emulate(folder);
      const { page, watch } = await openPage(browser, emulator);
      await page.getByText("signs requests as the account's administrator").waitFor();
      await page.getByRole("button", { name: "List what it offers" }).click();
      await page.getByLabel("a integer, required").fill("5");
      await page.getByLabel("b integer, required").fill("3");
      await page.getByRole("button", { name: "Call", exact: true }).click();
      await expect(page.locator(".outcome").innerText()).resolves.toContain("8");
      await expect(detailOf(page, "gateway authorizer")).resolves.toContain("SigV4 signature");
      expect(watch).toEqual({ complaints: [], strangers: [] });
      await page.close();
      await emulator.stop();
      await discard(folder);
    });
  });

  describe("of a gateway with an HTTP target", () => {
    test("passes its user's token on to the agent, and shows answers and events", async () => {
      const emulator = await emulateAgent();
      const { page, watch } = await openPage(browser, emulator);
      await page.getByRole("button", { name: "Create a user and sign in" }).click();
      await page.getByLabel("prompt string, optional").fill("Hello");
      await page.getByRole("button", { name: "Send", exact: true }).click();
      const outcome = page.locator(".outcome.passed");
      await outcome.getByText("HTTP 200").waitFor();
      expect(await outcome.innerText()).toMatch(/"prompt": "Hello"[^]*"authorization": "Bearer /);
      await expect(detailOf(page, "gateway authorizer")).resolves.toContain("signature");
      await examine(page, "http-target");
      await page.getByRole("button", { name: "As JSON" }).click();
      await page.getByLabel("Arguments, as JSON").fill('{ "steps": ["one", "two"] }');
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.locator(".outcome.running").getByText('"one"').waitFor();
      await ask(agentUrl(emulator), { go: true }, { authorization: `Bearer ${await signIn(emulator)}` });
      await page.locator(".outcome.passed").getByText('"two"').waitFor();
      await page.getByRole("button", { name: "Sign out" }).click();
      await page.getByRole("button", { name: "Send without a token" }).click();
      await page.locator(".outcome.refused").getByText("HTTP 401").waitFor();
      expect(watch.strangers).toEqual([]);
      await page.close();
      await emulator.stop();
    }, 60_000);

    test("asks for a user where the gateway is open and the runtime is not", async () => {
      const emulator = await emulateAgent({ authorizerType: "NONE" });
      const { page } = await openPage(browser, emulator);
      await page.getByRole("button", { name: "Create a user and sign in" }).click();
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.locator(".outcome.passed").getByText("HTTP 200").waitFor();
      await page.close();
      await emulator.stop();
    }, 60_000);

    test("signs for a target that is called with the caller's credentials", async () => {
      const emulator = await emulateAgent({
        authorizerType: "AWS_IAM",
        credential: { caller_iam_credentials: [{ service: "bedrock-agentcore" }] },
        runtime: "IAM",
      });
      const { page, watch } = await openPage(browser, emulator);
      await page.getByRole("button", { name: "List what it offers" }).click();
      await page.getByLabel("prompt string, optional").fill("Hello");
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.locator(".outcome.passed").getByText("HTTP 200").waitFor();
      await expect(detailOf(page, "gateway authorizer")).resolves.toContain("SigV4 signature");
      expect(watch).toEqual({ complaints: [], strangers: [] });
      await page.close();
      await emulator.stop();
    }, 60_000);
  });

  describe("of a mis-scoped stack that is kept", () => {
    let emulator: Emulator;
    let page: Page;
    beforeAll(async () => {
      const folder = await bentResources((resources) => {
        const target = resources["aws_bedrockagentcore_gateway_target"]?.["mcp_server"] as {
          credential_provider_configuration: { oauth: { scopes: string[] }[] }[];
        };
        Object.assign(target.credential_provider_configuration[0]?.oauth[0] ?? {}, {
          scopes: ["mcp-server/tools.delete"],
        });
      });
      emulator = await emulate(folder, { keepFailed: true });
      ({ page } = await openPage(browser, emulator));
    });
    afterAll(async () => {
      await page.close();
      await emulator.stop();
    });

    test("says which resource failed, in AWS's words", async () => {
      const banner = page.getByRole("alert");
      await banner.getByText("aws_bedrockagentcore_gateway_target.mcp_server failed.").waitFor();
      await expect(banner.innerText()).resolves.toContain("Error parsing ClientCredentials response");
    });

    test("opens the refused hop: the check, what was expected, what was there and the fix", async () => {
      await page.getByRole("button", { name: "Show the cause" }).click();
      await station(page, "Outbound user pool").and(page.locator(".refused")).waitFor();
      const refusal = await page.locator("[data-role=refusal]").innerText();
      expect(refusal).toMatch(/Refused by the check scope/);
      expect(refusal).toMatch(/expected\s+mcp-server\/tools\.read/);
      expect(refusal).toMatch(/actual\s+mcp-server\/tools\.delete/);
      expect(refusal).toMatch(/Fix Add the scope to allowed_oauth_scopes of the M2M client/);
      await expect(detail(page).getByText('"error": "invalid_scope"').count()).resolves.toBe(1);
    });

    test("tells the hop that refused from those that failed with it", async () => {
      await expect(page.locator(".hop.refused .hop-name").allTextContents()).resolves.toEqual(["token endpoint"]);
      await expect(page.locator(".hop.affected .hop-name").allTextContents()).resolves.toEqual([
        "target synchronization",
        "token vault",
      ]);
    });

    test("is readable in both themes, at a desk and on a phone", () => examine(page, "refused"));
  });
});
