import {
  AUTHORIZE_ACTION,
  GET_API_KEY,
  GET_OAUTH2_TOKEN,
  GET_SECRET,
  GET_WORKLOAD_TOKEN,
  GET_WORKLOAD_TOKEN_FOR_JWT,
  INVOKE_API,
  INVOKE_FUNCTION,
  INVOKE_GATEWAY,
  INVOKE_RUNTIME,
  PARTIALLY_AUTHORIZE_ACTIONS,
} from "../../aws/agentcore/actions";
import { inShort, PROVIDER_RELEASES } from "../../aws/provider-releases";
import type { Check, Hop } from "./call";

/** Of a check that no change mends, or that does not fail: why. */
interface NoFix {
  readonly none: string;
}

/** `{expected}` and `{actual}` stand for the check's own; a hop's `*` is for every other check, and for a failure that is none's. */
type Fixes = Readonly<Record<string, string | NoFix>>;

const JWT_FIXES = {
  "bearer token": "Send the header Authorization: Bearer with an access token.",
  "token is a JWT": "Send the access token as it was issued: three base64url parts with dots between them.",
  "discovery document":
    "Correct discovery_url in the custom_jwt_authorizer: https://cognito-idp.REGION.amazonaws.com/POOL_ID/.well-known/openid-configuration.",
  signature: "Get a new token: this one was changed after it was signed, or was signed by another pool than it claims.",
  exp: "Get a new token: this one has expired.",
  nbf: "Use the token later, or correct the clock of the server that issued it: it is not valid yet.",
  aud: "Cognito access tokens have no aud: replace allowed_audience in the custom_jwt_authorizer by allowed_clients.",
  "resource policy":
    "Let the policy of the resource allow the call, by the principal * for those who have a token: wanted is {expected}, and it is {actual}.",
  "*": "Get a token with the claim {expected}, or change the custom_claim blocks of the custom_jwt_authorizer: it has {actual}.",
} satisfies Fixes;

const GATEWAY_AUTHORIZER = {
  ...JWT_FIXES,
  "bearer token": "Send the header Authorization: Bearer with an access token of the inbound user pool.",
  iss: "Sign in at the user pool that the gateway's discovery_url names ({expected}), or change that URL: the token is of {actual}.",
  client_id:
    "Sign in through an allowed client, or add the token's client_id to allowed_clients of the gateway's custom_jwt_authorizer. " +
    "An ID token has no client_id: send the access token.",
  scope:
    "Ask for a token with one of the scopes {expected}, or change allowed_scopes of the gateway's custom_jwt_authorizer.",
  "SigV4 signature":
    "Sign the request with SigV4 for the service bedrock-agentcore and with known credentials, or set the gateway's authorizer_type to CUSTOM_JWT.",
  [INVOKE_GATEWAY]: "Allow bedrock-agentcore:InvokeGateway on {expected} in a policy of the caller {actual}.",
} satisfies Fixes;

const RUNTIME_AUTHORIZER = {
  ...JWT_FIXES,
  "bearer token": "Give the gateway target an OAuth credential provider: a runtime lets nobody in without a token.",
  "authorization method":
    "Show what the runtime is configured for, {expected}: a runtime with a custom_jwt_authorizer takes bearer tokens only, one without takes SigV4 only.",
  iss: "Point the runtime's discovery_url at the pool that issues the gateway's M2M tokens: it expects {expected}, the token is of {actual}.",
  client_id:
    "Set allowed_clients of the runtime's custom_jwt_authorizer to the M2M client of the outbound pool: the token is of client {actual}.",
  scope:
    "Let the target ask for one of the scopes {expected}, or change allowed_scopes of the runtime's custom_jwt_authorizer.",
  workload:
    "Call the gateway instead, or name the caller in allowed_workload_configuration of the runtime's custom_jwt_authorizer: " +
    "allowed is {expected}, and {actual} calls.",
  "SigV4 signature":
    "Let the target use gateway_iam_role with the service bedrock-agentcore, or give the runtime a custom_jwt_authorizer for the outbound pool.",
  [INVOKE_RUNTIME]: "Allow bedrock-agentcore:InvokeAgentRuntime on {expected} in a policy of the caller {actual}.",
  "bedrock-agentcore:InvokeAgentRuntimeForUser":
    "Allow bedrock-agentcore:InvokeAgentRuntimeForUser on {expected} in a policy of the caller {actual}, or name no user in the request.",
} satisfies Fixes;

