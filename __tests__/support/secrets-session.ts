import { createHmac } from "node:crypto";

import { bearer, cognito, postMcp, toolsCall, toolsList, type Tokens } from "./callers";
import { awsClient } from "./signing";

type Json = Record<string, unknown>;

const PASSWORDS = {
  temporary: "Temp-0rary-pass",
  permanent: "Perm-4nent-pass",
  wrong: "Wr0ng-guess-pass",
  signUp: "Sign-Up-p4ss",
  changed: "Ch4nged-pass!",
};
const TARGET = "m2m-auth-demo-mcp-target";

/** Everything secret that passes through an emulator which runs the article's system, and the calls that carry it. */
export class SecretsSession {
  /** By what it is. */
  readonly secrets = new Map<string, string>(Object.entries(PASSWORDS));
  private userPoolId = "";
  private clientId = "";
  private gatewayUrl = "";

  constructor(readonly url: string) {}

  async run(): Promise<void> {
    const outputs = (await (await fetch(`${this.url}/_emulator/outputs`)).json()) as Record<string, { value: string }>;
    this.userPoolId = outputs["inbound_user_pool_id"]?.value ?? "";
    this.clientId = outputs["inbound_client_id"]?.value ?? "";
    this.gatewayUrl = outputs["gateway_url"]?.value ?? "";
    const tokens = await this.signIn();
    await this.callTools(tokens);
    await this.obtainMachineToken();
    await this.drawFromVault();
    await this.renewAndRevoke(tokens);
  }

  /** A user who signs up at a client with a secret. @param findCode reads the code that was sent */
  async signUp(findCode: (username: string) => Promise<string>): Promise<void> {
    const { UserPool } = await this.cognito("CreateUserPool", { PoolName: "open", AutoVerifiedAttributes: ["email"] });
    const UserPoolId = (UserPool as Json)["Id"];
    const settings = {
      UserPoolId,
      ClientName: "web",
      GenerateSecret: true,
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"],
    };
    const { UserPoolClient } = await this.cognito("CreateUserPoolClient", settings);
    const { ClientId, ClientSecret } = UserPoolClient as Record<string, string>;
    const Username = "newcomer";
    const SecretHash = createHmac("sha256", this.keep("client secret of the web", ClientSecret))
      .update(`${Username}${ClientId}`)
      .digest("base64");
    this.keep("secret hash", SecretHash);
    const who = { ClientId, Username, SecretHash };
    await this.cognito("SignUp", {
      ...who,
      Password: PASSWORDS.signUp,
      UserAttributes: [{ Name: "email", Value: "newcomer@example.com" }],
    });
    const ConfirmationCode = this.keep("confirmation code", await findCode(Username));
    await this.cognito("ConfirmSignUp", {
      ...who,
      ConfirmationCode: this.keep("wrong confirmation code", "guess-918273"),
    });
    await this.cognito("ConfirmSignUp", { ...who, ConfirmationCode });
    await this.passwordAuth(Username, "Sign-Up-p4s", { ClientId, SECRET_HASH: SecretHash });
    this.keepTokens(
      "newcomer's",
      await this.passwordAuth(Username, PASSWORDS.signUp, { ClientId, SECRET_HASH: SecretHash }),
    );
  }

  private async signIn(): Promise<Tokens> {
    const user = { UserPoolId: this.userPoolId, Username: "ann" };
    await this.cognito("AdminCreateUser", {
      ...user,
      MessageAction: "SUPPRESS",
      TemporaryPassword: PASSWORDS.temporary,
    });
    await this.passwordAuth("ann", PASSWORDS.wrong);
    const { Session } = await this.passwordAuth("ann", PASSWORDS.temporary);
    this.keep("challenge's session", Session);
    const ChallengeResponses = { USERNAME: "ann", NEW_PASSWORD: PASSWORDS.changed };
    const challenge = { ClientId: this.clientId, ChallengeName: "NEW_PASSWORD_REQUIRED", Session, ChallengeResponses };
    this.keepTokens("challenged", await this.cognito("RespondToAuthChallenge", challenge));
    await this.cognito("AdminSetUserPassword", {
      ...user,
      Password: `${PASSWORDS.permanent} with blanks`,
      Permanent: true,
    });
    await this.cognito("AdminSetUserPassword", { ...user, Password: PASSWORDS.permanent, Permanent: true });
    return this.keepTokens("ann's", await this.passwordAuth("ann", PASSWORDS.permanent));
  }

