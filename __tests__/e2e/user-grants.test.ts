import { DeploymentError, type Emulator, type EmulatorOptions } from "../../emulator";
import { decode } from "../emulator/cognito/fixtures";
import { emulate, outputOf, type TerraformJson } from "../support/article-stack";
import { bearer, cognito, postMcp, signIn, toolsCall, toolsList } from "../support/callers";
import {
  consent,
  consentOptions,
  consentStack,
  locationOf,
  registerReturnUrl,
  RETURN_URL,
  startApi,
  type UserGrant,
} from "../support/consent-stack";
import { startScriptedServer } from "../support/scripted-server";
import { awsClient } from "../support/signing";

const AWS = awsClient();
const DATA = "bedrock-agentcore.us-east-1.amazonaws.com";

let api: Awaited<ReturnType<typeof startApi>>;
beforeAll(async () => {
  api = await startApi();
});
afterEach(() => void api.seen.splice(0));

async function start(
  grant: UserGrant,
  bend?: (document: TerraformJson) => void,
  options: Partial<EmulatorOptions> = {},
): Promise<Emulator> {
  const emulator = await emulate(await consentStack(grant, bend), { ...consentOptions(api.url), ...options });
  registerReturnUrl(emulator, RETURN_URL, "https://app.example.com/callback");
  return emulator;
}

async function call(emulator: Emulator, token: string): Promise<Record<string, unknown>> {
  const { body } = await postMcp(outputOf(emulator, "gateway_url"), toolsCall("notes___me", {}), bearer(token));
  return body as Record<string, unknown>;
}

function urlOf({ error }: Record<string, unknown>): string {
  const { data } = error as { data: { elicitations: [{ url: string }] } };
  return data.elicitations[0].url;
}

async function complete({ url }: Emulator, sessionUri: string | null, userIdentifier: object): Promise<number> {
  const body = JSON.stringify({ sessionUri, userIdentifier });
  return (await AWS.fetch(`${url}/${DATA}/identities/CompleteResourceTokenAuth`, { method: "POST", body })).status;
}

const exchange = (config: object) => ({ custom: { on_behalf_of_token_exchange_config: [config] } });
const EXCHANGE = { grant_type: "TOKEN_EXCHANGE", default_return_url: undefined };

test.each<[string, object, object]>([
  [
    "RFC 8693",
    { grant_type: "TOKEN_EXCHANGE", token_exchange_grant_type_config: [{ actor_token_content: "NONE" }] },
    {},
  ],
  [
    "RFC 8693 with a token of the client",
    { grant_type: "TOKEN_EXCHANGE", token_exchange_grant_type_config: [{ actor_token_content: "M2M" }] },
    {},
  ],
  ["RFC 7523", { grant_type: "JWT_AUTHORIZATION_GRANT" }, { audience: "https://notes.example.com" }],
])("a gateway exchanges its caller's token by %s", async (_, config, custom_parameters) => {
  const emulator = await start({ provider: exchange(config), oauth: { ...EXCHANGE, custom_parameters } });
  const token = await signIn(emulator);
  expect(await call(emulator, token)).toMatchObject({ result: { isError: false } });
  const { payload } = decode(String(api.seen[0]?.authorization).replace("Bearer ", ""));
  const aud = "audience" in custom_parameters ? "https://notes.example.com" : "notes-client";
  const { sub } = decode(token).payload as { sub: string };
  expect(payload).toMatchObject({ iss: "https://login.example.com", sub, act: { sub: "notes-client" }, aud });
});

test("Cognito exchanges no tokens, nor does a provider that does not say how", async () => {
  const pool = "${aws_cognito_user_pool.outbound.id}";
  const oauth_discovery = [
    { discovery_url: `https://cognito-idp.us-east-1.amazonaws.com/${pool}/.well-known/openid-configuration` },
  ];
  const client = {
    client_id: "${aws_cognito_user_pool_client.m2m.id}",
    client_secret: "${aws_cognito_user_pool_client.m2m.client_secret}",
  };
  const { custom } = exchange({ grant_type: "JWT_AUTHORIZATION_GRANT" });
  const cognitos = await start({ provider: { custom: { ...custom, ...client, oauth_discovery } }, oauth: EXCHANGE });
  const traceOf = async (emulator: Emulator) => {
    expect(await call(emulator, await signIn(emulator))).toMatchObject({ result: { isError: true } });
    return JSON.stringify(emulator.calls().at(-1));
  };
  const refused = await traceOf(cognitos);
  expect(refused).toContain("Error parsing TokenExchange response");
  expect(refused).toContain("unsupported_grant_type");
  const unconfigured = await start({ oauth: EXCHANGE });
  expect(await traceOf(unconfigured)).toContain("is not configured for on-behalf-of token exchange");
});

