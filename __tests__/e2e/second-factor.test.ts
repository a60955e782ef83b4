import type { BrowserContext, Page } from "playwright-core";

import type { Emulator } from "../../emulator";
import { accessibilityFaults } from "../support/accessibility";
import { emulate, outputOf } from "../support/article-stack";
import { appCode } from "../support/authenticator-app";
import { describeInBrowser, openBrowser } from "../support/browser";
import { cognito } from "../support/callers";
import { Command } from "../support/command";
import { cdktfAgentcore } from "../support/command-here";
import { serveLocally } from "../support/local-server";
import { publicClientStack } from "../support/public-client-stack";

const PASSWORD = "TestPass123!";
const HOST = "m2m-auth-demo-inbound-123456789012.auth.us-east-1.amazoncognito.com";

describeInBrowser("a pool that demands a second factor of everybody", () => {
  let emulator: Emulator;
  let browser: BrowserContext;
  let port: string;
  let secret: string;
  let messages = "";
  let callback: string;

  const people = () => emulator.account.cognito.userPool(outputOf(emulator, "inbound_user_pool_id"));

  beforeAll(async () => {
    const app = await serveLocally((_, response) => response.end("signed in"));
    callback = `${app.replace("127.0.0.1", "localhost")}/callback`;
    const folder = await publicClientStack({ callbackUrls: [callback] }, ({ resource }) => {
      const inbound = resource["aws_cognito_user_pool"]?.["inbound"] ?? {};
      Object.assign(inbound, {
        mfa_configuration: "ON",
        software_token_mfa_configuration: [{ enabled: true }],
        email_mfa_configuration: [{}],
      });
    });
    emulator = await emulate(folder, { log: (line) => void (messages += `${line}\n`) });
    ({ port } = new URL(emulator.url));
    const user = { UserPoolId: people().id, Username: "alice" };
    await cognito(emulator, "AdminCreateUser", { ...user, MessageAction: "SUPPRESS" });
    await cognito(emulator, "AdminSetUserPassword", { ...user, Password: PASSWORD, Permanent: true });
    browser = await openBrowser({ width: 1280, height: 800 });
  }, 120_000);

  /** By the keyboard, up to what is asked after the password. */
  async function typePassword(): Promise<Page> {
    await browser.clearCookies();
    const page = await browser.newPage();
    const { clientId } = people().clients.get(outputOf(emulator, "inbound_client_id")) ?? {};
    const asked = { response_type: "code", client_id: String(clientId), redirect_uri: callback, scope: "openid" };
    await page.goto(`${emulator.url}/${HOST}/oauth2/authorize?${new URLSearchParams(asked).toString()}`);
    await page.locator("#username:focus").waitFor();
    await page.keyboard.type("alice");
    await page.keyboard.press("Tab");
    await page.keyboard.type(PASSWORD);
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Sign in", exact: true }).waitFor({ state: "detached" });
    return page;
  }

  async function typeCode(page: Page, code: string): Promise<void> {
    await page.locator("#code:focus").waitFor();
    await page.keyboard.type(code);
    await page.keyboard.press("Enter");
  }

  async function arrive(page: Page): Promise<void> {
    await page.waitForURL(/callback\?code=/);
    await page.close();
  }

  const token = (...parameters: string[]) =>
    Command.ofCli(["token", "--port", port, "--username", "alice", "--password", PASSWORD, ...parameters]).end();

  test("a user sets up an app at the page, after a wrong code, too", async () => {
    const page = await typePassword();
    expect(await accessibilityFaults(page)).toEqual([]);
    secret = await page.locator("#secret").inputValue();
    expect(await page.locator("#secret_uri").inputValue()).toBe(
      `otpauth://totp/m2m-auth-demo-inbound-pool:alice?secret=${secret}&issuer=m2m-auth-demo-inbound-pool`,
    );
    await typeCode(page, appCode(secret, emulator.clock.now() + 300_000));
    await page.locator("[role=alert]", { hasText: "Code mismatch" }).waitFor();
    expect(await page.locator("#secret").inputValue()).toBe(secret);
    await typeCode(page, appCode(secret, emulator.clock.now()));
    await arrive(page);
  }, 60_000);

  test("and is asked for its code from then on, at the page and by the command", async () => {
    emulator.clock.advance(30_000);
    const page = await typePassword();
    expect(await accessibilityFaults(page)).toEqual([]);
    await typeCode(page, appCode(secret, emulator.clock.now()));
    await arrive(page);

    emulator.clock.advance(30_000);
    const silent = await token();
    expect([silent.status, silent.stderr]).toEqual([
      1,
      "cdktf-agentcore: The user alice is asked for the code that the authenticator app shows: give it by --code, or at a terminal.\n",
    ]);
    const wrong = await token("--code", appCode(secret, emulator.clock.now() + 300_000));
    expect(wrong.stderr).toContain("CodeMismatchException: Invalid code received for user.");
    const right = await token("--code", appCode(secret, emulator.clock.now()));
    expect(right).toMatchObject({ status: 0, stderr: "" });
    expect(right.stdout).toMatch(/^eyJ/);
  }, 60_000);

  test("or chooses a code by email, which the emulator prints", async () => {
    const email = {
      UserPoolId: people().id,
      Username: "alice",
      UserAttributes: [{ Name: "email", Value: "a@b.example" }],
    };
    await cognito(emulator, "AdminUpdateUserAttributes", email);
    const page = await typePassword();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.locator("button:focus").waitFor();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.locator("#code:focus").waitFor();
    await typeCode(page, /sign-in code of alice .* is (\d{6})/.exec(messages)?.[1] ?? "");
    await arrive(page);
  }, 60_000);

  test("the command's own user sets up an app of its own, however often it signs in", async () => {
    const call = () => cdktfAgentcore("call", "add_numbers", '{"a": 5, "b": 3}', "--port", port);
    expect(await call()).toMatchObject({ status: 0, stdout: "8\n" });
    expect(await call()).toMatchObject({ status: 0, stdout: "8\n" });
  }, 60_000);
});
