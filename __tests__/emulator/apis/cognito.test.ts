import { join } from "node:path";

import type { Emulator } from "../../../emulator";
import { emulate } from "../../support/article-stack";
import { boto3Session } from "../../support/aws-clients";
import { emptyStack } from "../../support/empty-stack";
import { missingBoto3, testUnless } from "../../support/skip";
import { decode } from "../cognito/fixtures";

const boto3Test = testUnless(missingBoto3());

let emulator: Emulator;
const lines: string[] = [];
const message = (text: string) => expect.stringContaining(text) as string;
const session = (name: string) => join(__dirname, "sessions", `${name}.py`);
const invalid = { status: 400, code: "InvalidParameterException" };
const missing = { status: 400, code: "ResourceNotFoundException" };
const notAuthorized = (text: string) => ({ status: 400, code: "NotAuthorizedException", message: text });

beforeAll(async () => {
  emulator = await emulate(emptyStack(), { log: (line) => lines.push(line) });
});

boto3Test("boto3 makes, changes and deletes pools, domains, resource servers and clients", async () => {
  const shown = await boto3Session(emulator.url, session("user_pools"), { domain: "people-a1b2c3d4" });
  expect(shown).toMatchObject({
    created: {
      Id: expect.stringMatching(/^us-east-1_[0-9a-zA-Z]{9}$/) as string,
      Policies: { PasswordPolicy: { MinimumLength: 10, RequireUppercase: true, RequireSymbols: false } },
      SchemaAttributes: [{ Name: "email", Required: true }],
      DeletionProtection: "ACTIVE",
    },
    listed: ["people"],
    triggers: {
      PreSignUp: "arn:aws:lambda:us-east-1:123456789012:function:f",
      PreTokenGenerationConfig: { LambdaVersion: "V1_0" },
    },
    byAlias: "ann",
    aliasAsName: { ...invalid, message: message("Username cannot be of email format") },
    aliasTaken: { code: "AliasExistsException" },
    tier: { code: "FeatureUnavailableInTierException", message: message("is not available in the LITE tier") },
    requiredCustom: { ...invalid, message: message("Required custom attributes are not supported") },
    movedAlias: "bob",
    customDomain: ["ACTIVE", "x"],
    badPolicy: { ...invalid, message: message("'policies.passwordPolicy.minimumLength'") },
    protected: { ...invalid, message: message("deletion protection is activated") },
    updated: {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: "INACTIVE",
      Policies: { PasswordPolicy: { MinimumLength: 8, RequireSymbols: true } },
    },
    noDomain: {},
    domain: { Domain: "people-a1b2c3d4", Status: "ACTIVE" },
    secondDomain: invalid,
    server: { Identifier: "mcp", Scopes: [{ ScopeName: "read" }] },
    takenServer: invalid,
    servers: ["Renamed"],
    noServer: missing,
    machine: {
      AccessTokenValidity: 15,
      TokenValidityUnits: { AccessToken: "minutes", IdToken: "hours", RefreshToken: "days" },
    },
    secretLength: 51,
    noScope: { status: 400, code: "ScopeDoesNotExistException" },
    replaced: { ClientName: "renamed", AllowedOAuthFlows: [], CallbackURLs: null, AccessTokenValidity: 1 },
    secretStays: true,
    clients: [["renamed"], ["second"]],
    noClient: missing,
    withDomain: { ...invalid, message: message("It has a domain configured that should be deleted first.") },
    gone: missing,
    notOffered: { status: 400, code: "UnknownOperationException", message: message("does not offer") },
  });
});

boto3Test("boto3 signs users up and in, reads, signs out and deletes them", async () => {
  const signUp = await boto3Session(emulator.url, session("sign_up"));
  expect(signUp).toMatchObject({
    signUp: {
      UserConfirmed: false,
      CodeDeliveryDetails: { Destination: "t***@e***", DeliveryMedium: "EMAIL", AttributeName: "email" },
    },
    taken: { status: 400, code: "UsernameExistsException" },
    weak: { status: 400, code: "InvalidPasswordException" },
    unconfirmed: { status: 400, code: "UserNotConfirmedException", message: "User is not confirmed." },
    wrongCode: { status: 400, code: "CodeMismatchException" },
    resent: { AttributeName: "email" },
  });
  const code = /confirmation code of me in \S+ is (\d{6})/.exec(lines.at(-1) ?? "")?.[1];
  const shown = await boto3Session(emulator.url, session("users"), {
    pool: signUp["pool"],
    client: signUp["client"],
    code,
  });
  const everyToken = ["AccessToken", "ExpiresIn", "IdToken", "RefreshToken", "TokenType"];
  expect(shown).toMatchObject({
    again: notAuthorized("User cannot be confirmed. Current status is CONFIRMED"),
    takenGroup: { status: 400, code: "GroupExistsException" },
    groups: ["readers"],
    members: ["me"],
    attributes: { email: "test@example.com", email_verified: "true" },
    idTokenRefused: notAuthorized("Invalid Access Token"),
    unknownUser: notAuthorized("Incorrect username or password."),
    wrong: notAuthorized("Incorrect username or password."),
    refreshed: ["AccessToken", "ExpiresIn", "IdToken", "TokenType"],
    notRefreshToken: { status: 400, code: "UnsupportedTokenTypeException" },
    revoked: notAuthorized("Refresh Token has been revoked"),
    revokedAccess: notAuthorized("Access Token has been revoked"),
    signedOut: notAuthorized("Access Token has been revoked"),
    changed: everyToken,
    adminFlowAlone: { ...invalid, message: "Initiate Auth method not supported." },
    srp: { ...invalid, message: "USER_SRP_AUTH flow not enabled for this client" },
    users: [["me", "ann"], ["bob"]],
    found: ["ann"],
    badFilter: invalid,
    byAdmin: everyToken,
    responded: everyToken,
    disabled: notAuthorized("User is disabled."),
    deleted: { status: 400, code: "UserNotFoundException" },
    eve: ["CONFIRMED", true, "Eve"],
    endedByAdmin: notAuthorized("Access Token has been revoked"),
    noMembers: [],
    described: "They read",
    groupsLeft: ["others"],
    noGroup: missing,
    choice: ["SELECT_CHALLENGE", ["PASSWORD", "PASSWORD_SRP"]],
    byCode: {
      ...invalid,
      message: "The emulator does not offer the challenge EMAIL_OTP: choose PASSWORD or PASSWORD_SRP.",
    },
    chosen: everyToken,
    chosenTwice: notAuthorized("Invalid session for the user, session can only be used once."),
    preferred: everyToken,
  });
  const { AccessToken, IdToken } = shown["tokens"] as Record<string, string>;
  for (const token of [AccessToken, IdToken]) {
    expect(decode(token ?? "").payload).toMatchObject({ "cognito:groups": ["readers"] });
  }

  const trace = JSON.stringify(emulator.calls());
  expect(trace).toContain("InitiateAuth");
  expect(trace).not.toMatch(/Pass123!|eyJ[\w-]{10}|"ClientSecret\\*":\\*"(?!\[masked\])/);
});
