import { createHmac } from "node:crypto";
import { cognitoIdpHandler } from "../../../emulator/http/cognito-idp";
import { Journal } from "../../../emulator/cloud/journal";
import { Random } from "../../../emulator/cloud/random";
import { signedRequest, type SigningOptions } from "../../support/signing";
import { createArticlePools, decode, pool, publicClient } from "./fixtures";

const SERVICE = "AWSCognitoIdentityProviderService";
const API_URL = "https://cognito-idp.us-east-1.amazonaws.com/";
const DAY = 86_400_000;

const { clock, cognito, inbound } = createArticlePools();
const { userPoolId, clientId } = inbound;
const handler = cognitoIdpHandler(cognito, new Random(), new Journal(clock, new Random()), { valid: () => undefined });

interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken?: string;
  readonly ExpiresIn: number;
  readonly TokenType: string;
}
interface Answer {
  readonly User?: { readonly Username: string; readonly UserStatus: string };
  readonly AuthenticationResult?: Tokens;
  readonly ChallengeName?: string;
  readonly ChallengeParameters?: Record<string, string>;
  readonly Session?: string;
}

const headersFor = (target: string) => ({ "content-type": "application/x-amz-json-1.1", "x-amz-target": target });

async function send(target: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  return handler(new Request(API_URL, { method: "POST", headers: { ...headersFor(target), ...headers }, body }));
}

async function sendSigned(target: string, body: string, scope: Partial<SigningOptions> = {}): Promise<Response> {
  const headers = headersFor(target);
  return handler(await signedRequest({ url: API_URL, service: "cognito-idp", headers, body, ...scope }));
}

async function call(operation: string, request: object): Promise<Answer> {
  const sendIt = operation.startsWith("Admin") ? sendSigned : send;
  const response = await sendIt(`${SERVICE}.${operation}`, JSON.stringify(request));
  const body = (await response.json()) as Answer & { __type?: string; message?: string };
  if (response.status === 200) return body;
  expect(response.headers.get("x-amzn-errortype")).toBe(body.__type);
  throw new Error(`${response.status} ${body.__type}: ${body.message}`);
}

const adminCreateUser = (Username: string, more: object = {}) =>
  call("AdminCreateUser", { UserPoolId: userPoolId, Username, ...more });
const adminSetUserPassword = (Username: string, Password: string) =>
  call("AdminSetUserPassword", { UserPoolId: userPoolId, Username, Password, Permanent: true });
const signIn = (USERNAME: string, PASSWORD: string, ClientId = clientId) =>
  call("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", ClientId, AuthParameters: { USERNAME, PASSWORD } });
const refresh = (REFRESH_TOKEN = "", ClientId = clientId) =>
  call("InitiateAuth", { AuthFlow: "REFRESH_TOKEN_AUTH", ClientId, AuthParameters: { REFRESH_TOKEN } });
const answerChallenge = (Session: string | undefined, ChallengeResponses: Record<string, string>) =>
  call("RespondToAuthChallenge", {
    ClientId: clientId,
    ChallengeName: "NEW_PASSWORD_REQUIRED",
    Session,
    ChallengeResponses,
  });

async function confirmedUser(username: string): Promise<void> {
  await adminCreateUser(username, { TemporaryPassword: "TempPass123!", MessageAction: "SUPPRESS" });
  await adminSetUserPassword(username, "TestPass123!");
}