  private async callTools({ AccessToken, IdToken }: Tokens): Promise<void> {
    await postMcp(this.gatewayUrl, toolsList, bearer(AccessToken));
    await postMcp(
      this.gatewayUrl,
      toolsCall(`${TARGET}___greet_user`, { name: `Ann ${AccessToken}` }),
      bearer(AccessToken),
    );
    await postMcp(this.gatewayUrl, toolsCall(`${TARGET}___add_numbers`, { a: AccessToken, b: 3 }), bearer(AccessToken));
    await postMcp(this.gatewayUrl, toolsCall(AccessToken, {}), bearer(AccessToken));
    await postMcp(this.gatewayUrl, toolsList, bearer(IdToken));
    await postMcp(this.gatewayUrl, toolsList, bearer(`${AccessToken.slice(0, -4)}AAAA`));
    await postMcp(`${this.gatewayUrl}?access_token=${AccessToken}`, toolsList);
    await postMcp(this.gatewayUrl, toolsList, {
      authorization: `Basic ${Buffer.from(`ann:${PASSWORDS.permanent}`).toString("base64")}`,
    });
  }

  /** As the vault does; then in other ways, good and bad. */
  private async obtainMachineToken(): Promise<void> {
    const { UserPools } = await this.cognito("ListUserPools", { MaxResults: 10 });
    const pool = (UserPools as { Id: string; Name: string }[]).find(({ Name }) => Name.includes("outbound"));
    const { UserPoolClients } = await this.cognito("ListUserPoolClients", { UserPoolId: pool?.Id, MaxResults: 10 });
    const [listed] = UserPoolClients as { ClientId: string }[];
    const { UserPoolClient } = await this.cognito("DescribeUserPoolClient", {
      UserPoolId: pool?.Id,
      ClientId: listed?.ClientId,
    });
    const { ClientId: client_id = "", ClientSecret } = UserPoolClient as Record<string, string>;
    const client_secret = this.keep("M2M client secret", ClientSecret);
    const form = (fields: Record<string, string>) =>
      new URLSearchParams({ grant_type: "client_credentials", ...fields }).toString();
    const ask = (body: string, headers: Record<string, string> = {}) =>
      fetch(`${this.url}/m2m-auth-demo-outbound-123456789012.auth.us-east-1.amazoncognito.com/oauth2/token`, {
        method: "POST",
        headers: { "content-type": "application/x-www-form-urlencoded", ...headers },
        body,
      });
    const basic = (secret: string) => ({
      authorization: `Basic ${Buffer.from(`${client_id}:${secret}`).toString("base64")}`,
    });
    const { access_token } = (await (await ask(form({}), basic(client_secret))).json()) as { access_token: string };
    this.keep("M2M token", access_token);
    await ask(form({ client_id, client_secret }));
    await ask(form({ client_id, client_secret }), { "content-type": "text/plain" });
    await ask(form({ client_id, client_secret }), { "content-type": "application/json" });
    await ask(JSON.stringify({ client_id, client_secret }), { "content-type": "application/json" });
    await ask(form({ client_id, client_secret: this.keep("guessed client secret", "gu355ed-client-secret") }));
    await ask(form({}), basic("gu355ed-client-secret"));
  }

