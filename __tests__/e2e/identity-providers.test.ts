import { mintToken } from "../../cli/sign-in/mint-token";
import type { Emulator } from "../../emulator";
import { decode } from "../emulator/cognito/fixtures";
import { bentResources, emulate } from "../support/article-stack";
import { bearer, postMcp, toolsList } from "../support/callers";
import { cdktfAgentcore } from "../support/command-here";
import { expectOnMachine, walkUrls } from "../support/url-walk";

const TENANT = "11111111-2222-3333-4444-555555555555";
const ENTRA = `https://login.microsoftonline.com/${TENANT}/v2.0`;
const OKTA = "https://dev-1234.okta.com/oauth2/default";
const AUTH0 = "https://tenant.eu.auth0.com/";

type Authorizer = Readonly<Record<string, unknown>>;
const discovery = (issuer: string) => `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
const claim = (name: string, type: string, operator: string, value: object) => ({
  inbound_token_claim_name: name,
  inbound_token_claim_value_type: type,
  authorizing_claim_match_value: [{ claim_match_operator: operator, claim_match_value: [value] }],
});

/** Each is that of a gateway; the first two are those of runtimes too. */
const AUTHORIZERS: Readonly<Record<string, Authorizer>> = {
  entra: {
    discovery_url: discovery(ENTRA),
    allowed_scopes: ["tools.read", "tools.write"],
    allowed_audience: ["api://tools"],
  },
  okta: { discovery_url: discovery(OKTA), allowed_scopes: ["tools.read"] },
  okta_clients: { discovery_url: discovery(OKTA), allowed_clients: ["0oa1"] },
  auth0: {
    discovery_url: discovery(AUTH0),
    allowed_audience: ["https://tools.example.com"],
    custom_claim: [claim("roles", "STRING_ARRAY", "CONTAINS", { match_value_string: "admin" })],
  },
  group: {
    discovery_url: discovery(ENTRA),
    custom_claim: [
      claim("tid", "STRING", "EQUALS", { match_value_string: TENANT }),
      claim("groups", "STRING_ARRAY", "CONTAINS_ANY", { match_value_string_list: ["dev", "ops"] }),
    ],
  },
  rfc8414: {
    discovery_url: `${OKTA}/.well-known/oauth-authorization-server`,
    allowed_scopes: ["tools.read"],
  },
};

type AuthorizerName = "entra" | "okta" | "okta_clients" | "auth0" | "group" | "rfc8414";
type Claims = Readonly<Record<string, unknown>>;

let emulator: Emulator;
const urls = { gateway: new Map<string, string>(), runtime: new Map<string, string>() };

beforeAll(async () => {
  const folder = await bentResources((resources) => {
    const gateways = resources["aws_bedrockagentcore_gateway"] ?? {};
    const runtimes = resources["aws_bedrockagentcore_agent_runtime"] ?? {};
    for (const [name, authorizer] of Object.entries(AUTHORIZERS)) {
      const authorizer_configuration = [{ custom_jwt_authorizer: [authorizer] }];
      gateways[name] = { ...gateways["main"], name: name.replace("_", "-"), authorizer_configuration };
      if (["entra", "okta"].includes(name)) {
        runtimes[name] = { ...runtimes["mcp_server"], agent_runtime_name: name, authorizer_configuration };
      }
    }
  });
  const issuers = [ENTRA, OKTA, AUTH0].map((issuer) => new URL(issuer).host);
  emulator = await emulate(folder, { issuers });
  const { gateways, runtimes } = emulator.account;
  for (const { declaration, attributes } of gateways.all()) {
    urls.gateway.set(declaration.name.replace("-", "_"), attributes.gatewayUrl.replace("https://", `${emulator.url}/`));
  }
  for (const { attributes } of runtimes.all()) {
    const name = attributes.agentRuntimeId.replace(/-.*/, "");
    const arn = encodeURIComponent(attributes.agentRuntimeArn);
    urls.runtime.set(name, `${emulator.url}/bedrock-agentcore.us-east-1.amazonaws.com/runtimes/${arn}/invocations`);
  }
});

const ISSUER_OF: Record<AuthorizerName, string> = {
  entra: ENTRA,
  okta: OKTA,
  okta_clients: OKTA,
  auth0: AUTH0,
  group: ENTRA,
  rfc8414: OKTA,
};

function mint(issuer: string, claims: Claims, scope?: string): Promise<string> {
  return mintToken({ port: new URL(emulator.url).port, issuer, claims: JSON.stringify(claims), scope });
}

const FINE: Record<AuthorizerName, Claims> = {
  entra: { aud: "api://tools", scp: "tools.read other" },
  okta: { scp: ["openid", "tools.read"], cid: "0oa1" },
  okta_clients: { client_id: "0oa1" },
  auth0: { aud: "https://tools.example.com", roles: ["admin", "user"] },
  group: { tid: TENANT, groups: ["qa", "ops"] },
  rfc8414: { scp: ["tools.read"] },
};
const PAST = Math.floor(Date.now() / 1000) - 60;
const FUTURE = PAST + 3_600;

const ROWS: [name: AuthorizerName, what: string, changes: Claims, status: number][] = [
  ["entra", "its scopes as a text", {}, 200],
  ["entra", "the other scope", { scp: "tools.write" }, 200],
  ["entra", "scopes as a list", { scp: ["tools.read"] }, 200],
  ["entra", "scopes in scope", { scp: null, scope: "tools.read" }, 200],
  ["entra", "both, one of them fitting", { scp: "other", scope: "tools.write" }, 200],
  ["entra", "several audiences", { aud: ["x", "api://tools"] }, 200],
  ["entra", "other scopes", { scp: "tools.readwrite" }, 403],
  ["entra", "a scope in part", { scp: "tools" }, 403],
  ["entra", "no scopes", { scp: null, scope: null }, 403],
  ["entra", "an application's roles alone", { scp: null, roles: ["tools.read"] }, 403],
  ["entra", "scopes that are no texts", { scp: { "tools.read": true } }, 403],
  ["entra", "another audience", { aud: "api://others" }, 403],
  ["entra", "no audience", { aud: null }, 403],
  ["entra", "another tenant's issuer", { iss: ENTRA.replace("1111", "9999") }, 403],
  ["entra", "the issuer of version 1", { iss: `https://sts.windows.net/${TENANT}/` }, 403],
  ["entra", "no issuer", { iss: null }, 401],
  ["entra", "an end that is past", { exp: PAST }, 401],
  ["entra", "no end", { exp: null }, 401],
  ["entra", "a beginning to come", { nbf: FUTURE }, 401],
  ["okta", "its scopes as a list", {}, 200],
  ["okta", "its scopes as a text", { scp: "tools.read" }, 200],
  ["okta", "other scopes", { scp: ["openid"] }, 403],
  ["okta", "an empty list", { scp: [] }, 403],
  ["okta", "a list of no texts", { scp: [1, null, ["tools.read"]] }, 403],
  ["okta", "another authorization server's issuer", { iss: "https://dev-1234.okta.com" }, 403],
  ["okta_clients", "client_id", {}, 200],
  ["okta_clients", "cid instead of client_id", { client_id: null, cid: "0oa1" }, 403],
  ["okta_clients", "another client", { client_id: "0oa2" }, 403],
  ["okta_clients", "the client as azp", { client_id: null, azp: "0oa1" }, 403],
  ["auth0", "audience and role", {}, 200],
  ["auth0", "another role", { roles: ["user"] }, 403],
  ["auth0", "a role as a text, where a list is wanted", { roles: "admin" }, 403],
  ["auth0", "no roles", { roles: null }, 403],
  ["auth0", "the role and no audience", { aud: null }, 403],
  ["auth0", "the issuer without its slash", { iss: AUTH0.slice(0, -1) }, 403],
  ["group", "tenant and one of the groups", {}, 200],
  ["group", "the other group", { groups: ["dev"] }, 200],
  ["group", "none of the groups", { groups: ["qa"] }, 403],
  ["group", "another tenant", { tid: "other" }, 403],
  ["group", "a tenant as a list, where a text is wanted", { tid: [TENANT] }, 403],
  ["group", "a tenant that begins the same", { tid: `${TENANT}0` }, 403],
  ["rfc8414", "a document of RFC 8414", {}, 200],
];