describe("the article's three calls", () => {
  test("create the user, set the password and sign in", async () => {
    const created = await adminCreateUser("test-user", {
      TemporaryPassword: "TempPass123!",
      MessageAction: "SUPPRESS",
    });
    const seconds = clock.now() / 1_000;
    expect(created).toEqual({
      User: {
        Username: "test-user",
        Attributes: [{ Name: "sub", Value: expect.stringMatching(/^[0-9a-f-]{36}$/) as string }],
        UserCreateDate: seconds,
        UserLastModifiedDate: seconds,
        Enabled: true,
        UserStatus: "FORCE_CHANGE_PASSWORD",
      },
    });
    expect(await adminSetUserPassword("test-user", "TestPass123!")).toEqual({});
    expect(await call("AdminGetUser", { UserPoolId: userPoolId, Username: "test-user" })).toMatchObject({
      Username: "test-user",
      UserStatus: "CONFIRMED",
    });
    expect(await signIn("test-user", "TestPass123!")).toEqual({
      ChallengeParameters: {},
      AuthenticationResult: {
        AccessToken: expect.stringContaining("eyJ") as string,
        ExpiresIn: 3_600,
        TokenType: "Bearer",
        RefreshToken: expect.stringContaining("eyJ") as string,
        IdToken: expect.stringContaining("eyJ") as string,
      },
    });
  });
});

describe("the challenge NEW_PASSWORD_REQUIRED", () => {
  const responses = { USERNAME: "invited", NEW_PASSWORD: "TestPass123!" };

  test("confirms the user, and its session can be used once", async () => {
    await adminCreateUser("invited", {
      TemporaryPassword: "TempPass123!",
      UserAttributes: [{ Name: "email", Value: "i@b.example" }],
    });
    const { ChallengeName, ChallengeParameters, Session } = await signIn("invited", "TempPass123!");
    expect(ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
    expect(ChallengeParameters).toEqual({
      USER_ID_FOR_SRP: "invited",
      requiredAttributes: "[]",
      userAttributes: '{"email":"i@b.example"}',
    });
    await expect(answerChallenge(Session, { ...responses, NEW_PASSWORD: "short" })).rejects.toThrow(
      "400 InvalidPasswordException: Password did not conform with policy: Password not long enough",
    );
    const { AuthenticationResult } = await answerChallenge(Session, {
      ...responses,
      "userAttributes.name": "Ivy",
    });
    expect(decode(AuthenticationResult?.IdToken ?? "").payload).toMatchObject({ email: "i@b.example", name: "Ivy" });
    await expect(answerChallenge(Session, responses)).rejects.toThrow(
      "400 NotAuthorizedException: Invalid session for the user, session can only be used once.",
    );
    expect((await signIn("invited", "TestPass123!")).AuthenticationResult?.TokenType).toBe("Bearer");
  });

  test("fails with another user's session, an unknown one and an expired one", async () => {
    await adminCreateUser("late", { TemporaryPassword: "TempPass123!" });
    const { Session } = await signIn("late", "TempPass123!");
    await expect(answerChallenge(Session, responses)).rejects.toThrow("Invalid session for the user.");
    await expect(answerChallenge("A".repeat(20), responses)).rejects.toThrow("Invalid session for the user.");
    clock.advance(180_000);
    await expect(answerChallenge(Session, { ...responses, USERNAME: "late" })).rejects.toThrow(
      "Invalid session for the user, session is expired.",
    );
  });

  test("fails without a session, without the new password and for another challenge", async () => {
    await expect(answerChallenge(undefined, responses)).rejects.toThrow("Missing required parameter Session");
    await expect(answerChallenge("A".repeat(20), { USERNAME: "invited" })).rejects.toThrow(
      "Missing required parameter NEW_PASSWORD",
    );
    await expect(
      call("RespondToAuthChallenge", { ClientId: clientId, ChallengeName: "CUSTOM_CHALLENGE", ChallengeResponses: {} }),
    ).rejects.toThrow("400 InvalidParameterException: The emulator does not pose the challenge CUSTOM_CHALLENGE");
  });

  test("fails once the temporary password has expired, until the invitation is sent again", async () => {
    await adminCreateUser("slow", { TemporaryPassword: "TempPass123!" });
    clock.advance(7 * DAY);
    await expect(signIn("slow", "TempPass123!")).rejects.toThrow(
      "400 NotAuthorizedException: Temporary password has expired and must be reset by an administrator.",
    );
    await adminCreateUser("slow", { MessageAction: "RESEND" });
    expect((await signIn("slow", "TempPass123!")).ChallengeName).toBe("NEW_PASSWORD_REQUIRED");
  });
});

describe("REFRESH_TOKEN_AUTH", () => {
  test("gives new tokens of the same sign-in and no new refresh token", async () => {
    await confirmedUser("fresh");
    const first = (await signIn("fresh", "TestPass123!")).AuthenticationResult;
    clock.advance(3_600_000);
    const second = (await refresh(first?.RefreshToken)).AuthenticationResult;
    expect(second).not.toHaveProperty("RefreshToken");
    const [before, after] = [decode(first?.AccessToken ?? "").payload, decode(second?.AccessToken ?? "").payload];
    expect(after).toMatchObject({ sub: before.sub, origin_jti: before.origin_jti, auth_time: before.auth_time });
    expect(after.iat).toBe(Number(before.iat) + 3_600);
    expect(after.jti).not.toBe(before.jti);
  });

  test("fails for an unknown token, another client's, and after 30 days", async () => {
    await confirmedUser("stale");
    const token = (await signIn("stale", "TestPass123!")).AuthenticationResult?.RefreshToken;
    const other = cognito.createUserPoolClient(publicClient(userPoolId)).clientId;
    await expect(refresh("eyJ")).rejects.toThrow("400 NotAuthorizedException: Invalid Refresh Token");
    await expect(refresh(token, other)).rejects.toThrow("400 NotAuthorizedException: Invalid Refresh Token");
    clock.advance(30 * DAY);
    await expect(refresh(token)).rejects.toThrow("400 NotAuthorizedException: Refresh Token has expired");
  });
});

describe("a client with a secret", () => {
  const secretClient = cognito.createUserPoolClient(publicClient(userPoolId, { generateSecret: true }));
  const hash = (username: string) =>
    createHmac("sha256", secretClient.clientSecret ?? "")
      .update(username + secretClient.clientId)
      .digest("base64");
  const signInWith = (SECRET_HASH?: string) =>
    call("InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: secretClient.clientId,
      AuthParameters: { USERNAME: "hashed", PASSWORD: "TestPass123!", ...(SECRET_HASH && { SECRET_HASH }) },
    });

  test("signs a user in with the secret hash alone", async () => {
    await confirmedUser("hashed");
    expect((await signInWith(hash("hashed"))).AuthenticationResult?.TokenType).toBe("Bearer");
    await expect(signInWith()).rejects.toThrow(
      `400 NotAuthorizedException: Client ${secretClient.clientId} is configured with secret but SECRET_HASH was not received`,
    );
    await expect(signInWith(hash("other"))).rejects.toThrow(
      `400 NotAuthorizedException: Unable to verify secret hash for client ${secretClient.clientId}`,
    );
  });
});

