import type { Emulator } from "../../emulator";
import { emulate, outputOf } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";
import { cdktfAgentcore } from "../support/command-here";
import {
  consent,
  consentOptions,
  consentStack,
  locationOf,
  registerReturnUrl,
  RETURN_URL,
  startApi,
} from "../support/consent-stack";
import { decode } from "../emulator/cognito/fixtures";
import { awsClient } from "../support/signing";

const META = "aws.bedrock-agentcore.gateway/credentialProviderConfiguration";
const AWS = awsClient();

let emulator: Emulator;
let api: Awaited<ReturnType<typeof startApi>>;
let token: string;

beforeAll(async () => {
  api = await startApi();
  emulator = await emulate(await consentStack(), consentOptions(api.url));
  registerReturnUrl(emulator, RETURN_URL, "https://app.example.com/callback");
  token = await signIn(emulator);
}, 60_000);
interface Answer {
  readonly result?: { readonly content: unknown };
  readonly error?: { readonly code: number; readonly message: string; readonly data: { elicitations: Elicitation[] } };
}
interface Elicitation {
  readonly url: string;
  readonly elicitationId: string;
}

async function call(userToken = token, meta?: object): Promise<Answer> {
  const { params, ...message } = toolsCall("notes___me", {});
  const sent = {
    ...message,
    params: { ...params, ...(meta && { _meta: { [META]: { oauthCredentialProvider: meta } } }) },
  };
  return (await postMcp(outputOf(emulator, "gateway_url"), sent, bearer(userToken))).body as Answer;
}

async function askedFor(userToken = token, meta?: object): Promise<string> {
  const { error } = await call(userToken, meta);
  return error?.data.elicitations[0]?.url ?? "";
}

async function complete(sessionUri: string | null, userIdentifier: object): Promise<{ status: number; body: unknown }> {
  const url = `${emulator.url}/bedrock-agentcore.us-east-1.amazonaws.com/identities/CompleteResourceTokenAuth`;
  const response = await AWS.fetch(url, { method: "POST", body: JSON.stringify({ sessionUri, userIdentifier }) });
  return { status: response.status, body: await response.json() };
}

const RESULT = { content: [{ type: "text", text: '{"note":"remember"}' }], isError: false };
const INVALID = { status: 403, body: { message: "Invalid or expired session" } };

test("a user consents in a browser, and the repeated call goes through with a token of his own", async () => {
  expect(await call()).toEqual({
    jsonrpc: "2.0",
    id: 2,
    error: {
      code: -32042,
      message: "This request requires more information.",
      data: {
        elicitations: [
          {
            mode: "url",
            elicitationId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
            url: expect.stringMatching(
              /^http:\/\/127\.0\.0\.1:\d+\/bedrock-agentcore\.us-east-1\.amazonaws\.com\/identities\/oauth2\/authorize\?request_uri=urn%3A/,
            ) as string,
            message: "Please login to this URL for authorization.",
          },
        ],
      },
    },
  });
  expect(api.seen).toHaveLength(0);

  const back = await consent(await askedFor());
  expect(back.href).toMatch(
    /^http:\/\/localhost:8765\/callback\?session_id=urn%3Aietf%3Aparams%3Aoauth%3Arequest_uri%3A/,
  );
  // The session is bound by the application: until then nobody has a token.
  expect((await call()).error?.code).toBe(-32042);

  expect(await complete(back.searchParams.get("session_id"), { userToken: token })).toEqual({ status: 200, body: {} });
  expect((await call()).result).toEqual(RESULT);
  const { payload } = decode(String(api.seen[0]?.authorization).replace("Bearer ", ""));
  expect(payload).toMatchObject({ iss: "https://login.example.com", sub: "ann", scope: "notes.read" });
  expect(JSON.stringify(emulator.calls())).not.toContain(String(api.seen[0]?.authorization).slice(7, 60));
});

