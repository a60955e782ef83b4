import { execFile } from "node:child_process";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { createAdaptorServer } from "@hono/node-server";
import { cognitoIdpHandler } from "../../../emulator/http/cognito-idp";
import { Journal } from "../../../emulator/cloud/journal";
import { Random } from "../../../emulator/cloud/random";
import { awsEnvironment } from "../../support/aws-clients";
import { missingAwsCli, missingBoto3, testUnless } from "../../support/skip";
import { createArticlePools, decode } from "./fixtures";

const run = promisify(execFile);
const awsCliTest = testUnless(missingAwsCli());
const boto3Test = testUnless(missingBoto3());

const { clock, cognito, inbound } = createArticlePools();
const { userPoolId, clientId } = inbound;
let server: Server;
let environment: NodeJS.ProcessEnv;

beforeAll(async () => {
  server = createAdaptorServer({
    fetch: cognitoIdpHandler(cognito, new Random(), new Journal(clock, new Random()), { valid: () => undefined }),
  }) as Server;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  environment = awsEnvironment(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

afterAll(() => new Promise((resolve) => server.close(resolve)));

describe("the article's commands", () => {
  const aws = async (...args: string[]) => (await run("aws", ["cognito-idp", ...args], { env: environment })).stdout;
  const user = ["--user-pool-id", userPoolId, "--username", "test-user"];
  const initiateAuth = (password: string) => {
    const parameters = ["--auth-parameters", `USERNAME=test-user,PASSWORD=${password}`];
    const output = ["--query", "AuthenticationResult.AccessToken", "--output", "text"];
    return aws("initiate-auth", "--client-id", clientId, "--auth-flow", "USER_PASSWORD_AUTH", ...parameters, ...output);
  };

  awsCliTest("work by the AWS CLI, and its errors are readable", async () => {
    const temporary = ["--temporary-password", "TempPass123!", "--message-action", "SUPPRESS"];
    const created = JSON.parse(await aws("admin-create-user", ...user, ...temporary)) as { User: object };
    expect(created.User).toMatchObject({ Username: "test-user", UserStatus: "FORCE_CHANGE_PASSWORD", Enabled: true });
    await expect(aws("admin-set-user-password", ...user, "--password", "testpass123!", "--permanent")).rejects.toThrow(
      "(InvalidPasswordException) when calling the AdminSetUserPassword operation: Password did not conform with policy: Password must have uppercase characters",
    );
    expect(await aws("admin-set-user-password", ...user, "--password", "TestPass123!", "--permanent")).toBe("");
    await expect(initiateAuth("wrong")).rejects.toThrow(
      "(NotAuthorizedException) when calling the InitiateAuth operation: Incorrect username or password.",
    );
    const token = (await initiateAuth("TestPass123!")).trim();
    expect(decode(token).payload).toMatchObject({ username: "test-user", client_id: clientId });
  });
});

const BOTO3_APP_SESSION = `
import base64, boto3, hashlib, hmac, json, struct, sys
pool, client, now = sys.argv[1:]
cognito = boto3.client("cognito-idp")
def code(secret, steps):
    mac = hmac.new(base64.b32decode(secret + "=" * (-len(secret) % 8)), struct.pack(">Q", int(now) // 30 + steps), hashlib.sha1).digest()
    return str((struct.unpack(">I", mac[mac[-1] & 15:][:4])[0] & 0x7fffffff) % 1000000).zfill(6)
cognito.set_user_pool_mfa_config(UserPoolId=pool, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True})
cognito.admin_create_user(UserPoolId=pool, Username="app", TemporaryPassword="TempPass123!")
cognito.admin_set_user_password(UserPoolId=pool, Username="app", Password="TestPass123!", Permanent=True)
def sign_in():
    return cognito.initiate_auth(AuthFlow="USER_PASSWORD_AUTH", ClientId=client, AuthParameters={"USERNAME": "app", "PASSWORD": "TestPass123!"})
token = sign_in()["AuthenticationResult"]["AccessToken"]
secret = cognito.associate_software_token(AccessToken=token)["SecretCode"]
status = cognito.verify_software_token(AccessToken=token, UserCode=code(secret, 0))["Status"]
cognito.set_user_mfa_preference(AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True})
asked = sign_in()
def answer(steps):
    return cognito.respond_to_auth_challenge(ClientId=client, ChallengeName=asked["ChallengeName"], Session=asked["Session"],
        ChallengeResponses={"USERNAME": "app", "SOFTWARE_TOKEN_MFA_CODE": code(secret, steps)})
try:
    answer(9)
except cognito.exceptions.CodeMismatchException as error:
    refusal = error.response["Error"]["Message"]
tokens = answer(1)["AuthenticationResult"]
preferred = cognito.get_user(AccessToken=tokens["AccessToken"])["PreferredMfaSetting"]
cognito.set_user_pool_mfa_config(UserPoolId=pool, MfaConfiguration="OFF")
print(json.dumps({"status": status, "challenge": asked["ChallengeName"], "refusal": refusal, "preferred": preferred}))
`;

boto3Test("boto3 sets up an authenticator app and signs in with its code", async () => {
  const now = String(Math.floor(clock.now() / 1_000));
  const { stdout } = await run("python3", ["-c", BOTO3_APP_SESSION, userPoolId, clientId, now], { env: environment });
  expect(JSON.parse(stdout)).toEqual({
    status: "SUCCESS",
    challenge: "SOFTWARE_TOKEN_MFA",
    refusal: "Invalid code received for user",
    preferred: "SOFTWARE_TOKEN_MFA",
  });
});

const BOTO3_SESSION = `
import boto3, json, sys
pool, client = sys.argv[1:]
cognito = boto3.client("cognito-idp")
created = cognito.admin_create_user(UserPoolId=pool, Username="boto", TemporaryPassword="TempPass123!")["User"]
try:
    cognito.admin_create_user(UserPoolId=pool, Username="boto")
except cognito.exceptions.UsernameExistsException as error:
    refusal = error.response["Error"]["Message"]
sign_in = dict(AuthFlow="USER_PASSWORD_AUTH", ClientId=client, AuthParameters={"USERNAME": "boto", "PASSWORD": "TempPass123!"})
challenge = cognito.initiate_auth(**sign_in)
answer = {"USERNAME": "boto", "NEW_PASSWORD": "TestPass123!"}
tokens = cognito.respond_to_auth_challenge(ClientId=client, ChallengeName=challenge["ChallengeName"],
    Session=challenge["Session"], ChallengeResponses=answer)["AuthenticationResult"]
user = cognito.admin_get_user(UserPoolId=pool, Username="boto")
print(json.dumps({"created": int(created["UserCreateDate"].timestamp()), "refusal": refusal, "challenge": challenge["ChallengeName"],
    "tokens": sorted(tokens), "status": user["UserStatus"], "request": len(user["ResponseMetadata"]["RequestId"])}))
`;

boto3Test("boto3 reads every shape", async () => {
  const { stdout } = await run("python3", ["-c", BOTO3_SESSION, userPoolId, clientId], { env: environment });
  expect(JSON.parse(stdout)).toEqual({
    created: Math.floor(clock.now() / 1_000),
    refusal: "User account already exists",
    challenge: "NEW_PASSWORD_REQUIRED",
    tokens: ["AccessToken", "ExpiresIn", "IdToken", "RefreshToken", "TokenType"],
    status: "CONFIRMED",
    request: 36,
  });
});