describe("a pool whose user names are e-mail addresses", () => {
  const emailPool = cognito.createUserPool(pool({ usernameAttributes: ["email"] })).userPoolId;
  const emailClient = cognito.createUserPoolClient(publicClient(emailPool)).clientId;

  test("names the user by its sub and signs it in by address", async () => {
    const { User } = await call("AdminCreateUser", { UserPoolId: emailPool, Username: "a@b.example" });
    expect(User?.Username).toMatch(/^[0-9a-f-]{36}$/);
    await call("AdminSetUserPassword", {
      UserPoolId: emailPool,
      Username: "a@b.example",
      Password: "TestPass123!",
      Permanent: true,
    });
    const { AuthenticationResult } = await signIn("a@b.example", "TestPass123!", emailClient);
    expect(decode(AuthenticationResult?.IdToken ?? "").payload).toMatchObject({ email: "a@b.example" });
    expect(decode(AuthenticationResult?.AccessToken ?? "").payload.username).toBe(User?.Username);
  });

  const create = (Username: string, attributes: object = {}) =>
    call("AdminCreateUser", { UserPoolId: emailPool, Username, ...attributes });
  const email = (Value: string) => ({ UserAttributes: [{ Name: "email", Value }] });

  test("fails for an address that another user has, under whichever name it comes", async () => {
    await create("first@b.example");
    await create("second@b.example");
    const exists = "400 UsernameExistsException: An account with the given email already exists.";
    await expect(create("first@b.example")).rejects.toThrow(exists);
    await expect(create("third@b.example", email("first@b.example"))).rejects.toThrow(exists);
    const update = { UserPoolId: emailPool, Username: "second@b.example", ...email("first@b.example") };
    await expect(call("AdminUpdateUserAttributes", update)).rejects.toThrow(
      "400 AliasExistsException: An account with the email already exists.",
    );
    await expect(call("AdminUpdateUserAttributes", { ...update, ...email("second@b.example") })).resolves.toEqual({});
  });

  test("fails for the article's plain user name", async () => {
    await expect(call("AdminCreateUser", { UserPoolId: emailPool, Username: "test-user" })).rejects.toThrow(
      "400 InvalidParameterException: Username should be an email.",
    );
  });
});