test.each(["AUTHORIZATION_CODE", "TOKEN_EXCHANGE"])("%s needs a gateway that knows who calls", async (grant_type) => {
  const failure = start({ oauth: { grant_type } }, ({ resource }) => {
    const gateway = resource["aws_bedrockagentcore_gateway"]?.["main"] ?? {};
    Object.assign(gateway, { authorizer_type: "AWS_IAM", authorizer_configuration: undefined });
  });
  await expect(failure).rejects.toThrow(DeploymentError);
  await expect(failure).rejects.toThrow("is not supported when gateway authorizer type is AWS_IAM");
});

test("an MCP server without written tools waits for an administrator's consent", async () => {
  const server = await startScriptedServer();
  const target_configuration = [{ mcp: [{ mcp_server: [{ endpoint: "https://notes.example.com/mcp" }] }] }];
  const emulator = await start(
    { target: { target_configuration } },
    ({ resource }) => {
      const policy = resource["aws_iam_role_policy"]?.["users"] as { policy: string };
      policy.policy = policy.policy.replace("TokenForJWT", "TokenFor*");
    },
    { hosts: { "notes.example.com": server.url } },
  );
  const [gateway] = emulator.account.gateways.all();
  const { gatewayId } = gateway?.attributes ?? {};
  const { targetId } = gateway?.targets.find(({ declaration }) => declaration.name === "notes") ?? {};
  const target = `${emulator.url}/bedrock-agentcore-control.us-east-1.amazonaws.com/gateways/${gatewayId}/targets/${targetId}/`;
  const pending = (await (await AWS.fetch(target)).json()) as {
    status: string;
    authorizationData: { oauth2: { authorizationUrl: string; userId: string } };
  };
  expect(pending.status).toBe("CREATE_PENDING_AUTH");
  const { authorizationUrl, userId } = pending.authorizationData.oauth2;
  expect((await AWS.fetch(target, { method: "DELETE" })).status).toBe(409);
  const session = (await consent(authorizationUrl, "admin")).searchParams.get("session_id");
  expect(await complete(emulator, session, { userId })).toBe(200);
  await emulator.account.rest();
  const settled = await (await AWS.fetch(target)).json();
  expect(settled).toMatchObject({ status: "READY" });
  expect(settled).not.toHaveProperty("authorizationData");
  const headers = bearer(await signIn(emulator));
  const listed = JSON.stringify(
    (await postMcp(outputOf(emulator, "gateway_url"), { ...toolsList, params: { cursor: undefined } }, headers)).body,
  );
  expect(listed).toContain("nextCursor");
  const called = await postMcp(
    outputOf(emulator, "gateway_url"),
    toolsCall("notes___add_numbers", { a: 5, b: 3 }),
    headers,
  );
  expect(called.body).toMatchObject({ error: { code: -32042 } });
});

test("the emulator's own page does the part of an application that no server of this machine stands for", async () => {
  const emulator = await start({ oauth: { default_return_url: "https://app.example.com/callback" } });
  const token = await signIn(emulator);
  const back = await consent(urlOf(await call(emulator, token)));
  expect(back.pathname).toBe(`/${DATA}/identities/oauth2/return`);
  const page = await fetch(back);
  const [, csrf = ""] = /name="_csrf" value="([^"]+)"/.exec(await page.text()) ?? [];
  const send = (cookie: string) =>
    fetch(back, { method: "POST", headers: { cookie }, body: new URLSearchParams({ _csrf: csrf }) });
  expect((await send("XSRF-TOKEN=")).status).toBe(403);
  expect((await send("XSRF-TOKEN=another")).status).toBe(403);
  expect(await (await send(`XSRF-TOKEN=${csrf}`)).text()).toContain("The token is in the vault");
  expect((await send(`XSRF-TOKEN=${csrf}`)).status).toBe(400);
  expect(await call(emulator, token)).toMatchObject({ result: { isError: false } });
});

test("an authorization server of others is named on a page, with what to do", async () => {
  const authorization_server_metadata = [
    {
      issuer: "https://github.com",
      authorization_endpoint: "https://github.com/login/oauth/authorize",
      token_endpoint: "https://github.com/login/oauth/access_token",
    },
  ];
  const custom = { oauth_discovery: [{ authorization_server_metadata }] };
  const emulator = await start({ provider: { custom } });
  const page = await fetch(urlOf(await call(emulator, await signIn(emulator))), { redirect: "manual" });
  expect(page.status).toBe(400);
  expect(await page.text()).toContain("--host github.com=http://127.0.0.1:PORT");
  expect(emulator.calls().at(-1)?.hops[0]?.fix).toContain("--issuer HOST");
});

