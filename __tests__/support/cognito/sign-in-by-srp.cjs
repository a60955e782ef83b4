// Signs users in by SRP with clients that others wrote, each of which computes the protocol itself.
// node sign-in-by-srp.cjs MODULES '{"client":"amazon-cognito-identity-js","endpoint":…,"poolId":…,"clientId":…,"signIns":[…]}'
// Prints a JSON list with what came of each sign-in: {"accessToken"}, {"challenge"} or {"error"}.
const { createRequire } = require("node:module");
const { join } = require("node:path");

const [modules, text] = process.argv.slice(2);
const load = createRequire(join(modules, "clients.cjs"));
const { client, endpoint, poolId, clientId, clientSecret, signIns } = JSON.parse(text);

/** AWS's own client for browsers, on which Amplify stands. */
function withIdentityJs({ username, password, newPassword }) {
  const { AuthenticationDetails, CognitoUser, CognitoUserPool } = load("amazon-cognito-identity-js");
  const Pool = new CognitoUserPool({ UserPoolId: poolId, ClientId: clientId, endpoint });
  const user = new CognitoUser({ Username: username, Pool });
  return new Promise((resolve) => {
    const callbacks = {
      onSuccess: (session) => resolve({ accessToken: session.getAccessToken().getJwtToken() }),
      onFailure: ({ code, message }) => resolve({ error: `${code}: ${message}` }),
      newPasswordRequired() {
        if (newPassword === undefined) resolve({ challenge: "NEW_PASSWORD_REQUIRED" });
        else user.completeNewPasswordChallenge(newPassword, {}, callbacks);
      },
    };
    user.authenticateUser(new AuthenticationDetails({ Username: username, Password: password }), callbacks);
  });
}

/** The AWS SDK with a helper that computes what SRP adds to its requests. */
async function withSdk({ username, password, flow = "USER_SRP_AUTH", parameters = {}, respondAs, repeat = false }) {
  const { CognitoIdentityProviderClient, InitiateAuthCommand, RespondToAuthChallengeCommand } = load(
    "@aws-sdk/client-cognito-identity-provider",
  );
  const srp = load("cognito-srp-helper");
  const sdk = new CognitoIdentityProviderClient({
    endpoint,
    region: "us-east-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  const identity = (name) => ({
    USERNAME: name,
    ...(clientSecret && { SECRET_HASH: srp.createSecretHash(name, clientId, clientSecret) }),
  });
  const session = srp.createSrpSession(username, password, poolId, false);
  try {
    const asked = { ClientId: clientId, AuthFlow: flow, AuthParameters: { ...identity(username), ...parameters } };
    const challenge = await sdk.send(new InitiateAuthCommand(srp.wrapInitiateAuth(session, asked)));
    const answer = {
      ClientId: clientId,
      ChallengeName: "PASSWORD_VERIFIER",
      ChallengeResponses: identity(respondAs ?? challenge.ChallengeParameters.USERNAME),
    };
    const wrapped = srp.wrapAuthChallenge(srp.signSrpSession(session, challenge), answer);
    if (repeat) await sdk.send(new RespondToAuthChallengeCommand(wrapped));
    const answered = await sdk.send(new RespondToAuthChallengeCommand(wrapped));
    return answered.AuthenticationResult
      ? { accessToken: answered.AuthenticationResult.AccessToken }
      : { challenge: answered.ChallengeName };
  } catch (error) {
    return { error: `${error.name}: ${error.message}` };
  }
}

async function run() {
  const results = [];
  for (const signIn of signIns)
    results.push(await (client === "amazon-cognito-identity-js" ? withIdentityJs(signIn) : withSdk(signIn)));
  console.log(JSON.stringify(results));
}

void run();