test("deletes an attribute that is given a blank value", async () => {
  await adminCreateUser("blank", {
    UserAttributes: [
      { Name: "name", Value: "Blank" },
      { Name: "email", Value: "a@b.example" },
    ],
  });
  const UserAttributes = ["name", "email"].map((Name) => ({ Name, Value: "" }));
  await call("AdminUpdateUserAttributes", { UserPoolId: userPoolId, Username: "blank", UserAttributes });
  const user = await call("AdminGetUser", { UserPoolId: userPoolId, Username: "blank" });
  expect(user).toMatchObject({ UserAttributes: [{ Name: "sub" }] });
});

describe("a user name that a deleted user had", () => {
  test("fails for the deleted user's tokens, and leaves its new owner alone", async () => {
    await confirmedUser("heir");
    const { AuthenticationResult: tokens } = await signIn("heir", "TestPass123!");
    await call("AdminDeleteUser", { UserPoolId: userPoolId, Username: "heir" });
    await confirmedUser("heir");
    const gone = "400 UserNotFoundException: User does not exist.";
    await expect(call("GetUser", { AccessToken: tokens?.AccessToken })).rejects.toThrow(gone);
    await expect(refresh(tokens?.RefreshToken)).rejects.toThrow(gone);
    expect((await signIn("heir", "TestPass123!")).AuthenticationResult).toBeDefined();
  });
});