test("users consent at a user pool that stands for the authorization server", async () => {
  const emulator = await start(
    {
      provider: {
        custom: {
          client_id: "${aws_cognito_user_pool_client.notes.id}",
          client_secret: "${aws_cognito_user_pool_client.notes.client_secret}",
          oauth_discovery: [
            {
              discovery_url:
                "https://cognito-idp.us-east-1.amazonaws.com/${aws_cognito_user_pool.inbound.id}/.well-known/openid-configuration",
            },
          ],
        },
      },
      oauth: { scopes: ["openid", "email"] },
    },
    ({ resource }) => {
      const domains = resource["aws_cognito_user_pool_domain"] ?? {};
      domains["people"] = { domain: "people-k3v9", user_pool_id: "${aws_cognito_user_pool.inbound.id}" };
      const clients = resource["aws_cognito_user_pool_client"] ?? {};
      clients["notes"] = {
        name: "notes",
        user_pool_id: "${aws_cognito_user_pool.inbound.id}",
        generate_secret: true,
        allowed_oauth_flows_user_pool_client: true,
        allowed_oauth_flows: ["code"],
        allowed_oauth_scopes: ["openid", "email"],
        callback_urls: ["https://app.example.com/later"],
        supported_identity_providers: ["COGNITO"],
      };
    },
  );
  const token = await signIn(emulator);
  const { callbackUrl, clientId: ClientId } = emulator.account.credentialProviders.get("notes");
  await cognito(emulator, "UpdateUserPoolClient", {
    UserPoolId: outputOf(emulator, "inbound_user_pool_id"),
    ClientId,
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid", "email"],
    CallbackURLs: [callbackUrl],
    SupportedIdentityProviders: ["COGNITO"],
  });
  const login = await locationOf((await locationOf(urlOf(await call(emulator, token)))).href);
  const page = await fetch(login);
  const cookie = page.headers.get("set-cookie")?.split(";")[0] ?? "";
  const [, _csrf = ""] = /name="_csrf" value="([^"]+)"/.exec(await page.text()) ?? [];
  const signedIn = await fetch(login, {
    method: "POST",
    headers: { cookie },
    body: new URLSearchParams({ username: "test-user", password: "TestPass123!", _csrf }),
    redirect: "manual",
  });
  const back = await locationOf(signedIn.headers.get("location") ?? "");
  expect(await complete(emulator, back.searchParams.get("session_id"), { userToken: token })).toBe(200);
  expect(await call(emulator, token)).toMatchObject({ result: { isError: false } });
  const { payload } = decode(String(api.seen[0]?.authorization).replace("Bearer ", ""));
  expect(payload).toMatchObject({ token_use: "access", client_id: ClientId, scope: "openid email" });
});

test("MCP 2026-07-28 asks by a result, and only clients that open URLs", async () => {
  const emulator = await start({}, ({ resource }) => {
    const gateway = resource["aws_bedrockagentcore_gateway"]?.["main"] as {
      protocol_configuration: { mcp: { supported_versions: string[] }[] }[];
    };
    gateway.protocol_configuration[0]?.mcp[0]?.supported_versions.push("2026-07-28");
  });
  const token = await signIn(emulator);
  const ask = (clientCapabilities: object) => {
    const stated = { protocolVersion: "2026-07-28", clientCapabilities };
    const _meta = Object.fromEntries(
      Object.entries(stated).map(([key, value]) => [`io.modelcontextprotocol/${key}`, value]),
    );
    const { params, ...message } = toolsCall("notes___me", {});
    const headers = { "mcp-protocol-version": "2026-07-28", "mcp-method": "tools/call", "mcp-name": "notes___me" };
    const sent = { ...message, params: { ...params, _meta } };
    return postMcp(outputOf(emulator, "gateway_url"), sent, { ...bearer(token), ...headers });
  };
  const unable = await ask({});
  const requiredCapabilities = { elicitation: { url: {} } };
  expect(unable).toMatchObject({ status: 400, body: { error: { code: -32021, data: { requiredCapabilities } } } });

  const { result } = (await ask(requiredCapabilities)).body as {
    result: { resultType: string; inputRequests: Record<string, { method: string; params: { url: string } }> };
  };
  const [id = ""] = Object.keys(result.inputRequests);
  const request = result.inputRequests[id];
  expect(result.resultType).toBe("input_required");
  expect(request).toMatchObject({ method: "elicitation/create", params: { mode: "url", elicitationId: id } });
  const back = await consent(request?.params.url ?? "");
  expect(await complete(emulator, back.searchParams.get("session_id"), { userToken: token })).toBe(200);
  expect((await ask(requiredCapabilities)).body).toMatchObject({ result: { resultType: "complete", isError: false } });
});
