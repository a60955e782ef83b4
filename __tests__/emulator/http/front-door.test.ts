import { request } from "node:http";

import type { Emulator } from "../../../emulator";
import { articleStack, emulate, outputOf } from "../../support/article-stack";
import { awsClient } from "../../support/signing";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await emulate(await articleStack(), { allowedHosts: ["Emulator"] });
});

interface Door {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const json = { "content-type": "application/json" };
const initiateAuth = {
  "content-type": "application/x-amz-json-1.1",
  "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
};
const form = { "content-type": "application/x-www-form-urlencoded" };
const pathOf = (url: string) => url.replace(emulator.url, "");
const poolId = () => outputOf(emulator, "inbound_user_pool_id");

const doors: [name: string, door: () => Door][] = [
  ["the gateway", () => ({ method: "POST", path: pathOf(outputOf(emulator, "gateway_url")), headers: json })],
  [
    "the gateway's metadata",
    () => ({
      method: "GET",
      path: pathOf(outputOf(emulator, "gateway_url")).replace("/mcp", "/.well-known/oauth-protected-resource"),
    }),
  ],
  [
    "the runtime",
    () => ({ method: "POST", path: pathOf(String(emulator.gateways()[0]?.targets[0]?.endpoint)), headers: json }),
  ],
  ["the AWS APIs at the root", () => ({ method: "POST", path: "/", headers: initiateAuth })],
  [
    "the Cognito API at its host",
    () => ({ method: "POST", path: "/cognito-idp.us-east-1.amazonaws.com/", headers: initiateAuth }),
  ],
  ["the AgentCore API at the root", () => ({ method: "GET", path: "/gateways/" })],
  ["the IAM API at its host", () => ({ method: "POST", path: "/iam.amazonaws.com/", headers: form })],
  [
    "a discovery document",
    () => ({
      method: "GET",
      path: `/cognito-idp.us-east-1.amazonaws.com/${poolId()}/.well-known/openid-configuration`,
    }),
  ],
  [
    "a pool's keys",
    () => ({ method: "GET", path: `/cognito-idp.us-east-1.amazonaws.com/${poolId()}/.well-known/jwks.json` }),
  ],
  [
    "the token endpoint",
    () => ({
      method: "POST",
      path: "/m2m-auth-demo-outbound-123456789012.auth.us-east-1.amazoncognito.com/oauth2/token",
      headers: form,
    }),
  ],
  ["the page", () => ({ method: "GET", path: "/", headers: { accept: "text/html" } })],
  ["the page's files", () => ({ method: "GET", path: "/_emulator/console/main.js" })],
  ["the page's system", () => ({ method: "GET", path: "/_emulator/system" })],
  ["the page's events", () => ({ method: "GET", path: "/_emulator/events" })],
  ["the page's users", () => ({ method: "POST", path: "/_emulator/users", headers: json })],
  ["the calls", () => ({ method: "GET", path: "/_emulator/calls" })],
  ["the outputs", () => ({ method: "GET", path: "/_emulator/outputs" })],
  ["the clock", () => ({ method: "POST", path: "/_emulator/clock", headers: json })],
];

/** As sent: `fetch` lets nobody choose the host, nor the origin. */
function knock(
  { method, path, headers }: Door,
  more: Readonly<Record<string, string>>,
): Promise<{ status?: number; allowed?: string; text: string }> {
  const { hostname, port, host } = new URL(emulator.url);
  const options = { hostname, port, method, path, headers: { host, ...headers, ...more } };
  return new Promise((resolve, reject) => {
    const outgoing = request(options, (answer) => {
      const { statusCode: status, headers: answered } = answer;
      answer.setEncoding("utf8").once("data", (text: string) => {
        resolve({ status, allowed: answered["access-control-allow-origin"], text });
        outgoing.destroy();
      });
    });
    outgoing.on("error", reject).end();
  });
}

const port = () => new URL(emulator.url).port;
const foreignHosts: [name: string, host: () => string][] = [
  ["another name", () => "evil.example"],
  ["another name with the port", () => `evil.example:${port()}`],
  ["a name that begins like this machine", () => `localhost.evil.example:${port()}`],
  ["a name that ends like this machine", () => `evil.localhost:${port()}`],
  ["an address beside this machine", () => `127.0.0.10:${port()}`],
  ["all addresses", () => `0.0.0.0:${port()}`],
];
const foreignOrigins = [
  "https://evil.example",
  "http://localhost.evil.example",
  "null",
  "chrome-extension://abcdef",
  "http://127.0.0.1.evil.example:4700",
];

describe.each(doors)("%s", (_, door) => {
  test.each(foreignHosts)("fails under the host name of a page that was bound anew: %s", async (_name, host) => {
    const { status, text } = await knock(door(), { host: host() });
    expect([status, text]).toEqual([403, expect.stringContaining("answers only to the host names")]);
  });

  test.each(foreignOrigins)("fails for a page of the origin %s, and lets it read nothing", async (origin) => {
    const { status, allowed, text } = await knock(door(), { origin });
    expect([status, allowed, text]).toEqual([403, undefined, expect.stringContaining("web pages, of this machine")]);
  });

  test.each(["http://localhost:6274", "http://127.0.0.1:4700", "http://[::1]:8080"])(
    "is open to a page of this machine: %s",
    async (origin) => {
      const { text } = await knock(door(), { origin });
      expect(text).not.toContain("of this machine");
    },
  );
});

test.each(["localhost", "[::1]"])("is open under the name %s", async (name) => {
  expect(await knock({ method: "GET", path: "/_emulator/outputs" }, { host: `${name}:${port()}` })).toMatchObject({
    status: 200,
  });
});

test("is open under a name that is allowed, and gives URLs that lead there again", async () => {
  const path = pathOf(outputOf(emulator, "gateway_url")).replace("/mcp", "/.well-known/oauth-protected-resource");
  const host = `emulator:${port()}`;
  const { status, text } = await knock({ method: "GET", path }, { host, origin: "http://emulator:8080" });
  const { resource, authorization_servers: servers } = JSON.parse(text) as Record<string, unknown>;
  expect({ status, resource, servers }).toEqual({
    status: 200,
    resource: expect.stringMatching(`^http://${host}/m2m-auth-demo-gateway-`) as string,
    servers: [expect.stringMatching(`^http://${host}/cognito-idp.us-east-1.amazonaws.com/`)],
  });
  expect((await knock({ method: "GET", path }, { host: "a.emulator" })).status).toBe(403);
});

test("fails where nothing is emulated, and says where to look", async () => {
  const { status, text } = await knock({ method: "GET", path: "/nowhere" }, {});
  expect(status).toBe(404);
  expect(JSON.parse(text)).toEqual({
    message: `Nothing is emulated at GET /nowhere: name a host of AWS in the path, or open ${emulator.url} in a browser.`,
  });
});

test("refuses a request that is signed for a service that is not emulated by that name", async () => {
  const headers = { "x-amz-target": "CloudApiService.CreateResource" };
  const response = await awsClient("cloudcontrolapi").fetch(emulator.url, { method: "POST", headers, body: "{}" });
  expect([response.status, response.headers.get("x-amzn-errortype"), await response.json()]).toEqual([
    404,
    "UnknownOperationException",
    { message: "The emulator does not offer the service cloudcontrolapi." },
  ]);
});
