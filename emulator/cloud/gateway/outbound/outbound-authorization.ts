import { AwsV4Signer } from "aws4fetch";

import { SERVICE, SERVICE_PRINCIPAL } from "../../../../aws/agentcore/endpoints";
import {
  backendOf,
  type GatewayTargetDeclaration,
  type OutboundCredential,
  type TargetSettings,
} from "../../../../topology";
import { type Eventual, goOn } from "../../../eventual";
import type { Trace } from "../../../trace/hop-record";
import type { Environment } from "../../environment";
import { AwsError } from "../../errors";
import type { Iam, RoleSession } from "../../iam/iam";
import type { SessionCredentialsStore } from "../../iam/session-credentials";
import type { ApiKeyCredentialProviders } from "../../identity/api-key-credential-providers";
import { providerUnknown } from "../../identity/errors";
import type { OAuth2CredentialProviders } from "../../identity/oauth2-credential-providers";
import { defaultVaultArn, type TokenVault } from "../../identity/token-vault";
import type { WorkloadUser } from "../../identity/workload-user";
import { apiKeyDenied, roleNotAssumable } from "../errors";
import type { Gateway } from "../gateways";
import { ConsentRequired } from "../protocol/json-rpc-errors";
import type { OnBehalf } from "./on-behalf";
import type { Authorize, SigningCredentials } from "./outbound-request";
import type { Target } from "../target";

/** The name of the session that signs requests to MCP servers, seen in denials. */
const SIGNING_SESSION = "mcp-iam-auth-session";

/** What a gateway shows to a target, for one call. */
export interface Credential {
  readonly authorize: Authorize;
  /** Who signs, where somebody does. */
  readonly signer?: RoleSession;
  /** Called when the target refuses it: the next call gets another one. */
  discard(): void;
}

const NO_CREDENTIAL: Credential = { authorize: (request) => request, discard: () => undefined };

interface Services {
  readonly environment: Environment;
  readonly iam: Iam;
  readonly vault: TokenVault;
  readonly credentialProviders: OAuth2CredentialProviders;
  readonly apiKeyProviders: ApiKeyCredentialProviders;
  readonly sessionCredentials: SessionCredentialsStore;
}

/** Gets the credential that a gateway shows to a target, as its service role and anew for every call. */
export class OutboundAuthorization {
  constructor(private readonly services: Services) {}

  /**
   * @param onBehalf of nobody, where the gateway asks in its own name
   * @throws AwsError, ConsentRequired
   */
  credential(gateway: Gateway, { declaration }: Target, trace: Trace, onBehalf: OnBehalf = {}): Eventual<Credential> {
    const { credential } = declaration;
    switch (credential.type) {
      case "NONE":
        return NO_CREDENTIAL;
      case "OAUTH":
        return this.bearerToken(gateway, credential, trace, onBehalf);
      case "GATEWAY_IAM_ROLE": {
        const session = this.assumeServiceRole(gateway, trace, SIGNING_SESSION);
        return {
          ...this.signature(declaration, credential, this.services.sessionCredentials.issue(session)),
          signer: session,
        };
      }
      case "CALLER_IAM_CREDENTIALS":
        return onBehalf.credentials ? this.signature(declaration, credential, onBehalf.credentials) : NO_CREDENTIAL;
      case "JWT_PASSTHROUGH": {
        const { authorization } = onBehalf;
        if (authorization === undefined) return NO_CREDENTIAL;
        return { ...NO_CREDENTIAL, authorize: withHeader("authorization", authorization) };
      }
      case "API_KEY":
        return this.apiKey(gateway, credential, trace);
    }
  }

  /** @throws AwsError AccessDeniedException */
  assumeServiceRole(gateway: Gateway, trace: Trace, sessionName?: string): RoleSession {
    const { environment, iam } = this.services;
    const { roleArn } = gateway.declaration;
    const station = gateway.attributes.gatewayArn;
    return trace.hop({ name: "gateway service role", station }, (hop) => {
      const session = iam.assumeRole({
        roleArn,
        service: SERVICE_PRINCIPAL,
        sourceArn: gateway.attributes.gatewayArn,
        sessionName: () => sessionName ?? `gateway-session-${environment.random.uuid()}`,
      });
      const expected = `${SERVICE_PRINCIPAL} in the trust policy of ${roleArn}`;
      hop.check("sts:AssumeRole", session !== undefined, { expected, actual: session ? "allowed" : "denied" });
      if (!session) throw roleNotAssumable();
      return session;
    });
  }

  private bearerToken(
    gateway: Gateway,
    credential: OutboundCredential & { type: "OAUTH" },
    trace: Trace,
    onBehalf: OnBehalf,
  ): Eventual<Credential> {
    return goOn(this.accessToken(gateway, credential, trace, onBehalf), (accessToken) => ({
      authorize: withHeader("authorization", `Bearer ${accessToken}`),
      discard: () => this.services.vault.forget(accessToken),
    }));
  }