describe("refusals", () => {
  test.each(["constructor", "toString", "__proto__"])(
    "fails to search users by %s, which is no attribute",
    async (name) => {
      const response = await sendSigned(
        `${SERVICE}.ListUsers`,
        JSON.stringify({ UserPoolId: userPoolId, Filter: `${name} ^= "a"` }),
      );
      expect(await response.json()).toMatchObject({
        __type: "InvalidParameterException",
        message: "Invalid search attribute or filter.",
      });
    },
  );

  test("fails alike for unknown users and wrong sessions at a client that hides which users there are", async () => {
    const { clientId: hiding } = cognito.createUserPoolClient(
      publicClient(userPoolId, { preventUserExistenceErrors: true }),
    );
    await adminCreateUser("hidden");
    for (const USERNAME of ["hidden", "nobody-at-all"]) {
      const ChallengeResponses = { USERNAME, NEW_PASSWORD: "TestPass123!" };
      const answer = {
        ClientId: hiding,
        ChallengeName: "NEW_PASSWORD_REQUIRED",
        Session: "x".repeat(20),
        ChallengeResponses,
      };
      await expect(call("RespondToAuthChallenge", answer)).rejects.toThrow(
        "400 NotAuthorizedException: Invalid session for the user.",
      );
    }
  });

  const UNKNOWN_POOL = { UserPoolId: "us-east-1_unknown00" };
  const noFlows = cognito.createUserPoolClient(publicClient(userPoolId, { explicitAuthFlows: [] })).clientId;
  beforeAll(() => confirmedUser("known"));

  test.each<[name: string, attempt: () => Promise<unknown>, expected: string]>([
    ["a password that is too short", () => adminSetUserPassword("known", "Short1!"), password("not long enough")],
    ["no capital", () => adminSetUserPassword("known", "testpass123!"), password("must have uppercase characters")],
    [
      "no small letter",
      () => adminSetUserPassword("known", "TESTPASS123!"),
      password("must have lowercase characters"),
    ],
    ["no digit", () => adminSetUserPassword("known", "TestPass!!!"), password("must have numeric characters")],
    ["no symbol", () => adminSetUserPassword("known", "TestPass123"), password("must have symbol characters")],
    [
      "a weak temporary password",
      () => adminCreateUser("weak", { TemporaryPassword: "weak" }),
      password("not long enough"),
    ],
    [
      "a password with a space",
      () => adminSetUserPassword("known", "Test Pass123!"),
      "400 InvalidParameterException: 1 validation error detected: Value at 'password' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\S]+",
    ],
    ["an existing user", () => adminCreateUser("known"), "400 UsernameExistsException: User account already exists"],
    [
      "an invitation to a confirmed user",
      () => adminCreateUser("known", { MessageAction: "RESEND" }),
      "400 UnsupportedUserStateException: Resend not possible. known status is not FORCE_CHANGE_PASSWORD",
    ],
    [
      "an unknown attribute",
      () => adminCreateUser("odd", { UserAttributes: [{ Name: "shoe_size", Value: "44" }] }),
      "400 InvalidParameterException: Attributes did not conform to the schema: shoe_size: Attribute does not exist in the schema.",
    ],
    [
      "a malformed e-mail address",
      () => adminCreateUser("odd", { UserAttributes: [{ Name: "email", Value: "nobody" }] }),
      "400 InvalidParameterException: Invalid email address format.",
    ],
    [
      "a password for an unknown user",
      () => adminSetUserPassword("nobody", "TestPass123!"),
      "400 UserNotFoundException: User does not exist.",
    ],
    [
      "a user of an unknown pool",
      () => call("AdminCreateUser", { ...UNKNOWN_POOL, Username: "known" }),
      "400 ResourceNotFoundException: User pool us-east-1_unknown00 does not exist.",
    ],
    [
      "a wrong password",
      () => signIn("known", "Wrong123!"),
      "400 NotAuthorizedException: Incorrect username or password.",
    ],
    ["an unknown user", () => signIn("nobody", "TestPass123!"), "400 UserNotFoundException: User does not exist."],
    [
      "an unknown client",
      () => signIn("known", "TestPass123!", "0unknown0"),
      "400 ResourceNotFoundException: User pool client 0unknown0 does not exist.",
    ],
    [
      "a flow that the client does not allow",
      () => signIn("known", "TestPass123!", noFlows),
      "400 InvalidParameterException: USER_PASSWORD_AUTH flow not enabled for this client",
    ],
    [
      "a flow that the emulator does not offer",
      () => call("InitiateAuth", { AuthFlow: "CUSTOM_AUTH", ClientId: noFlows }),
      "400 UnsupportedOperationException: The emulator does not offer CUSTOM_AUTH: use USER_PASSWORD_AUTH or USER_SRP_AUTH or USER_AUTH or REFRESH_TOKEN_AUTH.",
    ],
    [
      "a sign-in by SRP without a public value",
      () =>
        call("InitiateAuth", { AuthFlow: "USER_SRP_AUTH", ClientId: noFlows, AuthParameters: { USERNAME: "known" } }),
      "400 InvalidParameterException: Missing required parameter SRP_A",
    ],
    ...["0", "00", "no number", `${"ab".repeat(512)}c`].map(
      (value): [string, () => ReturnType<typeof call>, string] => [
        `a sign-in by SRP with the public value ${value.slice(0, 20)}`,
        () =>
          call("InitiateAuth", {
            AuthFlow: "USER_SRP_AUTH",
            ClientId: noFlows,
            AuthParameters: { USERNAME: "known", SRP_A: value },
          }),
        "400 InvalidParameterException: SRP_A is not a valid public value.",
      ],
    ),
    [
      "an administrator's flow without credentials",
      () => call("InitiateAuth", { AuthFlow: "ADMIN_USER_PASSWORD_AUTH", ClientId: clientId }),
      "400 InvalidParameterException: Initiate Auth method not supported.",
    ],
    [
      "a sign-in without a password",
      () => signIn("known", ""),
      "400 InvalidParameterException: Missing required parameter PASSWORD",
    ],
    [
      "a sign-in without parameters",
      () => call("InitiateAuth", { AuthFlow: "USER_PASSWORD_AUTH", ClientId: clientId }),
      "400 InvalidParameterException: Missing required parameter USERNAME",
    ],
    [
      "a secret hash for a public client",
      () =>
        call("InitiateAuth", {
          AuthFlow: "USER_PASSWORD_AUTH",
          ClientId: clientId,
          AuthParameters: { USERNAME: "known", PASSWORD: "TestPass123!", SECRET_HASH: "x" },
        }),
      `400 NotAuthorizedException: Client ${clientId} is not configured with secret but secret hash was received`,
    ],
    [
      "an unknown flow",
      () => call("InitiateAuth", { AuthFlow: "PASSWORD", ClientId: clientId }),
      "400 InvalidParameterException: 1 validation error detected: Value 'PASSWORD' at 'authFlow' failed to satisfy constraint: Member must satisfy enum value set: [USER_SRP_AUTH, REFRESH_TOKEN_AUTH,",
    ],
    [
      "several violations at once",
      () => call("AdminGetUser", { UserPoolId: "nowhere", Username: null }),
      "400 InvalidParameterException: 2 validation errors detected: Value 'nowhere' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+; Value at 'username' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a missing pool id",
      () => call("AdminGetUser", { Username: "known" }),
      "400 InvalidParameterException: 1 validation error detected: Value null at 'userPoolId' failed to satisfy constraint: Member must not be null",
    ],
    [
      "a member of the wrong type",
      () => call("AdminSetUserPassword", { UserPoolId: userPoolId, Username: 5, Password: "TestPass123!" }),
      "400 SerializationException: The value of username must not be of type number",
    ],
  ])("fails for %s", async (_name, attempt, expected) => {
    await expect(attempt()).rejects.toThrow(expected);
  });

  function password(reason: string): string {
    return `400 InvalidPasswordException: Password did not conform with policy: Password ${reason}`;
  }
});

