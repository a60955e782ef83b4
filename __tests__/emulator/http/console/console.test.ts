import { request as httpRequest } from "node:http";

import type { Emulator } from "../../../../emulator";
import type { ConsoleSystem } from "../../../../emulator/view/model";
import { articleStack, emulate, outputOf } from "../../../support/article-stack";
import { cognito } from "../../../support/callers";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await emulate(await articleStack());
});

const get = (path: string, accept = "*/*") => fetch(`${emulator.url}${path}`, { headers: { accept } });

/** As sent, without a client that would straighten the path. */
function statusOf(path: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const { hostname, port } = new URL(emulator.url);
    httpRequest({ hostname, port, path }, (response) => resolve(response.resume().statusCode))
      .on("error", reject)
      .end();
  });
}

function makeUser(headers: Record<string, string>, body: unknown): Promise<Response> {
  return fetch(`${emulator.url}/_emulator/users`, { method: "POST", headers, body: JSON.stringify(body) });
}

describe("the page", () => {
  test("is at the root for a browser, with a policy that lets in nothing but its own files", async () => {
    const response = await get("/", "text/html,application/xhtml+xml,*/*;q=0.8");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const policy = response.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("require-trusted-types-for 'script'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|data:/);
  });

  test("is not at the root for an AWS client", async () => {
    expect((await get("/")).status).toBe(404);
  });

  test("names no file but its own, and all of them are served", async () => {
    const page = await (await get("/", "text/html")).text();
    const files = [...page.matchAll(/(?:src|href)="([^"#][^"]*)"/g)].map(([, file]) => file ?? "");
    expect(files.length).toBeGreaterThan(2);
    for (const file of files) {
      expect(file).toMatch(/^\/_emulator\/console\//);
      expect((await get(file)).status).toBe(200);
    }
  });

  test.each([
    "/_emulator/console/../http/console.ts",
    "/_emulator/console/..%2fhttp%2fconsole.ts",
    "/_emulator/console/%2e%2e/%2e%2e/package.json",
    "/_emulator/console/package.json",
    "/_emulator/console/nothing.js",
    "/_emulator/console/",
    "/_emulator/nothing",
  ])("fails for %s with 404", async (path) => {
    expect(await statusOf(path)).toBe(404);
  });
});

describe("the system", () => {
  test("is told with stations, links between them, and who can sign in", async () => {
    const system = (await (await get("/_emulator/system")).json()) as ConsoleSystem;
    expect(system.deployment).toEqual({ status: "deployed" });
    expect(system.stations.map(({ kind }) => kind).sort()).toEqual([
      "caller",
      "gateway",
      "inboundPool",
      "outboundPool",
      "runtime",
      "server",
      "tokenVault",
    ]);
    const ids = system.stations.map(({ id }) => id);
    for (const { from, to } of system.links) expect(ids).toEqual(expect.arrayContaining([from, to]));
    expect(system.endpoints).toMatchObject([
      {
        authorizerType: "CUSTOM_JWT",
        url: outputOf(emulator, "gateway_url"),
        signIn: [{ clientId: outputOf(emulator, "inbound_client_id") }],
      },
    ]);
  });

  test("holds no client secret", async () => {
    const { clientSecret } = emulator.account.credentialProviders.get("m2m-auth-demo-m2m-oauth2-provider");
    expect(await (await get("/_emulator/system")).text()).not.toContain(clientSecret);
  });
});

describe("the page's user", () => {
  test("is made, and can sign in; a second time it gets a new password", async () => {
    const userPoolId = outputOf(emulator, "inbound_user_pool_id");
    for (let time = 0; time < 2; time += 1) {
      const response = await makeUser({ "content-type": "application/json" }, { userPoolId });
      expect(response.status).toBe(201);
      const { username, password } = (await response.json()) as { username: string; password: string };
      const signedIn = await cognito(emulator, "InitiateAuth", {
        ClientId: outputOf(emulator, "inbound_client_id"),
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME: username, PASSWORD: password },
      });
      expect(signedIn.status).toBe(200);
    }
  });

  test.each([
    ["another origin", { "content-type": "application/json", origin: "https://evil.example" }, 403],
    ["a form, which any origin may send", { "content-type": "text/plain" }, 403],
  ])("fails to be made by %s", async (_, headers, status) => {
    expect((await makeUser(headers, { userPoolId: outputOf(emulator, "inbound_user_pool_id") })).status).toBe(status);
  });

  test("fails to be made in a pool that does not exist", async () => {
    expect((await makeUser({ "content-type": "application/json" }, { userPoolId: "us-east-1_nowhere" })).status).toBe(
      404,
    );
    expect((await makeUser({ "content-type": "application/json" }, {})).status).toBe(400);
  });
});