const INTERCEPTOR = {
  [INVOKE_FUNCTION]: `Allow ${INVOKE_FUNCTION} on {expected} in a policy of the gateway's role.`,
  result: "See the emulator's log for what the function wrote: {actual}.",
  decision: { none: "an interceptor may do with a call what it likes" },
  "interceptor output": "Let the interceptor's function return {expected}.",
  "*": "See the emulator's log for what the function wrote.",
} satisfies Fixes;

const POLICY_ENGINE = {
  policies: "Call as somebody whom the policies permit to, or change them: wanted is {expected}; {actual}.",
  [AUTHORIZE_ACTION]: `Allow ${AUTHORIZE_ACTION} on {expected} in a policy of the gateway's role.`,
  [PARTIALLY_AUTHORIZE_ACTIONS]: `Allow ${PARTIALLY_AUTHORIZE_ACTIONS} on {expected} in a policy of the gateway's role.`,
} satisfies Fixes;

const TOKEN_ENDPOINT = {
  grant_type: "Ask with one of the grant types {expected}.",
  client: "Take client_id of the credential provider from the M2M client of this pool: here is no client {actual}.",
  code: "Ask for a new code at the authorize endpoint, and redeem it once: this one is none, used, expired or another client's.",
  "scope of the code": "Send scope in the authorization request: a code that was asked for without one gets no token.",
  code_verifier:
    "Send the code_verifier whose SHA-256 in base64url was the code_challenge of the authorization request.",
  "code flow": 'Set allowed_oauth_flows = ["code"] on the client.',
  redirect_uri:
    "Send the redirect_uri of the authorization request, as it stands in callback_urls of the client: {expected}.",
  refresh_token: "Sign in again: {actual}.",
  user: "Sign in again, as a user who exists and is enabled.",
  "client secret":
    "Take client_secret of the credential provider from the M2M client: the client's own secret is another one.",
  "OAuth flows": "Set allowed_oauth_flows_user_pool_client = true on the M2M client.",
  "client_credentials flow": 'Set allowed_oauth_flows = ["client_credentials"] on the M2M client.',
  scope:
    "Add the scope to allowed_oauth_scopes of the M2M client and to the pool's resource server, or take it out of the target's scopes: " +
    "asked for were {actual}, allowed are {expected}.",
  "form body": "Send the parameters as application/x-www-form-urlencoded.",
} satisfies Fixes;

const REVOCATION = {
  "form body": TOKEN_ENDPOINT["form body"],
  client: "Send client_id of a client of this pool: here is no client {actual}.",
  "client secret": "Authenticate with the secret of the client, if it has one, and with none otherwise.",
  token: "Send {expected}.",
  "kind of token":
    "Send the refresh token of the sign-in, which takes the access tokens along: {actual} cannot be revoked.",
} satisfies Fixes;

const AUTHORIZATION = {
  client: "Send the client_id of a client of this pool: here is no client {actual}.",
  redirect_uri:
    "Add the redirect_uri to callback_urls of the client, character by character: {actual} is none of {expected}.",
  response_type:
    'Send response_type=code, and set allowed_oauth_flows_user_pool_client = true and allowed_oauth_flows = ["code"] on the client.',
  code_challenge_method: "Send code_challenge together with code_challenge_method=S256, the only method of Cognito.",
  scope: "Ask for {expected}, or add the scope to allowed_oauth_scopes of the client: asked for were {actual}.",
  user: "Use a user of this pool with his password: {actual}",
  prompt: "Send the user here without prompt=none, which asks for nobody's password.",
  page: "Open the page anew, and send its form from the same browser.",
  resource: "Send {expected} as resource, or leave it out.",
  identity_provider: "Leave identity_provider and idp_identifier out: federation is not emulated.",
} satisfies Fixes;