  private async drawFromVault(): Promise<void> {
    const control = "bedrock-agentcore-control.us-east-1.amazonaws.com";
    const data = "bedrock-agentcore.us-east-1.amazonaws.com";
    await this.agentCore(control, "CreateWorkloadIdentity", { name: "mine" });
    await this.agentCore(control, "CreateApiKeyCredentialProvider", {
      name: "key",
      apiKey: this.keep("API key", "k3y-of-the-weather"),
    });
    const clientSecret = this.keep("provider's client secret", "s3cret-of-the-provider");
    const oauthDiscovery = { discoveryUrl: "https://idp.example.com/.well-known/openid-configuration" };
    const customOauth2ProviderConfig = { clientId: "c", clientSecret, oauthDiscovery };
    const provider = {
      name: "custom",
      credentialProviderVendor: "CustomOauth2",
      oauth2ProviderConfigInput: { customOauth2ProviderConfig },
    };
    await this.agentCore(control, "CreateOauth2CredentialProvider", provider);
    const { workloadAccessToken } = await this.agentCore(data, "GetWorkloadAccessToken", { workloadName: "mine" });
    const workloadIdentityToken = this.keep("workload access token", workloadAccessToken);
    const claims = [{ alg: "RS256" }, { iss: "https://idp.example.com", sub: "user0" }].map((part) =>
      JSON.stringify(part),
    );
    const userToken = [...claims, "signature0"].map((part) => Buffer.from(part).toString("base64url")).join(".");
    const forUser = await this.agentCore(data, "GetWorkloadAccessTokenForJWT", {
      workloadName: "mine",
      userToken: this.keep("user's JWT", userToken),
    });
    this.keep("workload access token for a JWT", forUser["workloadAccessToken"]);
    const resourceCredentialProviderName = "m2m-auth-demo-m2m-oauth2-provider";
    const scopes = ["mcp-server/tools.read"];
    const token = await this.agentCore(data, "oauth2/token", {
      workloadIdentityToken,
      resourceCredentialProviderName,
      scopes,
      oauth2Flow: "M2M",
    });
    this.keep("vault's M2M token", token["accessToken"]);
    await this.agentCore(data, "oauth2/token", {
      workloadIdentityToken,
      resourceCredentialProviderName: "custom",
      scopes,
      oauth2Flow: "M2M",
    });
    await this.agentCore(data, "api-key", { workloadIdentityToken, resourceCredentialProviderName: "key" });
  }

  private async renewAndRevoke({ AccessToken, RefreshToken }: Tokens): Promise<void> {
    const REFRESH_TOKEN = RefreshToken;
    const refresh = { AuthFlow: "REFRESH_TOKEN_AUTH", ClientId: this.clientId, AuthParameters: { REFRESH_TOKEN } };
    const { AuthenticationResult } = await this.cognito("InitiateAuth", refresh);
    this.keep("renewed access token", (AuthenticationResult as Json)["AccessToken"]);
    await this.cognito("GetTokensFromRefreshToken", { RefreshToken, ClientId: this.clientId });
    await this.cognito("GetUser", { AccessToken });
    await this.cognito("RevokeToken", { Token: RefreshToken, ClientId: this.clientId });
    await this.cognito("InitiateAuth", refresh);
    await this.cognito("GlobalSignOut", { AccessToken });
  }

  private passwordAuth(
    USERNAME: string,
    PASSWORD: string,
    { ClientId = this.clientId, ...more }: Record<string, string | undefined> = {},
  ): Promise<Json> {
    return this.cognito("InitiateAuth", {
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId,
      AuthParameters: { USERNAME, PASSWORD, ...more },
    });
  }

  private async cognito(operation: string, input: Json): Promise<Json> {
    return (await cognito(this, operation, input)).body as Json;
  }

  private async agentCore(host: string, operation: string, input: Json): Promise<Json> {
    const headers = { "content-type": "application/json" };
    const options = { method: "POST", headers, body: JSON.stringify(input) };
    const response = await awsClient().fetch(`${this.url}/${host}/identities/${operation}`, options);
    return (await response.json()) as Json;
  }

  private keepTokens(whose: string, { AuthenticationResult }: Json): Tokens {
    const tokens = AuthenticationResult as Tokens;
    this.keep(`${whose} access token`, tokens.AccessToken);
    this.keep(`${whose} ID token`, tokens.IdToken);
    this.keep(`${whose} refresh token`, tokens.RefreshToken);
    return tokens;
  }

  private keep(what: string, secret: unknown): string {
    if (typeof secret !== "string" || secret.length < 4) {
      throw new Error(`There is no ${what}: ${JSON.stringify(secret)}`);
    }
    this.secrets.set(what, secret);
    return secret;
  }
}