  private accessToken(
    gateway: Gateway,
    { grantType, providerArn, scopes, customParameters, defaultReturnUrl }: OutboundCredential & { type: "OAUTH" },
    trace: Trace,
    onBehalf: OnBehalf,
  ): Eventual<string> {
    const { vault, credentialProviders, environment } = this.services;
    const session = this.assumeServiceRole(gateway, trace);
    const { gatewayId } = gateway.attributes;
    const demand = () => ({
      credentialProviderName: this.providerName(credentialProviders, providerArn, trace),
      scopes,
      customParameters,
    });
    const user = userOf(grantType, onBehalf);
    if (!user) {
      const workloadIdentityToken = vault.getWorkloadAccessToken(session, gatewayId, trace);
      return vault.getResourceOauth2Token(session, { workloadIdentityToken, ...demand() }, trace);
    }
    const action = "userId" in user ? "GetWorkloadAccessTokenForUserId" : "GetWorkloadAccessTokenForJWT";
    const workloadIdentityToken = vault.getWorkloadAccessToken(session, gatewayId, trace, action, user);
    const request = { workloadIdentityToken, ...demand() };
    if (grantType === "TOKEN_EXCHANGE") return vault.exchangeToken(session, request, trace);
    const { returnUrl = defaultReturnUrl, forceAuthentication } = onBehalf;
    const asked = { ...request, returnUrl, forceAuthentication, trustsReturnUrl: "userId" in user };
    return goOn(vault.getUserToken(session, asked, trace), (token) => {
      if (typeof token === "string") return token;
      const { authorizationUrl, sessionUri } = token;
      throw new ConsentRequired(authorizationUrl, sessionUri, environment.random.uuid(), onBehalf.userId);
    });
  }

  private signature(
    target: GatewayTargetDeclaration,
    credential: { readonly service?: string; readonly region?: string },
    credentials: SigningCredentials,
  ): Credential {
    const implied = impliedSigning(target);
    const { service = implied.service, region = implied.region ?? this.services.environment.region } = credential;
    return {
      async authorize(request) {
        const url = unmistakable(request.url);
        const signer = new AwsV4Signer({ ...request, url, service, region, ...credentials, allHeaders: true });
        const { headers } = await signer.sign();
        return { ...request, url, headers: Object.fromEntries(headers) };
      },
      discard: () => undefined,
    };
  }

  private apiKey(gateway: Gateway, credential: OutboundCredential & { type: "API_KEY" }, trace: Trace): Credential {
    const { vault } = this.services;
    const session = this.assumeServiceRole(gateway, trace);
    const workloadIdentityToken = explainApiKeyDenial(() =>
      vault.getWorkloadAccessToken(session, gateway.attributes.gatewayId, trace),
    );
    const credentialProviderName = this.providerName(this.services.apiKeyProviders, credential.providerArn, trace);
    const key = vault.getResourceApiKey(session, { workloadIdentityToken, credentialProviderName }, trace);
    const { credentialLocation, credentialParameterName: name, credentialPrefix: prefix } = credential;
    // The service adds the blank, also after a prefix that ends in one: seen once.
    const value = prefix === undefined ? key : `${prefix} ${key}`;
    const authorize =
      credentialLocation === "QUERY_PARAMETER"
        ? withQueryParameter(name ?? "api_key", value)
        : withHeader(name ?? "authorization", value);
    return { authorize, discard: () => undefined };
  }

  private providerName(
    providers: ApiKeyCredentialProviders | OAuth2CredentialProviders,
    providerArn: string,
    trace: Trace,
  ): string {
    const provider = providers.findByArn(providerArn);
    if (provider) return provider.name;
    return trace.hop({ name: "token vault", station: defaultVaultArn(this.services.environment) }, (hop) => {
      hop.check("credential provider", false, { expected: "a credential provider of the vault", actual: providerArn });
      throw providerUnknown(providerArn);
    });
  }
}

/** Targets of token exchanges are synchronized by client credentials: developer guide, "gateway-target-MCPservers". */
function userOf(grantType: string | undefined, { userToken, userId }: OnBehalf): WorkloadUser | undefined {
  if (grantType === "AUTHORIZATION_CODE" && userId !== undefined) return { userId };
  const isForUser = grantType === "AUTHORIZATION_CODE" || grantType === "TOKEN_EXCHANGE";
  return isForUser && userToken !== undefined ? { userToken } : undefined;
}

/** What is signed for where the credential names nothing. */
function impliedSigning(target: TargetSettings): { readonly service: string; readonly region?: string } {
  const backend = backendOf(target);
  if (backend?.speaks !== "HTTP") return { service: SERVICE };
  return { service: backend.signingName ?? SERVICE, region: backend.signingRegion };
}

/**
 * The URL with a query that is the same when it is signed as it stands, as botocore does, and when it is read and written
 * anew, as SigV4 is described: without marks that need not be encoded in URLs.
 */
function unmistakable(url: string): string {
  const [address = "", ...query] = url.split(/(?=\?)/);
  return address + query.join("").replace(/[+!'()*]/g, (mark) => (mark === "+" ? "%20" : percent(mark)));
}

const percent = (mark: string) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`;

function explainApiKeyDenial<T>(getToken: () => T): T {
  try {
    return getToken();
  } catch (error) {
    throw error instanceof AwsError ? apiKeyDenied(error) : error;
  }
}

function withQueryParameter(name: string, value: string): Authorize {
  return (request) => {
    const url = new URL(request.url);
    url.searchParams.set(name, value);
    return { ...request, url: url.href };
  };
}

function withHeader(name: string, value: string): Authorize {
  return (request) => {
    request.headers[name.toLowerCase()] = value;
    return request;
  };
}