const workloadToken = (action: string) =>
  `Allow bedrock-agentcore:${action} on {expected} in a policy of the gateway's role. ` +
  "It takes two resources: the workload identity directory and the workload identity.";

const vaultedCredential = (action: string) =>
  `Allow ${action} on {expected} in a policy of the gateway's role. ` +
  "It takes four resources: the vault, the credential provider, the workload identity directory and the workload identity.";

const TOKEN_VAULT = {
  "credential provider":
    "Correct provider_arn in the target's credential_provider_configuration: the vault has no {actual}.",
  "token answer": "Correct client_id and client_secret of the credential provider, or the target's scopes: {actual}.",
  "M2M token": { none: "it tells where the token came from, and does not fail" },
  consent: "Open the URL of the answer in a browser, consent there, and call again: in the vault is {actual}.",
  user: "Call in the name of the same user: wanted is {expected}, and this is {actual}.",
  "return URL":
    "Register the URL by aws bedrock-agentcore-control update-workload-identity --allowed-resource-oauth2-return-urls " +
    "'URL' with the identity of the gateway or the agent, in quotes, since a shell reads an &: wanted is {expected}, asked for was {actual}.",
  session: "Ask for a new authorization URL, and bind its session once the user has consented: {expected}.",
  "token exchange": "Give the credential provider {actual} an on_behalf_of_token_exchange_config.",
  [GET_OAUTH2_TOKEN]: vaultedCredential(GET_OAUTH2_TOKEN),
  [GET_API_KEY]: vaultedCredential(GET_API_KEY),
  [GET_SECRET]: "Allow secretsmanager:GetSecretValue on {expected} in a policy of the gateway's role.",
  "authorization server": "Give the credential provider a discovery_url or authorization_server_metadata.",
  "discovery document":
    "Correct discovery_url of the credential provider: it has to be the outbound pool's, and to answer.",
  "token endpoint":
    "Give the outbound user pool a domain (aws_cognito_user_pool_domain): without one it has no token endpoint.",
  "authorization endpoint":
    "Give the user pool a domain (aws_cognito_user_pool_domain), or the credential provider an authorization_endpoint.",
} satisfies Fixes;

const CONSENT_PAGE = {
  request_uri: "Call the tool again for a new URL: this one is no {expected}.",
  "authorization endpoint": TOKEN_VAULT["authorization endpoint"],
  "authorization server":
    "Have a server of this machine stand for it (--host HOST=http://127.0.0.1:PORT), or the emulator itself (--issuer HOST): " +
    "{actual} is another's.",
  state: "Begin at the URL of the answer, in one browser: what came back has not {expected}.",
  consent: "Consent at the authorization server: it answered {actual}.",
  page: "Open the page anew, and send its form from the same browser.",
  "return URL": { none: "the page itself says how to go on" },
} satisfies Fixes;

const SERVER_LOG = "See the emulator's log for what the server wrote.";

const CONTAINER = {
  "HTTP status": `${SERVER_LOG} It answered {actual} where a container is called.`,
  start: `${SERVER_LOG} {actual}.`,
  initialization: `${SERVER_LOG} It has to listen on the HOST and PORT that it is given: {expected}.`,
  answer: `${SERVER_LOG} What a runtime takes is {expected}.`,
} satisfies Fixes;

