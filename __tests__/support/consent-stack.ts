import type { IncomingHttpHeaders } from "node:http";

import type { Emulator } from "../../emulator";
import { bentDocument, type TerraformJson } from "./article-stack";
import { serveLocally } from "./local-server";
import { allowGateway } from "./policies";

const VENDOR = "login.example.com";
/** Where the application of the stack takes its users back. */
export const RETURN_URL = "http://localhost:8765/callback";

/** How a target gets its users' tokens. */
export interface UserGrant {
  readonly provider?: object;
  readonly oauth?: object;
  readonly target?: object;
}

const API = {
  openapi: "3.0.3",
  info: { title: "Notes", version: "1" },
  servers: [{ url: "https://notes.example.com" }],
  paths: { "/me": { get: { operationId: "me", responses: { 200: { description: "ok" } } } } },
};

/** The sample stack with the target `notes`, an API that wants tokens of its users' own. */
export function consentStack(
  { provider = {}, oauth = {}, target = {} }: UserGrant = {},
  bend: (document: TerraformJson) => void = () => undefined,
): Promise<string> {
  return bentDocument((document) => {
    const { resource } = document;
    const { custom = {}, ...rest } = provider as { custom?: object };
    Object.assign(resource["aws_bedrockagentcore_oauth2_credential_provider"] ?? {}, {
      notes: {
        name: "notes",
        credential_provider_vendor: "CustomOauth2",
        oauth2_provider_config: [
          {
            custom_oauth2_provider_config: [
              {
                client_id: "notes-client",
                client_secret: "notes-secret",
                oauth_discovery: [{ discovery_url: `https://${VENDOR}/.well-known/openid-configuration` }],
                ...custom,
              },
            ],
          },
        ],
        ...rest,
      },
    });
    Object.assign(resource["aws_bedrockagentcore_gateway_target"] ?? {}, {
      notes: {
        name: "notes",
        gateway_identifier: "${aws_bedrockagentcore_gateway.main.gateway_id}",
        depends_on: [allowGateway(resource, "users", ACT_FOR_USERS)],
        credential_provider_configuration: [
          {
            oauth: [
              {
                provider_arn: "${aws_bedrockagentcore_oauth2_credential_provider.notes.credential_provider_arn}",
                scopes: ["notes.read"],
                grant_type: "AUTHORIZATION_CODE",
                default_return_url: RETURN_URL,
                ...oauth,
              },
            ],
          },
        ],
        target_configuration: [
          { mcp: [{ open_api_schema: [{ inline_payload: [{ payload: JSON.stringify(API) }] }] }] },
        ],
        ...target,
      },
    });
    bend(document);
  });
}

const ACT_FOR_USERS = [
  "bedrock-agentcore:GetWorkloadAccessToken",
  "bedrock-agentcore:GetWorkloadAccessTokenForJWT",
  "bedrock-agentcore:GetResourceOauth2Token",
  "secretsmanager:GetSecretValue",
];

/** What the emulator needs for such a stack. */
export const consentOptions = (apiUrl: string) => ({ issuers: [VENDOR], hosts: { "notes.example.com": apiUrl } });

/** The API behind the target, which keeps the headers of its requests. */
export async function startApi(): Promise<{ readonly url: string; readonly seen: IncomingHttpHeaders[] }> {
  const seen: IncomingHttpHeaders[] = [];
  const url = await serveLocally((request, response) => {
    seen.push(request.headers);
    response.setHeader("content-type", "application/json").end('{"note":"remember"}');
  });
  return { url, seen };
}

/** As an operator does once, for the identity of a gateway. */
export function registerReturnUrl({ account }: Emulator, ...urls: string[]): void {
  const name = account.gateways.all()[0]?.attributes.gatewayId ?? "";
  account.workloadIdentities.update({ name, allowedResourceOauth2ReturnUrls: urls });
}

/** Where an answer leads a browser, which is not followed. */
export async function locationOf(url: string, form?: Readonly<Record<string, string>>): Promise<URL> {
  const body = form && new URLSearchParams(form);
  const response = await fetch(url, { method: body ? "POST" : "GET", body, redirect: "manual" });
  const location = response.headers.get("location");
  if (location === null) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  return new URL(location);
}

/** Signs in at the vendor's page and consents. @returns where the browser ends up */
export async function consent(authorizationUrl: string, sub = "ann"): Promise<URL> {
  const vendor = await locationOf(authorizationUrl);
  const callback = await locationOf(vendor.href, { sub, claims: "{}" });
  return locationOf(callback.href);
}
