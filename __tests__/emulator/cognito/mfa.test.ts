import type { MfaDeclaration } from "../../../topology";
import { ManualClock } from "../../../emulator/clock";
import { Journal } from "../../../emulator/cloud/journal";
import { Cognito } from "../../../emulator/cloud/cognito/cognito";
import { Random } from "../../../emulator/cloud/random";
import { cognitoIdpHandler } from "../../../emulator/http/cognito-idp";
import { appCode } from "../../support/authenticator-app";
import { signedRequest } from "../../support/signing";
import { pool, publicClient, REGION } from "./fixtures";

const API_URL = "https://cognito-idp.us-east-1.amazonaws.com/";
const PASSWORD = "TestPass123!";

const clock = new ManualClock(Date.parse("2026-11-29T12:00:00Z"));
const messages: string[] = [];
const cognito = new Cognito(
  { region: REGION, accountId: "123456789012", clock, random: new Random("mfa") },
  (message) => messages.push(message),
);
const handler = cognitoIdpHandler(cognito, new Random(), new Journal(clock, new Random()), { valid: () => undefined });

interface Answer {
  readonly AuthenticationResult?: { readonly AccessToken: string };
  readonly ChallengeName?: string;
  readonly ChallengeParameters?: Record<string, string>;
  readonly Session?: string;
  readonly SecretCode?: string;
  readonly Status?: string;
  readonly UserMFASettingList?: string[];
  readonly PreferredMfaSetting?: string;
}

async function call(operation: string, request: object): Promise<Answer> {
  const headers = {
    "content-type": "application/x-amz-json-1.1",
    "x-amz-target": `AWSCognitoIdentityProviderService.${operation}`,
  };
  const signed = await signedRequest({ url: API_URL, service: "cognito-idp", headers, body: JSON.stringify(request) });
  const response = await handler(signed);
  const body = (await response.json()) as Answer & { __type?: string; message?: string };
  if (response.status === 200) return body;
  throw new Error(`${response.status} ${body.__type}: ${body.message}`);
}

/** A pool with its client. */
function poolWith(mfa: MfaDeclaration) {
  const { userPoolId: UserPoolId } = cognito.createUserPool(pool({ poolName: `pool-${mfa.factors.length}`, mfa }));
  const { clientId: ClientId } = cognito.createUserPoolClient(publicClient(UserPoolId));
  const { users } = cognito.userPool(UserPoolId);
  return {
    UserPoolId,
    ClientId,
    addUser(username: string, attributes: Record<string, string> = {}) {
      users.adminCreateUser({ username, attributes: new Map(Object.entries(attributes)) });
      users.adminSetUserPassword(username, PASSWORD, true);
    },
    signIn: (USERNAME: string) =>
      call("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", ClientId, AuthParameters: { USERNAME, PASSWORD } }),
    answer: ({ ChallengeName, Session }: Answer, USERNAME: string, responses: Record<string, string> = {}) =>
      call("RespondToAuthChallenge", {
        ClientId,
        ChallengeName,
        Session,
        ChallengeResponses: { USERNAME, ...responses },
      }),
    describe: (Username: string) => call("AdminGetUser", { UserPoolId, Username }),
  };
}

const codeOf = (secret: string, offset = 0) => appCode(secret, clock.now() + offset * 30_000);
const nextHalfMinute = () => clock.advance(30_000);
const lastCode = () => /is (\d{6})$/.exec(messages.at(-1) ?? "")?.[1] ?? "";

