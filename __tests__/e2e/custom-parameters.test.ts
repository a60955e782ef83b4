import type { Emulator } from "../../emulator";
import { bentResources, emulate, outputOf, type TerraformJson } from "../support/article-stack";
import { bearer, postMcp, signIn, toolsCall } from "../support/callers";
import { serveLocally } from "../support/local-server";
import { startScriptedServer } from "../support/scripted-server";
import { signedRequest } from "../support/signing";
import { allowGateway } from "../support/policies";

type Resources = TerraformJson["resource"];
const PROVIDER = "aws_bedrockagentcore_oauth2_credential_provider";

/** A target outside AWS, with a token of an authorization server outside AWS. */
function addTarget(resources: Resources): void {
  const authorization_server_metadata = [
    {
      issuer: "https://login.example.com",
      authorization_endpoint: "https://login.example.com/a",
      token_endpoint: "https://login.example.com/token",
    },
  ];
  (resources[PROVIDER] ??= {})["outside"] = {
    name: "outside",
    credential_provider_vendor: "CustomOauth2",
    oauth2_provider_config: [
      {
        custom_oauth2_provider_config: [
          { client_id: "id", client_secret: "s3cret", oauth_discovery: [{ authorization_server_metadata }] },
        ],
      },
    ],
  };
  const rights = ["bedrock-agentcore:Get*", "secretsmanager:GetSecretValue"];
  const custom_parameters = { audience: "https://api.example.com/?a=b&c", grant_type: "password", scope: "everything" };
  const provider_arn = `\${${PROVIDER}.outside.credential_provider_arn}`;
  (resources["aws_bedrockagentcore_gateway_target"] ??= {})["outside"] = {
    name: "outside",
    gateway_identifier: "${aws_bedrockagentcore_gateway.main.gateway_id}",
    depends_on: [allowGateway(resources, "outside", rights)],
    credential_provider_configuration: [{ oauth: [{ provider_arn, scopes: ["read"], custom_parameters }] }],
    target_configuration: [{ mcp: [{ mcp_server: [{ endpoint: "https://mcp.example.com/mcp" }] }] }],
  };
}

let emulator: Emulator;
const forms: Record<string, string>[] = [];

beforeAll(async () => {
  const login = await serveLocally((request, response) => {
    let form = "";
    request.setEncoding("utf8").on("data", (text: string) => (form += text));
    request.on("end", () => {
      forms.push(Object.fromEntries(new URLSearchParams(form)));
      response.writeHead(200, { "content-type": "application/json" });
      response.end(JSON.stringify({ access_token: `token-${forms.length}`, token_type: "Bearer", expires_in: 3_600 }));
    });
  });
  const server = await startScriptedServer({ header: "authorization", value: "Bearer token-1" });
  const hosts = { "login.example.com": login, "mcp.example.com": server.url };
  emulator = await emulate(await bentResources(addTarget), { hosts });
});

test("sends a target's custom parameters to the token endpoint, which replace none of the flow's own", async () => {
  expect(forms).toEqual([
    { audience: "https://api.example.com/?a=b&c", grant_type: "client_credentials", scope: "read" },
  ]);
});

test("keeps the token for calls with the same parameters", async () => {
  const headers = bearer(await signIn(emulator));
  const { body } = await postMcp(
    outputOf(emulator, "gateway_url"),
    toolsCall("outside___add_numbers", { a: 5, b: 3 }),
    headers,
  );
  expect(body).toMatchObject({ result: { structuredContent: { result: 8 } } });
  expect(forms).toHaveLength(1);
});

test("sends those of GetResourceOauth2Token, for which it asks anew", async () => {
  const ask = async (operation: string, body: object): Promise<Record<string, string>> => {
    const url = `${emulator.url}/identities/${operation}`;
    const response = await fetch(
      await signedRequest({ url, service: "bedrock-agentcore", body: JSON.stringify(body) }),
    );
    return (await response.json()) as Record<string, string>;
  };
  emulator.account.workloadIdentities.create({ name: "worker" });
  const { workloadAccessToken } = await ask("GetWorkloadAccessToken", { workloadName: "worker" });
  const request = {
    workloadIdentityToken: workloadAccessToken,
    resourceCredentialProviderName: "outside",
    scopes: ["read"],
    oauth2Flow: "M2M",
  };
  expect(await ask("oauth2/token", { ...request, customParameters: { tenant: "a" } })).toEqual({
    accessToken: "token-2",
  });
  expect(await ask("oauth2/token", request)).toEqual({ accessToken: "token-3" });
  expect(forms.slice(1)).toEqual([
    { tenant: "a", grant_type: "client_credentials", scope: "read" },
    { grant_type: "client_credentials", scope: "read" },
  ]);
  expect(await ask("oauth2/token", { ...request, customParameters: { "not allowed": "a" } })).toMatchObject({
    reason: "FieldValidationFailed",
  });
});

test.each(['""', '{"length":{"toString":1,"valueOf":1}}'])("takes %s for no token", async (token) => {
  const login = await serveLocally((_, response) => response.end(`{"access_token":${token}}`));
  const hosts = { "login.example.com": login };
  await expect(emulate(await bentResources(addTarget), { hosts })).rejects.toThrow(
    "Error parsing ClientCredentials response",
  );
});