test.each(ROWS)("a gateway for %s answers to %s", async (name, _, changes, status) => {
  const token = await mint(ISSUER_OF[name], { ...FINE[name], ...changes });
  expect((await postMcp(urls.gateway.get(name) ?? "", toolsList, bearer(token))).status).toBe(status);
});

test.each(ROWS.filter(([name]) => ["entra", "okta"].includes(name)))(
  "a runtime for %s answers to %s",
  async (name, _, changes, status) => {
    const token = await mint(ISSUER_OF[name], { ...FINE[name], ...changes });
    const answer = await postMcp(urls.runtime.get(name) ?? "", toolsList, bearer(token));
    expect(answer.status).toBe(status === 200 ? 200 : 401);
  },
);

test("a stand-in's own tokens say what they say in the way of the provider", async () => {
  const payload = async (issuer: string) => decode(await mint(issuer, {}, "openid tools.read")).payload;
  expect(await payload(ENTRA)).toMatchObject({ iss: ENTRA, scp: "openid tools.read", azp: "stand-in-client" });
  expect(await payload(OKTA)).toMatchObject({ iss: OKTA, scp: ["openid", "tools.read"], cid: "stand-in-client" });
  expect(await payload(AUTH0)).toMatchObject({ iss: AUTH0, scope: "openid tools.read", azp: "stand-in-client" });
});