describe("a pool that demands authenticator apps", () => {
  const demanding = poolWith({ mode: "ON", factors: ["SOFTWARE_TOKEN_MFA"] });
  let secret: string;

  test("has a user set one up as he signs in", async () => {
    demanding.addUser("alice");
    const asked = await demanding.signIn("alice");
    expect(asked).toMatchObject({
      ChallengeName: "MFA_SETUP",
      ChallengeParameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]', USER_ID_FOR_SRP: "alice" },
    });
    await expect(demanding.answer(asked, "alice")).rejects.toThrow(
      "400 InvalidParameterException: User has not set up software token mfa",
    );
    const associated = await call("AssociateSoftwareToken", { Session: asked.Session });
    secret = associated.SecretCode ?? "";
    expect(secret).toMatch(/^[A-Z2-7]{52}$/);
    await expect(call("AssociateSoftwareToken", { Session: asked.Session })).rejects.toThrow(
      "Invalid session for the user, session can only be used once.",
    );
    const wrong = { Session: associated.Session, UserCode: codeOf(secret, 5) };
    await expect(call("VerifySoftwareToken", wrong)).rejects.toThrow(
      "400 EnableSoftwareTokenMFAException: Code mismatch and fail enable Software Token MFA",
    );
    const verified = await call("VerifySoftwareToken", { ...wrong, UserCode: codeOf(secret) });
    expect(verified.Status).toBe("SUCCESS");
    const { Session } = verified;
    const done = await demanding.answer({ ChallengeName: "MFA_SETUP", Session }, "alice");
    expect(done.AuthenticationResult?.AccessToken).toContain("eyJ");
    expect(await demanding.describe("alice")).toMatchObject({ UserMFASettingList: ["SOFTWARE_TOKEN_MFA"] });
  });

  test("asks for its code from then on, which counts once", async () => {
    nextHalfMinute();
    const asked = await demanding.signIn("alice");
    expect(asked.ChallengeName).toBe("SOFTWARE_TOKEN_MFA");
    const answer = (SOFTWARE_TOKEN_MFA_CODE: string) => demanding.answer(asked, "alice", { SOFTWARE_TOKEN_MFA_CODE });
    await expect(answer(codeOf(secret, 7))).rejects.toThrow(
      "400 CodeMismatchException: Invalid code received for user",
    );
    await expect(demanding.answer(asked, "alice")).rejects.toThrow(
      "Missing required parameter SOFTWARE_TOKEN_MFA_CODE",
    );
    const code = codeOf(secret);
    expect((await answer(code)).AuthenticationResult).toBeDefined();
    await expect(answer(code)).rejects.toThrow("Invalid session for the user, session can only be used once.");
    const again = await demanding.signIn("alice");
    await expect(demanding.answer(again, "alice", { SOFTWARE_TOKEN_MFA_CODE: code })).rejects.toThrow(
      "400 ExpiredCodeException: Your software token has already been used once.",
    );
  });

  test("asks an administrator's server, too, and after a new password", async () => {
    await call("AdminCreateUser", {
      UserPoolId: demanding.UserPoolId,
      Username: "invited",
      TemporaryPassword: PASSWORD,
    });
    const replace = await demanding.signIn("invited");
    const setUp = await demanding.answer(replace, "invited", { NEW_PASSWORD: "Another123!" });
    expect([replace.ChallengeName, setUp.ChallengeName]).toEqual(["NEW_PASSWORD_REQUIRED", "MFA_SETUP"]);
    nextHalfMinute();
    const asked = await demanding.signIn("alice");
    const answered = await call("AdminRespondToAuthChallenge", {
      UserPoolId: demanding.UserPoolId,
      ClientId: demanding.ClientId,
      ChallengeName: "SOFTWARE_TOKEN_MFA",
      Session: asked.Session,
      ChallengeResponses: { USERNAME: "alice", SOFTWARE_TOKEN_MFA_CODE: codeOf(secret) },
    });
    expect(answered.AuthenticationResult).toBeDefined();
  });

  test("takes no session of another user, of another challenge or after three minutes", async () => {
    demanding.addUser("bob");
    nextHalfMinute();
    const [alice, bob] = [await demanding.signIn("alice"), await demanding.signIn("bob")];
    const answer = { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret) };
    const refused = "400 NotAuthorizedException: Invalid session for the user";
    await expect(demanding.answer(alice, "bob", answer)).rejects.toThrow(refused);
    await expect(demanding.answer({ ...alice, Session: bob.Session }, "alice", answer)).rejects.toThrow(refused);
    await expect(call("AssociateSoftwareToken", { Session: alice.Session })).rejects.toThrow(refused);
    await expect(call("AssociateSoftwareToken", { Session: "A".repeat(20) })).rejects.toThrow(refused);
    await expect(call("AssociateSoftwareToken", {})).rejects.toThrow("Either AccessToken or Session is required.");
    clock.advance(180_000);
    await expect(demanding.answer(alice, "alice", answer)).rejects.toThrow("session is expired");
  });
});

