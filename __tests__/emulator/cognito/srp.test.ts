import type { Emulator } from "../../../emulator";
import { articleStack, emulate, outputOf } from "../../support/article-stack";
import { installSrpClients, signInBySrp, type SrpOutcome, type SrpSignIns } from "../../support/cognito/srp-clients";
import { testUnless } from "../../support/skip";
import { decode } from "./fixtures";

const PASSWORD = "TestPass123!";
const INCORRECT = { error: "NotAuthorizedException: Incorrect username or password." };

const srpTest = testUnless(installSrpClients());

let emulator: Emulator;
let poolId: string;

beforeAll(async () => {
  emulator = await emulate(await articleStack());
  poolId = outputOf(emulator, "inbound_user_pool_id");
  const { users } = emulator.account.cognito.userPool(poolId);
  for (const username of ["ann", "bob", "eve"]) {
    users.adminCreateUser({ username, attributes: new Map(), temporaryPassword: PASSWORD });
  }
  users.adminSetUserPassword("ann", PASSWORD, true);
  users.adminSetUserPassword("eve", PASSWORD, true);
  users.setEnabled("eve", false);
});

/** A client of the inbound pool that may sign users in by SRP. */
function newClient(more: { generateSecret?: boolean; preventUserExistenceErrors?: boolean } = {}): {
  clientId: string;
  clientSecret?: string;
} {
  return emulator.account.cognito.createUserPoolClient({
    userPoolId: poolId,
    clientName: "srp",
    generateSecret: false,
    explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    allowedOAuthFlowsUserPoolClient: false,
    allowedOAuthFlows: [],
    allowedOAuthScopes: [],
    accessTokenValidity: 3_600,
    idTokenValidity: 3_600,
    refreshTokenValidity: 86_400,
    ...more,
  });
}

function signIn(client: SrpSignIns["client"], ...signIns: object[]): Promise<readonly SrpOutcome[]> {
  return signInBySrp({ client, endpoint: emulator.url, poolId, ...newClient(), signIns });
}

function userOf(outcome: SrpOutcome | undefined): unknown {
  if (!outcome || !("accessToken" in outcome)) return outcome;
  return decode(outcome.accessToken).payload["username"];
}

const ann = { username: "ann", password: PASSWORD };

srpTest("AWS's client for browsers signs in by SRP, whatever numbers the two sides draw", async () => {
  const outcomes = await signIn("amazon-cognito-identity-js", ...Array.from({ length: 8 }, () => ann));
  expect(outcomes.map(userOf)).toEqual(Array.from({ length: 8 }, () => "ann"));
});

srpTest("AWS's client for browsers replaces a temporary password, and is refused as by the service", async () => {
  const outcomes = await signIn(
    "amazon-cognito-identity-js",
    { ...ann, password: "Wrong123!" },
    { username: "nobody", password: PASSWORD },
    { username: "eve", password: PASSWORD },
    { username: "bob", password: PASSWORD },
    { username: "bob", password: PASSWORD, newPassword: "BobsPass123!" },
    { username: "bob", password: PASSWORD },
    { username: "bob", password: "BobsPass123!" },
  );
  expect(outcomes.map(userOf)).toEqual([
    INCORRECT,
    { error: "UserNotFoundException: User does not exist." },
    { error: "NotAuthorizedException: User is disabled." },
    { challenge: "NEW_PASSWORD_REQUIRED" },
    "bob",
    INCORRECT,
    "bob",
  ]);
});

srpTest(
  "the AWS SDK signs in by SRP at a client with a secret, and at one that hides which users there are",
  async () => {
    const signIns = [ann, { ...ann, password: "Wrong123!" }, { username: "nobody", password: PASSWORD }];
    const more = { generateSecret: true, preventUserExistenceErrors: true };
    const options = { client: "cognito-srp-helper", endpoint: emulator.url, poolId, ...newClient(more) } as const;
    expect((await signInBySrp({ ...options, signIns })).map(userOf)).toEqual(["ann", INCORRECT, INCORRECT]);
    const [wrongSecret] = await signInBySrp({ ...options, clientSecret: "x".repeat(51), signIns: [ann] });
    expect(wrongSecret).toEqual({
      error: `NotAuthorizedException: Unable to verify secret hash for client ${options.clientId}`,
    });
  },
);

srpTest("the AWS SDK proves the password by choice, once, and for nobody else", async () => {
  const outcomes = await signIn(
    "cognito-srp-helper",
    { ...ann, flow: "USER_AUTH", parameters: { PREFERRED_CHALLENGE: "PASSWORD_SRP" } },
    { ...ann, repeat: true },
    { ...ann, respondAs: "bob" },
  );
  expect(outcomes.map(userOf)).toEqual(["ann", INCORRECT, INCORRECT]);
});

srpTest("a handshake that waits too long is over", async () => {
  const pool = emulator.account.cognito.userPool(poolId);
  const key = Buffer.alloc(16);
  pool.srpHandshakes.add("late", { clientId: "x", userId: "ann", key });
  emulator.clock.moveTo(emulator.clock.now() + 3 * 60_000);
  expect(pool.srpHandshakes.take("late")).toBeUndefined();
  emulator.clock.moveTo(Date.now());
});

srpTest("the trace shows neither password nor proof", () => {
  const trace = JSON.stringify(emulator.calls());
  expect(trace).toContain("RespondToAuthChallenge");
  expect(trace).not.toContain(PASSWORD);
  expect(trace).not.toMatch(/PASSWORD_CLAIM_SIGNATURE\\*"\s*:\s*\\*"(?!\[masked\])/);
});
