import type { PasswordPolicy, UserPoolClientDeclaration, UserPoolDeclaration } from "../../../topology";
import { ManualClock, type Clock } from "../../../emulator/clock";
import { Cognito } from "../../../emulator/cloud/cognito/cognito";
import { Random } from "../../../emulator/cloud/random";

export const REGION = "us-east-1";
export const SCOPES = ["mcp-server/tools.read", "mcp-server/tools.write", "mcp-server/tools.execute"];

const PASSWORD_POLICY: PasswordPolicy = {
  minimumLength: 8,
  requireLowercase: true,
  requireUppercase: true,
  requireNumbers: true,
  requireSymbols: true,
  temporaryPasswordValidityDays: 7,
};

export function pool(changes: Partial<UserPoolDeclaration> = {}): UserPoolDeclaration {
  return {
    poolName: "m2m-auth-demo-inbound-pool",
    passwordPolicy: PASSWORD_POLICY,
    usernameAttributes: [],
    autoVerifiedAttributes: ["email"],
    allowAdminCreateUserOnly: false,
    ...changes,
  };
}

export function publicClient(
  userPoolId: string,
  changes: Partial<UserPoolClientDeclaration> = {},
): UserPoolClientDeclaration {
  return {
    userPoolId,
    clientName: "m2m-auth-demo-inbound-client",
    generateSecret: false,
    explicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
    allowedOAuthFlowsUserPoolClient: false,
    allowedOAuthFlows: [],
    allowedOAuthScopes: [],
    accessTokenValidity: 3_600,
    idTokenValidity: 3_600,
    refreshTokenValidity: 30 * 86_400,
    ...changes,
  };
}

export function machineClient(
  userPoolId: string,
  changes: Partial<UserPoolClientDeclaration> = {},
): UserPoolClientDeclaration {
  return publicClient(userPoolId, {
    clientName: "m2m-auth-demo-m2m-client",
    generateSecret: true,
    explicitAuthFlows: [],
    allowedOAuthFlowsUserPoolClient: true,
    allowedOAuthFlows: ["client_credentials"],
    allowedOAuthScopes: SCOPES,
    ...changes,
  });
}

/** The two pools of the article, each with its client. */
export interface ArticlePools {
  readonly cognito: Cognito;
  readonly clock: ManualClock;
  readonly inbound: { readonly userPoolId: string; readonly clientId: string };
  readonly outbound: { readonly userPoolId: string; readonly clientId: string; readonly clientSecret: string };
}

/** For calls that nobody watches. */
export const UNTRACED = { check: (_name: string, passed: boolean) => passed };

export function createCognito(clock: Clock = new ManualClock(Date.now()), seed?: string): Cognito {
  return new Cognito({ region: REGION, accountId: "123456789012", clock, random: new Random(seed) });
}

export function createArticlePools(seed?: string): ArticlePools {
  const clock = new ManualClock(Date.now());
  const cognito = createCognito(clock, seed);
  const inbound = cognito.createUserPool(pool()).userPoolId;
  const outbound = cognito.createUserPool(pool({ poolName: "m2m-auth-demo-outbound-pool" })).userPoolId;
  cognito.createUserPoolDomain({ domain: "m2m-auth-demo-outbound-a1b2c3d4", userPoolId: outbound });
  createToolScopes(cognito, outbound);
  const { clientId, clientSecret = "" } = cognito.createUserPoolClient(machineClient(outbound));
  return {
    cognito,
    clock,
    inbound: { userPoolId: inbound, clientId: cognito.createUserPoolClient(publicClient(inbound)).clientId },
    outbound: { userPoolId: outbound, clientId, clientSecret },
  };
}

export function createToolScopes(cognito: Cognito, userPoolId: string): void {
  const scopes = ["tools.read", "tools.write", "tools.execute"].map((scopeName) => ({
    scopeName,
    scopeDescription: `May use ${scopeName}`,
  }));
  cognito.createResourceServer({ userPoolId, identifier: "mcp-server", name: "MCP server", scopes });
}

export function decode(jwt: string): { header: Record<string, unknown>; payload: Record<string, unknown> } {
  const [header, payload] = jwt.split(".").map((part) => Buffer.from(part, "base64url").toString());
  return { header: JSON.parse(header ?? "") as never, payload: JSON.parse(payload ?? "") as never };
}