describe("a pool that leaves second factors to its users", () => {
  const optional = poolWith({ mode: "OPTIONAL", factors: ["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP"] });
  const on = { Enabled: true };
  const preferred = { Enabled: true, PreferredMfa: true };
  let AccessToken: string;
  let secret: string;

  const prefer = (settings: object) => call("SetUserMFAPreference", { AccessToken, ...settings });

  test("asks nobody at first, and refuses what a user does not have", async () => {
    optional.addUser("carol", { phone_number: "+15555550123" });
    AccessToken = (await optional.signIn("carol")).AuthenticationResult?.AccessToken ?? "";
    await expect(prefer({ EmailMfaSettings: on })).rejects.toThrow(
      "400 InvalidParameterException: User does not have delivery config set to turn on EMAIL_OTP",
    );
    await expect(prefer({ SoftwareTokenMfaSettings: on })).rejects.toThrow("turn on SOFTWARE_TOKEN_MFA");
    await expect(prefer({ SMSMfaSettings: { PreferredMfa: true } })).rejects.toThrow(
      "SMS_MFA has to be enabled to be preferred.",
    );
    const verified = { AccessToken, UserCode: "123456" };
    await expect(call("VerifySoftwareToken", verified)).rejects.toThrow("User has not set up software token mfa");
    expect(await optional.describe("carol")).not.toHaveProperty("UserMFASettingList");
  });

  test("sends a code by text message, which the emulator prints", async () => {
    await prefer({ SMSMfaSettings: on });
    const asked = await optional.signIn("carol");
    expect(asked).toMatchObject({
      ChallengeName: "SMS_MFA",
      ChallengeParameters: {
        CODE_DELIVERY_DELIVERY_MEDIUM: "SMS",
        CODE_DELIVERY_DESTINATION: "+*******0123",
        USER_ID_FOR_SRP: "carol",
      },
    });
    expect(messages.at(-1)).toMatch(/^The sign-in code of carol in us-east-1_\w+ is \d{6}$/);
    const other = lastCode() === "000000" ? "000001" : "000000";
    await expect(optional.answer(asked, "carol", { SMS_MFA_CODE: other })).rejects.toThrow(
      "400 CodeMismatchException: Invalid code or auth state for the user.",
    );
    expect((await optional.answer(asked, "carol", { SMS_MFA_CODE: lastCode() })).AuthenticationResult).toBeDefined();
  });

  test("lets the user choose where there are several, and remembers the preferred one", async () => {
    secret = (await call("AssociateSoftwareToken", { AccessToken })).SecretCode ?? "";
    await call("VerifySoftwareToken", { AccessToken, UserCode: codeOf(secret) });
    await prefer({ SoftwareTokenMfaSettings: on });
    const asked = await optional.signIn("carol");
    expect(asked).toMatchObject({
      ChallengeName: "SELECT_MFA_TYPE",
      ChallengeParameters: { MFAS_CAN_CHOOSE: '["SMS_MFA","SOFTWARE_TOKEN_MFA"]' },
    });
    await expect(optional.answer(asked, "carol", { ANSWER: "EMAIL_OTP" })).rejects.toThrow("MFAS_CAN_CHOOSE");
    const chosen = await optional.answer(asked, "carol", { ANSWER: "SOFTWARE_TOKEN_MFA" });
    nextHalfMinute();
    const done = await optional.answer(chosen, "carol", { SOFTWARE_TOKEN_MFA_CODE: codeOf(secret) });
    expect(done.AuthenticationResult).toBeDefined();

    await prefer({ SMSMfaSettings: preferred });
    expect((await optional.signIn("carol")).ChallengeName).toBe("SMS_MFA");
    await prefer({ SMSMfaSettings: on, SoftwareTokenMfaSettings: preferred });
    expect(await call("GetUser", { AccessToken })).toMatchObject({
      UserMFASettingList: ["SMS_MFA", "SOFTWARE_TOKEN_MFA"],
      PreferredMfaSetting: "SOFTWARE_TOKEN_MFA",
    });
    await expect(prefer({ SMSMfaSettings: preferred, SoftwareTokenMfaSettings: preferred })).rejects.toThrow(
      "Only one MFA factor can be preferred.",
    );
    await prefer({ SMSMfaSettings: { Enabled: false }, SoftwareTokenMfaSettings: { Enabled: false } });
    expect((await optional.signIn("carol")).AuthenticationResult).toBeDefined();
  });

  test("by email; an administrator may say so, and ask for an app that is still to be set up", async () => {
    optional.addUser("dave", { email: "dave@example.com" });
    const dave = { UserPoolId: optional.UserPoolId, Username: "dave" };
    await call("AdminSetUserMFAPreference", { ...dave, EmailMfaSettings: preferred });
    const asked = await optional.signIn("dave");
    expect(asked).toMatchObject({
      ChallengeName: "EMAIL_OTP",
      ChallengeParameters: { CODE_DELIVERY_DELIVERY_MEDIUM: "EMAIL", CODE_DELIVERY_DESTINATION: "d***@e***" },
    });
    expect((await optional.answer(asked, "dave", { EMAIL_OTP_CODE: lastCode() })).AuthenticationResult).toBeDefined();
    await call("AdminSetUserMFAPreference", {
      ...dave,
      EmailMfaSettings: { Enabled: false },
      SoftwareTokenMfaSettings: preferred,
    });
    expect((await optional.signIn("dave")).ChallengeName).toBe("MFA_SETUP");
  });
});