const TARGET = {
  "target endpoint":
    "Correct the target's endpoint, at whose host nothing answers, or have a server of this machine stand for it (--host HOST=http://127.0.0.1:PORT).",
  "HTTP status": "See the log of the MCP server at the target's endpoint: it answered {actual}.",
  answer: `Let the MCP server give {expected}. ${SERVER_LOG}`,
  protocolVersion: "Update the MCP server: it speaks {actual}, and a gateway takes {expected} of a target.",
  "JSON-RPC response": `Let the MCP server answer with {expected} as application/json or text/event-stream. ${SERVER_LOG}`,
  "JSON-RPC result": `Let the MCP server answer with {expected}: there was {actual}. ${SERVER_LOG}`,
  list: "Correct the server's list: it may give {expected}, and gave {actual}.",
  "input schema": "Correct the tool's inputSchema in the MCP server. {actual}",
} satisfies Fixes;

const FIXES = {
  "resource creation": {
    IamCredentialProvider: `Set service = "bedrock-agentcore" in gateway_iam_role, which needs AWS provider ${inShort(PROVIDER_RELEASES.iamService)} or newer.`,
    "*": "Correct the resource's arguments: {actual}",
  },
  "request payload": { size: "Send less: {expected}." },
  "gateway endpoint": {
    path: "Call the gateway at {expected}; of metadata it has /.well-known/oauth-protected-resource alone.",
    "HTTP method":
      "Call the gateway by POST. An MCP client that asks by GET for a stream, and goes on by POST, does nothing wrong.",
  },
  "gateway authorizer": GATEWAY_AUTHORIZER,
  "rate limits": {
    rate: "Wait, or allow more in the rate limit's entry: it allows {expected}.",
  },
  "MCP method": {
    "JSON-RPC message": "Send one JSON-RPC 2.0 message with jsonrpc, method and, for a request, an id.",
    method: "Use a method that the gateway serves: {expected}.",
    "request metadata": "Send {expected}: {actual}",
    "Mcp-Session-Id":
      "Initialize, and send the Mcp-Session-Id of its answer with every request: {expected}. A session ends after session_timeout_in_seconds.",
    parameters: "Correct the parameters: the lists give names, URIs and the cursors of pages.",
    "MCP-Protocol-Version": "Send one of the gateway's versions, {expected}, or add {actual} to supported_versions.",
  },
  "HTTP target": {
    target: "Call one of the gateway's targets, {expected}, at /TARGET_NAME/invocations: it has no {actual}.",
    runtime: "Ask for the runtime that the target calls, {expected}, or for none: it was asked for {actual}.",
  },
  "target call": TARGET,
  "target synchronization": TARGET,
  "argument validation": {
    inputSchema: "Send arguments that fit the tool's inputSchema: the gateway does not pass others on.",
  },
  "gateway service role": {
    "sts:AssumeRole":
      "Let bedrock-agentcore.amazonaws.com assume the role in its trust policy. Conditions on aws:SourceArn have to match the " +
      "gateway's ARN, those on aws:SourceAccount the account.",
  },
  "workload access token": {
    [GET_WORKLOAD_TOKEN]: workloadToken("GetWorkloadAccessToken"),
    [GET_WORKLOAD_TOKEN_FOR_JWT]: workloadToken("GetWorkloadAccessTokenForJWT"),
    "bedrock-agentcore:GetWorkloadAccessTokenForUserId": workloadToken("GetWorkloadAccessTokenForUserId"),
  },
  "token vault": TOKEN_VAULT,
  "consent page": CONSENT_PAGE,
  "token endpoint": TOKEN_ENDPOINT,
  "revocation endpoint": REVOCATION,
  "identity provider": { "HTTP status": { none: "the answer, which the hop shows, names the error" } },
  "runtime endpoint": {
    path: "End the target's endpoint with /invocations: https://bedrock-agentcore.REGION.amazonaws.com/runtimes/URL_ENCODED_ARN/invocations.",
    "URL-encoded ARN": "Put the runtime's ARN through urlencode() in the target's endpoint.",
    qualifier: "Name an endpoint that the runtime has, for example DEFAULT: {actual} names another.",
    runtime: "Take the ARN in the target's endpoint from the runtime: there is none at {actual}.",
    "session id": "Make the session id longer, for example a UUID, or shorter: it has {expected}.",
  },
  "runtime authorizer": RUNTIME_AUTHORIZER,
  "request interceptor": INTERCEPTOR,
  "response interceptor": INTERCEPTOR,
  "policy engine": POLICY_ENGINE,
  "HTTP API": {
    [INVOKE_API]: `Let the target use gateway_iam_role, and allow ${INVOKE_API} on {expected} in a policy of the gateway's role.`,
    authorizer:
      "Send {expected} by an interceptor of requests: a target has no credential for authorizers of API Gateway.",
    "usage plan": "Give the target the credential of a key with credential_parameter_name x-api-key: {expected}.",
    "HTTP status": "See the log of the API's server: it answered {actual}.",
    answer: "Let the API's server give {expected}: {actual}.",
  },
  "Lambda function": {
    [INVOKE_FUNCTION]: `Allow ${INVOKE_FUNCTION} on {expected} in a policy of the gateway's role.`,
    result: "See the emulator's log for what the function wrote: {actual}.",
    "*": "See the emulator's log for what the function wrote.",
  },
  "MCP server": CONTAINER,
  agent: CONTAINER,
  "authorize endpoint": AUTHORIZATION,
  "sign-in page": AUTHORIZATION,
  "sign-out endpoint": {
    logout_uri:
      "Add the URL to logout_urls of the client, and send client_id beside it: {actual} is none of {expected}.",
  },
  "user info endpoint": {
    "access token": "Send the access token of a sign-in at the hosted pages: {actual}.",
    scope:
      "Ask for the scope openid as the user signs in: the token has {actual}. A sign-in over the API never has it.",
  },
  "user pool": {
    InitiateAuth:
      "Use a user of this pool with a permanent password, and a client that allows the flow (explicit_auth_flows) and has no secret.",
    "*": { none: "each operation has errors of its own, whose message the check shows" },
  },
} satisfies Readonly<Record<string, Fixes>>;

