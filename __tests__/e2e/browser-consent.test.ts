import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { UrlElicitationRequiredError } from "@modelcontextprotocol/sdk/types.js";
import type { BrowserContext, Page } from "playwright-core";

import type { Emulator } from "../../emulator";
import { accessibilityFaults } from "../support/accessibility";
import { emulate, outputOf } from "../support/article-stack";
import { describeInBrowser, openBrowser, screenshot } from "../support/browser";
import { bearer, signIn } from "../support/callers";
import { consentOptions, consentStack, registerReturnUrl, startApi } from "../support/consent-stack";
import { serveLocally } from "../support/local-server";
import { awsClient } from "../support/signing";

const AWS = awsClient();
const ELSEWHERE = "https://app.example.com/callback";

type Meta = Readonly<Record<string, unknown>>;

describeInBrowser("consent in a browser", () => {
  let emulator: Emulator;
  let browser: BrowserContext;
  let appUrl: string;
  let appUser = "";

  beforeAll(async () => {
    const api = await startApi();
    // The application: its page vouches for the user of its own session.
    const app = await serveLocally((request, response) => {
      // A browser asks for an icon, too, maybe when the emulator has gone.
      if (!request.url?.startsWith("/callback")) return void response.writeHead(404).end();
      const sessionUri = new URL(request.url ?? "", appUrl).searchParams.get("session_id");
      const url = `${emulator.url}/bedrock-agentcore.us-east-1.amazonaws.com/identities/CompleteResourceTokenAuth`;
      const body = JSON.stringify({ sessionUri, userIdentifier: { userToken: appUser } });
      void AWS.fetch(url, { method: "POST", body }).then(({ status }) => response.end(`The vault says ${status}.`));
    });
    appUrl = `${app.replace("127.0.0.1", "localhost")}/callback`;
    emulator = await emulate(await consentStack({ oauth: { default_return_url: ELSEWHERE } }), consentOptions(api.url));
    registerReturnUrl(emulator, ELSEWHERE, appUrl);
    browser = await openBrowser({ width: 1024, height: 768 });
  }, 120_000);

  /** Calls the tool as an MCP client does, which opens the URL that it is given, and calls again. */
  async function callTool(token: string, open: (url: string) => Promise<void>, meta?: Meta): Promise<unknown> {
    const client = new Client({ name: "test", version: "1" }, { capabilities: { elicitation: { url: {} } } });
    const options = { requestInit: { headers: bearer(token) } };
    await client.connect(new StreamableHTTPClientTransport(new URL(outputOf(emulator, "gateway_url")), options));
    const call = (_meta?: Meta) => client.callTool({ name: "notes___me", arguments: {}, ...(_meta && { _meta }) });
    try {
      await expect(call(meta)).rejects.toThrow("This request requires more information.");
      const required = await call(meta).catch((error: unknown) => error);
      expect(required).toBeInstanceOf(UrlElicitationRequiredError);
      await open((required as UrlElicitationRequiredError).elicitations[0]?.url ?? "");
      return (await call()).content;
    } finally {
      await client.close();
    }
  }

  async function openPage(): Promise<{ page: Page; strangers: string[] }> {
    const page = await browser.newPage();
    const strangers: string[] = [];
    page.on("request", (request) => {
      const { hostname } = new URL(request.url());
      if (!["127.0.0.1", "localhost"].includes(hostname)) strangers.push(request.url());
    });
    return { page, strangers };
  }

  const NOTE = [{ type: "text", text: '{"note":"remember"}' }];

  test("by the keyboard alone, and the emulator does the part of an application elsewhere", async () => {
    const token = await signIn(emulator, "alice");
    const { page, strangers } = await openPage();
    const content = await callTool(token, async (url) => {
      await page.goto(url);
      await page.locator("#sub:focus").waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Back to the application" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await screenshot(page, "consent-return");
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Consent given" }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
    });
    expect(content).toEqual(NOTE);
    expect(strangers).toEqual([]);
    await page.close();
  }, 60_000);

  test("can be denied, which the way back says, and cannot be begun or answered again", async () => {
    const { page } = await openPage();
    const denied = callTool(await signIn(emulator, "carol"), async (url) => {
      await page.goto(url);
      await page.getByRole("button", { name: "Deny" }).click();
      await page.getByText("There was no consent: access_denied.").waitFor();
      await page.goBack();
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByText("This answer belongs to no authorization that is under way.").waitFor();
      await page.goto(url);
      await page.getByText("This link has been used, or is older than ten minutes.").waitFor();
    });
    await expect(denied).rejects.toThrow("This request requires more information.");
    await page.close();
  }, 60_000);

  test("at an application of this machine, for its own user and nobody else", async () => {
    const [bob, mallory] = [await signIn(emulator, "bob"), await signIn(emulator, "mallory")];
    const meta = {
      "aws.bedrock-agentcore.gateway/credentialProviderConfiguration": {
        oauthCredentialProvider: { returnUrl: appUrl },
      },
    };
    const { page, strangers } = await openPage();
    const consent = async (url: string): Promise<string> => {
      await page.goto(url);
      await page.locator("#sub:focus").waitFor();
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/callback\?session_id=/);
      return page.textContent("body").then((text) => text ?? "");
    };
    const content = await callTool(
      bob,
      async (url) => {
        appUser = mallory;
        expect(await consent(url)).toBe("The vault says 403.");
        appUser = bob;
        await page.reload();
        expect(await page.textContent("body")).toBe("The vault says 200.");
      },
      meta,
    );
    expect(content).toEqual(NOTE);
    expect(strangers).toEqual([]);
    await page.close();
  }, 60_000);
});
