import { join } from "node:path";

import type { Emulator } from "../../../emulator";
import { articleStack, emulate } from "../../support/article-stack";
import { boto3Session } from "../../support/aws-clients";
import { missingBoto3, testUnless } from "../../support/skip";
import { decode } from "../cognito/fixtures";

const boto3Test = testUnless(missingBoto3());

let emulator: Emulator;
const message = (text: string) => expect.stringContaining(text) as string;

beforeAll(async () => {
  emulator = await emulate(await articleStack());
});

boto3Test("boto3 draws tokens and keys from the vault, and is refused as AWS refuses", async () => {
  const shown = await boto3Session(emulator.url, join(__dirname, "sessions", "data_plane.py"));
  const validation = { status: 400, code: "ValidationException" };
  const missing = { status: 404, code: "ResourceNotFoundException" };
  expect(shown).toMatchObject({
    distinct: 3,
    noWorkload: missing,
    badScope: { ...validation, message: message("Error parsing ClientCredentials response") },
    badToken: { ...validation, message: "The workload identity token is invalid or has expired." },
    noProvider: missing,
    federation: { ...validation, message: "The workload access token is for no user." },
    noUser: { ...validation, message: "The user token is no JWT with the claims iss and sub." },
    apiKey: "k3y-value",
    noSession: { status: 403, code: "AccessDeniedException", message: "Invalid or expired session" },
    jwtRuntime: { status: 403, code: "AccessDeniedException", message: message("Authorization method mismatch.") },
    noRuntime: missing,
    noStopping: {
      status: 404,
      code: "UnknownOperationException",
      message: message("/stopruntimesession of bedrock-agentcore"),
    },
    stranger: {
      status: 403,
      code: "UnrecognizedClientException",
      message: message("security token included in the request"),
    },
    forger: {
      status: 403,
      code: "InvalidSignatureException",
      message: message("does not match the signature you provided"),
    },
    elsewhere: { status: 403, code: "InvalidSignatureException", message: message("valid region, not 'eu-west-1'") },
  });
  const { payload } = decode(String(shown["m2m"]));
  expect(payload).toMatchObject({ token_use: "access", scope: "mcp-server/tools.read" });

  const trace = JSON.stringify(emulator.calls());
  expect(trace).toContain("GetResourceOauth2Token");
  for (const secret of [shown["m2m"], shown["workload"], "k3y-value"]) expect(trace).not.toContain(secret);
});