describe("the second factors of a pool", () => {
  const token = { SoftwareTokenMfaConfiguration: { Enabled: true } };
  const sms = { SmsConfiguration: { SnsCallerArn: "arn:aws:iam::123456789012:role/sms" } };
  const create = (request: object) =>
    call("CreateUserPool", { PoolName: "api", ...request }).then((answer) => {
      const { UserPool } = answer as { UserPool: { Id: string; MfaConfiguration: string } };
      return UserPool;
    });

  test("are set and told by the API", async () => {
    const { Id: UserPoolId } = await create({});
    expect(await call("GetUserPoolMfaConfig", { UserPoolId })).toEqual({ MfaConfiguration: "OFF" });
    const { UserPoolClient } = (await call("CreateUserPoolClient", { UserPoolId, ClientName: "app" })) as {
      UserPoolClient: { ClientId: string };
    };
    const on = { MfaConfiguration: "ON", ...token };
    expect(await call("SetUserPoolMfaConfig", { UserPoolId, ...on })).toEqual(on);
    expect(await call("GetUserPoolMfaConfig", { UserPoolId })).toEqual(on);
    await call("UpdateUserPool", { UserPoolId, MfaConfiguration: "OPTIONAL" });
    expect(await call("GetUserPoolMfaConfig", { UserPoolId })).toEqual({ ...on, MfaConfiguration: "OPTIONAL" });
    await call("UpdateUserPool", { UserPoolId, MfaConfiguration: "OFF" });
    expect(await call("GetUserPoolMfaConfig", { UserPoolId })).toEqual({ MfaConfiguration: "OFF" });
    expect(UserPoolClient.ClientId).toBeDefined();
    expect((await create({ MfaConfiguration: "ON", ...sms })).MfaConfiguration).toBe("ON");
  });

  test.each<[string, object, string]>([
    ["OFF with a factor", { MfaConfiguration: "OFF", ...token }, "can't turn off MFA and configure an MFA together."],
    ["ON without one", { MfaConfiguration: "ON" }, "can't disable all MFAs with a required or optional configuration."],
    [
      "ON with one that is off",
      { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: {} },
      "can't disable all MFAs",
    ],
  ])("cannot be %s", async (_, configuration, sentence) => {
    const { Id: UserPoolId } = await create({});
    await expect(call("SetUserPoolMfaConfig", { UserPoolId, ...configuration })).rejects.toThrow(
      `400 InvalidParameterException: Invalid MFA configuration given, ${sentence}`,
    );
  });

  test("need text messages where a pool is made with them", async () => {
    await expect(create({ MfaConfiguration: "OPTIONAL" })).rejects.toThrow(
      "SMS configuration and Auto verification for phone_number are required when MFA is required/optional",
    );
  });

  test("are not there for a pool that asks nobody", async () => {
    const { Id: UserPoolId } = await create({});
    const { clientId } = cognito.createUserPoolClient(publicClient(UserPoolId));
    const { users } = cognito.userPool(UserPoolId);
    users.adminCreateUser({ username: "erin", attributes: new Map() });
    users.adminSetUserPassword("erin", PASSWORD, true);
    const { AuthenticationResult } = await call("InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: clientId,
      AuthParameters: { USERNAME: "erin", PASSWORD },
    });
    const { AccessToken } = AuthenticationResult ?? {};
    await expect(call("AssociateSoftwareToken", { AccessToken })).rejects.toThrow(
      "400 SoftwareTokenMFANotFoundException: Software Token MFA has not been enabled by the userPool",
    );
  });
});
