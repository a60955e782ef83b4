import crypto from "node:crypto";

import { AwsError } from "../../../emulator/cloud/errors";
import type { Cognito } from "../../../emulator/cloud/cognito/cognito";
import { createCognito, createToolScopes, machineClient, pool, publicClient, SCOPES } from "./fixtures";

/** The error's code and message, as AWS CLIs print them. */
function refusal(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    if (error instanceof AwsError) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "accepted";
}

const POOL_NAME_PATTERN = "[\\w\\s+=,.@-]+";

test("creates pools, clients and secrets that look like AWS's", () => {
  const cognito = createCognito();
  const { userPoolId, arn } = cognito.createUserPool(pool());
  createToolScopes(cognito, userPoolId);
  expect(userPoolId).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
  expect(arn).toBe(`arn:aws:cognito-idp:us-east-1:123456789012:userpool/${userPoolId}`);
  expect(cognito.createUserPoolClient(publicClient(userPoolId))).toEqual({
    clientId: expect.stringMatching(/^[0-9a-z]{26}$/) as string,
  });
  expect(cognito.createUserPoolClient(machineClient(userPoolId))).toEqual({
    clientId: expect.stringMatching(/^[0-9a-z]{26}$/) as string,
    clientSecret: expect.stringMatching(/^[0-9a-z]{51}$/) as string,
  });
});

test("a domain gives the pool a host, which does not exist before", () => {
  const cognito = createCognito();
  const { userPoolId } = cognito.createUserPool(pool());
  const host = "my-tools.auth.us-east-1.amazoncognito.com";
  expect(cognito.userPoolOfHost(host)).toBeUndefined();
  cognito.createUserPoolDomain({ domain: "my-tools", userPoolId });
  expect(cognito.userPoolOfHost(host)?.id).toBe(userPoolId);
});

test("a client without auth flows has the service's default flows, and a refresh validity of 0 is 30 days", () => {
  const cognito = createCognito();
  const { userPoolId } = cognito.createUserPool(pool());
  const { clientId } = cognito.createUserPoolClient(
    publicClient(userPoolId, { explicitAuthFlows: [], refreshTokenValidity: 0 }),
  );
  expect(cognito.userPoolClient(clientId).client).toMatchObject({
    explicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"],
    refreshTokenValidity: 2_592_000,
  });
});

type Attempt = (cognito: Cognito, userPoolId: string) => unknown;
const client =
  (changes: Parameters<typeof machineClient>[1]): Attempt =>
  (cognito, userPoolId) =>
    cognito.createUserPoolClient(machineClient(userPoolId, changes));