describe("the AWS JSON protocol", () => {
  const request = JSON.stringify({ UserPoolId: userPoolId, Username: "nobody" });

  test("answers with its content type and a request id", async () => {
    const response = await sendSigned(`${SERVICE}.AdminGetUser`, request);
    expect(response.headers.get("content-type")).toBe("application/x-amz-json-1.1");
    expect(response.headers.get("x-amzn-requestid")).toMatch(/^[0-9a-f-]{36}$/);
    expect(response.headers.get("x-amzn-errortype")).toBe("UserNotFoundException");
    expect(await response.json()).toEqual({ __type: "UserNotFoundException", message: "User does not exist." });
  });

  test.each<
    [name: string, target: string, body: string, headers: Record<string, string>, code: string, message: string]
  >([
    [
      "an operation that is not emulated",
      `${SERVICE}.CreateUserImportJob`,
      "{}",
      {},
      "UnknownOperationException",
      `does not offer ${SERVICE}.CreateUserImportJob`,
    ],
    [
      "another service's target",
      "Other.InitiateAuth",
      "{}",
      {},
      "UnknownOperationException",
      "does not offer Other.InitiateAuth",
    ],
    ["an inherited property's name", `${SERVICE}.constructor`, "{}", {}, "UnknownOperationException", "constructor"],
    ["no target", "", "{}", {}, "UnknownOperationException", "The request has no X-Amz-Target"],
    ["malformed JSON", `${SERVICE}.InitiateAuth`, "{", {}, "SerializationException", "not valid JSON"],
    [
      "JSON that is no object",
      `${SERVICE}.InitiateAuth`,
      "null",
      {},
      "SerializationException",
      "must be a JSON object",
    ],
    [
      "an object whose length nothing can be compared with",
      `${SERVICE}.InitiateAuth`,
      '{"AuthFlow":"USER_PASSWORD_AUTH","ClientId":{"length":{"toString":1,"valueOf":1}}}',
      {},
      "SerializationException",
      "clientId must not be of type object",
    ],
    [
      "an unsigned administrator's call",
      `${SERVICE}.AdminGetUser`,
      request,
      {},
      "MissingAuthenticationTokenException",
      "Missing Authentication Token",
    ],
    [
      "a bearer token instead of a signature",
      `${SERVICE}.AdminGetUser`,
      request,
      { authorization: "Bearer eyJ" },
      "IncompleteSignatureException",
      "requires 'Credential' parameter",
    ],
  ])("fails for %s", async (_name, target, body, headers, code, message) => {
    const response = await send(target, body, headers);
    expect(response.status).toBe(400);
    const answer = (await response.json()) as { __type: string; message: string };
    expect(answer.__type).toBe(code);
    expect(answer.message).toContain(message);
  });

  test.each<[name: string, scope: Partial<SigningOptions>, code: string, message: string]>([
    [
      "a signature for another service",
      { service: "sts" },
      "InvalidSignatureException",
      "correct service: 'cognito-idp'",
    ],
    [
      "a signature for another region",
      { region: "eu-west-1" },
      "InvalidSignatureException",
      "valid region, not 'eu-west-1'",
    ],
    [
      "somebody's real access key",
      { accessKeyId: "AKIAIOSFODNN7EXAMPLE" },
      "UnrecognizedClientException",
      "The security token included in the request is invalid.",
    ],
    [
      "a signature by another secret key",
      { secretAccessKey: "guess" },
      "InvalidSignatureException",
      "does not match the signature you provided",
    ],
  ])("fails for %s", async (_name, scope, code, message) => {
    const response = await sendSigned(`${SERVICE}.AdminGetUser`, request, scope);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ __type: code, message: expect.stringContaining(message) as string });
  });
});