export type HopName = keyof typeof FIXES;

declare const open: unique symbol;
/** The name of a check that comes from a request or a configuration, in a hop that has a `*`. */
export type OpenName = string & { readonly [open]: true };

/** @param name such as that of an operation, a claim or an error */
export function openName(name: string): OpenName {
  return name as OpenName;
}

/** The checks that a hop can record; of what may be one of several hops, those of any. Each has a fix, or none for a reason. */
export type CheckName<Name extends HopName = HopName> = Name extends HopName
  ? Exclude<keyof (typeof FIXES)[Name], "*"> | ("*" extends keyof (typeof FIXES)[Name] ? OpenName : never)
  : never;

/** What a check found wrong. */
export interface FailedCheck<Name extends HopName = HopName> {
  readonly check: CheckName<Name>;
  readonly expected: string;
  readonly actual: string;
}

/** What to change so that the hop no longer refuses. @returns undefined where nothing general can be said */
export function fixFor({ name, checks }: Hop): string | undefined {
  const fixes = own<Fixes>(FIXES, name);
  const refused = checks.find(({ passed }) => !passed);
  const fix = fixes && (own(fixes, refused?.name ?? "*") ?? own(fixes, "*"));
  if (typeof fix !== "string") return undefined;
  if (refused) return fillIn(fix, refused);
  return /\{(expected|actual)\}/.test(fix) ? undefined : fix;
}

/** The names come from requests, and an object's prototype knows names of its own. */
function own<Value>(record: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function fillIn(fix: string, { expected = "nothing", actual = "nothing" }: Check): string {
  return fix.replaceAll("{expected}", () => expected).replaceAll("{actual}", () => actual);
}