test("another user has to consent for himself, and the command prints where", async () => {
  const { port } = new URL(emulator.url);
  const bob = ["--token", await signIn(emulator, "bob"), "--port", port];
  expect(await cdktfAgentcore("call", "notes___me", ...bob)).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(
      /^cdktf-agentcore: The gateway asks for the user's consent: open http:\S+request_uri=\S+ in a browser, and call again\.\n$/,
    ) as string,
  });
  expect((await call(await signIn(emulator, "bob"))).error?.code).toBe(-32042);
});

test("a new token of the same user finds what he has consented to", async () => {
  expect((await call(await signIn(emulator))).result).toEqual(RESULT);
});

test("who forces it is asked again, and may name another page to come back to", async () => {
  const url = await askedFor(token, { forceAuthentication: true, returnUrl: "https://app.example.com/callback" });
  const back = await consent(url);
  expect(back.pathname).toBe("/bedrock-agentcore.us-east-1.amazonaws.com/identities/oauth2/return");
  const page = await (await fetch(back)).text();
  expect(page).toContain("Complete in the place of app.example.com");
});

test("a page that the gateway's identity has not registered is refused in AWS's words", async () => {
  const { error } = await call(await signIn(emulator, "eve"), { returnUrl: "http://localhost:1/" });
  expect(error).toBeUndefined();
  const hop = emulator
    .calls()
    .at(-1)
    ?.hops.find(({ name }) => name === "token vault");
  expect(hop?.failure).toBe(
    "You must register and use at least one ResourceOauth2ReturnUrl on your workload identity to use this flow",
  );
  expect(hop?.fix).toContain("update-workload-identity --allowed-resource-oauth2-return-urls");
});

describe("what does not bind a session", () => {
  let carol: string;
  beforeAll(async () => {
    carol = await signIn(emulator, "carol");
  });

  test("another user, or another token of the same one", async () => {
    const session = (await consent(await askedFor(carol))).searchParams.get("session_id");
    expect(await complete(session, { userToken: token })).toEqual(INVALID);
    expect(await complete(session, { userId: "carol" })).toEqual(INVALID);
    expect(await complete(session, { userToken: carol })).toEqual({ status: 200, body: {} });
    // A session is bound once.
    expect(await complete(session, { userToken: carol })).toEqual(INVALID);
  });

  test("one whose user has not consented yet", async () => {
    const url = new URL(await askedFor(carol, { forceAuthentication: true }));
    expect(await complete(url.searchParams.get("request_uri"), { userToken: carol })).toEqual(INVALID);
  });

  test("one older than ten minutes", async () => {
    const dave = await signIn(emulator, "dave");
    const url = await askedFor(dave);
    const session = (await consent(url)).searchParams.get("session_id");
    emulator.clock.advance(10 * 60_000);
    expect(await complete(session, { userToken: dave })).toEqual(INVALID);
    const page = await fetch(url);
    expect([page.status, await page.text()]).toEqual([400, expect.stringContaining("older than ten minutes")]);
  });
});

test("who denies goes back to the application with the error, and has no token", async () => {
  const frank = await signIn(emulator, "frank");
  const vendor = await locationOf(await askedFor(frank));
  const callback = await locationOf(vendor.href, { sub: "frank", claims: "{}", answer: "deny" });
  const back = await locationOf(callback.href);
  expect(back.searchParams.get("error")).toBe("access_denied");
  expect(await complete(back.searchParams.get("session_id"), { userToken: frank })).toEqual(INVALID);
});

test("an answer with another state, or one that was given before, is refused", async () => {
  const grace = await signIn(emulator, "grace");
  const url = await askedFor(grace);
  const vendor = await locationOf(url);
  const callback = await locationOf(vendor.href, { sub: "grace", claims: "{}" });
  const forged = new URL(callback);
  forged.searchParams.set("state", "forged");
  expect((await fetch(forged)).status).toBe(400);
  await locationOf(callback.href);
  expect((await fetch(callback)).status).toBe(400);
  expect((await fetch(url)).status).toBe(400);
  const hop = emulator.calls().at(-1)?.hops[0];
  expect(hop).toMatchObject({ name: "consent page", checks: [{ name: "request_uri", passed: false }] });
});
