import { join } from "node:path";

import type { Emulator } from "../../../emulator";
import { emulate } from "../../support/article-stack";
import { boto3Session } from "../../support/aws-clients";
import { consentOptions, consentStack } from "../../support/consent-stack";
import { missingBoto3, testUnless } from "../../support/skip";
import { decode } from "../cognito/fixtures";

const boto3Test = testUnless(missingBoto3());

let emulator: Emulator;
beforeAll(async () => {
  const folder = await consentStack({}, ({ resource }) => {
    const providers = resource["aws_bedrockagentcore_oauth2_credential_provider"] ?? {};
    const [config] = (providers["notes"]?.["oauth2_provider_config"] ?? []) as [
      { custom_oauth2_provider_config: [Record<string, unknown>] },
    ];
    const [custom] = config.custom_oauth2_provider_config;
    const exchange = {
      grant_type: "TOKEN_EXCHANGE",
      token_exchange_grant_type_config: [{ actor_token_content: "M2M", actor_token_scopes: ["act"] }],
    };
    providers["exchanger"] = {
      ...providers["notes"],
      name: "exchanger",
      oauth2_provider_config: [
        { custom_oauth2_provider_config: [{ ...custom, on_behalf_of_token_exchange_config: [exchange] }] },
      ],
    };
  });
  emulator = await emulate(folder, consentOptions("http://127.0.0.1:9"));
}, 60_000);

boto3Test("boto3 walks a user's consent, exchanges his token, and says who may call", async () => {
  const shown = await boto3Session(emulator.url, join(__dirname, "sessions", "user_federation.py"));
  const validation = { status: 400, code: "ValidationException" };
  const { sessionUri, authorizationUrl } = shown["begun"] as Record<string, string>;
  expect(shown).toMatchObject({
    begun: {
      authorizationUrl: `${emulator.url}/bedrock-agentcore.us-east-1.amazonaws.com/identities/oauth2/authorize?request_uri=${encodeURIComponent(sessionUri ?? "")}`,
      sessionUri: expect.stringMatching(/^urn:ietf:params:oauth:request_uri:[\w-]+$/) as string,
      sessionStatus: "IN_PROGRESS",
    },
    same: true,
    status: "IN_PROGRESS",
    elsewhere: {
      ...validation,
      message:
        "You must register and use at least one ResourceOauth2ReturnUrl on your workload identity to use this flow",
    },
    back: { session_id: sessionUri, state: "mine" },
    kept: true,
    forced: true,
    failed: "FAILED",
    error: "access_denied",
    noExchange: {
      ...validation,
      message: "Credential provider notes is not configured for on-behalf-of token exchange.",
    },
    noToken: {
      ...validation,
      message: "The workload access token is for no user with a token that could be exchanged.",
    },
    put: true,
    got: true,
    nobody: { ...validation, message: "Missing required field Principal" },
    noResource: { status: 404, code: "ResourceNotFoundException" },
    left: null,
  });
  expect(authorizationUrl).toBeDefined();
  expect(decode(String(shown["token"])).payload).toMatchObject({ sub: "ann", scope: "notes.read offline_access" });
  expect(decode(String(shown["exchanged"])).payload).toMatchObject({
    sub: "ann",
    act: { sub: "notes-client" },
    scope: "notes.read",
  });
});
