import { decodeJwt } from "jose";
import { emulateTopology } from "../support/article-stack";
import { temporaryFolder } from "../support/temporary-folder";
import { readTopology } from "../topology/reading";

const USER_POOL = `
resource "aws_cognito_user_pool" "people" {
  name                = "people"
  username_attributes = ["email"]
}
resource "aws_cognito_user_pool_client" "app" {
  name                = "app"
  user_pool_id        = aws_cognito_user_pool.people.id
  explicit_auth_flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
}
resource "random_password" "ann" {
  length      = 16
  min_lower   = 1
  min_upper   = 1
  min_numeric = 1
  min_special = 1
}
resource "aws_cognito_user" "ann" {
  user_pool_id = aws_cognito_user_pool.people.id
  username     = "ann@example.com"
  password     = random_password.ann.result
  attributes = {
    email_verified = true
  }
}
resource "aws_cognito_user" "bob" {
  user_pool_id       = aws_cognito_user_pool.people.id
  username           = "bob@example.com"
  temporary_password = "Temporary-1"
}
resource "aws_cognito_user" "cid" {
  user_pool_id = aws_cognito_user_pool.people.id
  username     = "cid@example.com"
  password     = "Forever-123"
  enabled      = false
}
resource "aws_cognito_user_group" "admins" {
  user_pool_id = aws_cognito_user_pool.people.id
  name         = "admins"
}
resource "aws_cognito_user_in_group" "ann" {
  user_pool_id = aws_cognito_user_pool.people.id
  group_name   = aws_cognito_user_group.admins.name
  username     = aws_cognito_user.ann.username
}
output "client_id" {
  value = aws_cognito_user_pool_client.app.id
}
output "password" {
  value     = random_password.ann.result
  sensitive = true
}
output "sub" {
  value = aws_cognito_user.ann.sub
}
`;

interface Answer {
  readonly AuthenticationResult?: { readonly AccessToken: string };
  readonly ChallengeName?: string;
  readonly message?: string;
}

test("users and groups that a stack declares sign in, with the groups in their tokens", async () => {
  const emulator = await emulateTopology(readTopology(temporaryFolder({ "main.tf": USER_POOL })));
  const { client_id: client, password, sub } = emulator.outputs();
  const signIn = async (USERNAME: string, PASSWORD: unknown): Promise<Answer> => {
    const response = await fetch(emulator.url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": "AWSCognitoIdentityProviderService.InitiateAuth",
      },
      body: JSON.stringify({
        ClientId: client?.value,
        AuthFlow: "USER_PASSWORD_AUTH",
        AuthParameters: { USERNAME, PASSWORD },
      }),
    });
    return (await response.json()) as Answer;
  };
  const { AuthenticationResult: tokens } = await signIn("ann@example.com", password?.value);
  expect(decodeJwt(tokens?.AccessToken ?? "")).toMatchObject({ sub: sub?.value, "cognito:groups": ["admins"] });
  expect(await signIn("bob@example.com", "Temporary-1")).toMatchObject({ ChallengeName: "NEW_PASSWORD_REQUIRED" });
  expect(await signIn("cid@example.com", "Forever-123")).toMatchObject({ message: "User is disabled." });
});

test.each([
  ["aws_cognito_user_group", { name: "g", precedence: -1 }, "at 'precedence' failed to satisfy constraint"],
  ["aws_cognito_user_group", { name: "g", role_arn: "nonsense" }, "Value 'nonsense' at 'roleArn'"],
  ["aws_cognito_user_group", { name: "a b" }, "Value 'a b' at 'groupName'"],
  ["aws_cognito_user", { username: "" }, "at 'username' failed to satisfy constraint"],
])("a declared %s %j is refused as the API refuses it", async (type, declared, message) => {
  const resource = {
    aws_cognito_user_pool: { people: { name: "people" } },
    [type]: { x: { user_pool_id: "${aws_cognito_user_pool.people.id}", ...declared } },
  };
  const folder = temporaryFolder({ "main.tf.json": { resource } });
  await expect(emulateTopology(readTopology(folder))).rejects.toThrow(message);
});