test("the command prints tokens of any claims, and says where nobody stands in", async () => {
  const { port } = new URL(emulator.url);
  const command = (...parameters: string[]) => cdktfAgentcore("token", "--port", port, ...parameters);
  const minted = await command("--issuer", ENTRA, "--claims", '{"sub": "ann", "groups": ["dev"]}');
  expect(decode(minted.stdout).payload).toMatchObject({ iss: ENTRA, sub: "ann", groups: ["dev"] });
  expect(await command("--issuer", "login.example.com")).toMatchObject({
    status: 1,
    stderr:
      "cdktf-agentcore: The emulator does not stand in for login.example.com: start it with --issuer login.example.com.\n",
  });
  expect(await command("--issuer", "login.example.com", "--claims", "[]")).toMatchObject({ status: 2 });
});

test("a gateway's metadata names the stand-in where it is reached, and none that is nowhere", async () => {
  const metadata = async (name: string) => {
    const url = (urls.gateway.get(name) ?? "").replace("/mcp", "/.well-known/oauth-protected-resource");
    return (await (await fetch(url)).json()) as { authorization_servers: string[] };
  };
  const [issuer = ""] = (await metadata("entra")).authorization_servers;
  expect(issuer).toBe(ENTRA.replace("https://", `${emulator.url}/`));
  const inserted = issuer.replace(`${emulator.url}/`, `${emulator.url}/.well-known/oauth-authorization-server/`);
  for (const url of [`${issuer}/.well-known/openid-configuration`, inserted]) {
    expect(await (await fetch(url)).json()).toMatchObject({ issuer });
  }
  expect((await metadata("rfc8414")).authorization_servers).toEqual([OKTA.replace("https://", `${emulator.url}/`)]);
});

test("every URL of a stand-in's documents is of this machine, and something is there", async () => {
  const resources = [...urls.gateway.values()].map((url) => url.replace("/mcp", ""));
  const metadata = [...resources, ...urls.runtime.values()].map((url) => `${url}/.well-known/oauth-protected-resource`);
  const walked = await walkUrls([...urls.gateway.values(), ...urls.runtime.values(), ...metadata]);
  expectOnMachine(walked, emulator.url);
  for (const issuer of [ENTRA, OKTA, AUTH0]) {
    const found = [...walked.keys()].filter((url) => url.includes(`/${new URL(issuer).host}/`));
    expect(found.map((url) => url.replace(/.*\//, ""))).toEqual(
      expect.arrayContaining(["authorize", "keys", "register"]),
    );
  }
});