const REFUSALS: readonly [name: string, attempt: Attempt, expected: string][] = [
  [
    "a pool name with a forbidden character",
    (cognito) => cognito.createUserPool(pool({ poolName: "tools!" })),
    `InvalidParameterException: 1 validation error detected: Value 'tools!' at 'poolName' failed to satisfy constraint: Member must satisfy regular expression pattern: ${POOL_NAME_PATTERN}`,
  ],
  [
    "a password policy below six characters",
    (cognito) => cognito.createUserPool(pool({ passwordPolicy: { ...pool().passwordPolicy, minimumLength: 5 } })),
    "InvalidParameterException: 1 validation error detected: Value '5' at 'passwordPolicy.minimumLength' failed to satisfy constraint: Member must have value greater than or equal to 6",
  ],
  [
    "a domain for a pool that does not exist",
    (cognito) => cognito.createUserPoolDomain({ domain: "other", userPoolId: "us-east-1_doesNotEx" }),
    "ResourceNotFoundException: User pool us-east-1_doesNotEx does not exist.",
  ],
  [
    "a domain with capitals",
    (cognito, userPoolId) => cognito.createUserPoolDomain({ domain: "My-Tools", userPoolId }),
    "InvalidParameterException: 1 validation error detected: Value 'My-Tools' at 'domain' failed to satisfy constraint: Member must satisfy regular expression pattern: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$",
  ],
  [
    "a domain with a reserved word",
    (cognito, userPoolId) => cognito.createUserPoolDomain({ domain: "my-aws-tools", userPoolId }),
    "InvalidParameterException: Domain cannot contain reserved word: aws",
  ],
  [
    "a second domain for the same pool",
    (cognito, userPoolId) => {
      cognito.createUserPoolDomain({ domain: "first", userPoolId });
      cognito.createUserPoolDomain({ domain: "second", userPoolId });
    },
    "InvalidParameterException: User pool already has a domain configured.",
  ],
  [
    "a domain that another pool has",
    (cognito, userPoolId) => {
      cognito.createUserPoolDomain({ domain: "taken", userPoolId: cognito.createUserPool(pool()).userPoolId });
      cognito.createUserPoolDomain({ domain: "taken", userPoolId });
    },
    "InvalidParameterException: Domain already associated with another user pool.",
  ],
  [
    "the same resource server twice",
    (cognito, userPoolId) => createToolScopes(cognito, userPoolId),
    "InvalidParameterException: mcp-server already exists in user pool POOL.",
  ],
  [
    "a scope name with a slash",
    (cognito, userPoolId) =>
      cognito.createResourceServer({
        userPoolId,
        identifier: "other",
        name: "Other",
        scopes: [
          { scopeName: "read", scopeDescription: "Read" },
          { scopeName: "tools/read", scopeDescription: "Read" },
        ],
      }),
    "InvalidParameterException: 1 validation error detected: Value 'tools/read' at 'scopes.2.member.scopeName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\x21\\x23-\\x2E\\x30-\\x5B\\x5D-\\x7E]+",
  ],
  [
    "a client scope that no resource server of the pool defines",
    client({ allowedOAuthScopes: [...SCOPES, "mcp-server/tools.delete"] }),
    "ScopeDoesNotExistException: Invalid scope requested: mcp-server/tools.delete",
  ],
  [
    "a client scope that only another pool's resource server defines",
    (cognito) => cognito.createUserPoolClient(machineClient(cognito.createUserPool(pool()).userPoolId)),
    "ScopeDoesNotExistException: Invalid scope requested: mcp-server/tools.read",
  ],
  [
    "client_credentials without a secret",
    client({ generateSecret: false }),
    "InvalidOAuthFlowException: client_credentials flow can not be selected if client does not have a client secret.",
  ],
  [
    "client_credentials beside the code flow",
    client({ allowedOAuthFlows: ["client_credentials", "code"] }),
    "InvalidOAuthFlowException: client_credentials flow can not be selected along with code flow or implicit flow.",
  ],
  [
    "OAuth without scopes",
    client({ allowedOAuthScopes: [] }),
    "InvalidOAuthFlowException: AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.",
  ],
  [
    "an unknown OAuth flow",
    client({ allowedOAuthFlows: ["password"] }),
    "InvalidParameterException: 1 validation error detected: Value 'password' at 'allowedOAuthFlows.1.member' failed to satisfy constraint: Member must satisfy enum value set: [code, implicit, client_credentials]",
  ],
  [
    "a legacy sign-in flow beside one of today's",
    client({ explicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"] }),
    "InvalidParameterException: ExplicitAuthFlows cannot have USER_PASSWORD_AUTH beside values that begin with ALLOW_.",
  ],
  [
    "an access token of less than five minutes",
    client({ accessTokenValidity: 299 }),
    "InvalidParameterException: Invalid range for token validity.",
  ],
  [
    "an ID token that outlives the refresh token",
    client({ idTokenValidity: 7_200, refreshTokenValidity: 3_600 }),
    "InvalidParameterException: Invalid range for token validity.",
  ],
  [
    "a client for a malformed pool id",
    (cognito) => cognito.createUserPoolClient(publicClient("pool")),
    "InvalidParameterException: 1 validation error detected: Value 'pool' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
  ],
];

test.each(REFUSALS)("fails for %s", (_name, attempt, expected) => {
  const cognito = createCognito();
  const { userPoolId } = cognito.createUserPool(pool());
  createToolScopes(cognito, userPoolId);
  expect(refusal(() => attempt(cognito, userPoolId)).replace(userPoolId, "POOL")).toBe(expected);
});

test("a password's verifier is made and compared, whether the user is there or not", () => {
  const cognito = createCognito();
  const { users } = cognito.userPool(cognito.createUserPool(pool()).userPoolId);
  const ann = users.adminCreateUser({ username: "ann", attributes: new Map() });
  const comparisons = jest.spyOn(crypto, "timingSafeEqual");
  const costs = [ann, undefined].map((user) => {
    comparisons.mockClear();
    expect(users.hasPassword(user, "Wrong123!")).toBe(false);
    return comparisons.mock.calls.length;
  });
  comparisons.mockRestore();
  expect(costs).toEqual([1, 1]);
});