test("a client that hides which users there are tells nobody apart by the salts of SRP", async () => {
  await confirmedUser("salted");
  const { clientId: ClientId } = cognito.createUserPoolClient(
    publicClient(userPoolId, { explicitAuthFlows: ["ALLOW_USER_SRP_AUTH"], preventUserExistenceErrors: true }),
  );
  const salt = async (USERNAME: string) => {
    const AuthParameters = { USERNAME, SRP_A: "02" };
    const { ChallengeParameters } = await call("InitiateAuth", { AuthFlow: "USER_SRP_AUTH", ClientId, AuthParameters });
    return ChallengeParameters?.["SALT"];
  };
  const salts = [
    await salt("salted"),
    await salt("salted"),
    await salt("nobody"),
    await salt("nobody"),
    await salt("none"),
  ];
  expect([salts[1], salts[3]]).toEqual([salts[0], salts[2]]);
  expect(new Set(salts).size).toBe(3);
});

test("a map takes no member that a record would lose", async () => {
  const body = '{"PoolName":"x","UserPoolTags":{"__proto__":"a"}}';
  const refused = await sendSigned(`${SERVICE}.CreateUserPool`, body);
  expect(refused.status).toBe(400);
  expect(await refused.text()).toContain("The emulator does not take a member called __proto__");
});
