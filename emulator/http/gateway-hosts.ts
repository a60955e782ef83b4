import { summarizeAnswer, summarizeRequest } from "../trace/summary";
import type { HopRecorder } from "../trace/tracer";
import type { Environment } from "../cloud/environment";
import type { JwtRefusal } from "../cloud/jwt-authorizer";
import type { HostService, UrlMapping } from "../cloud/network";
import { gatewayHost, type Gateway, type Gateways } from "../cloud/gateway/gateways";
import { INVALID_PARAMS, INVALID_REQUEST, JsonRpcError, METHOD_NOT_FOUND, parseJsonRpc } from "../cloud/gateway/json-rpc";
import { jsonRpcError, unknownOperation } from "./answers";
import type { McpMethods } from "../cloud/gateway/mcp-methods";

const METADATA_PATH = "/.well-known/oauth-protected-resource";
const DISCOVERY_SUFFIX = "/.well-known/openid-configuration";

/** The code of the gateway's refusals, seen with "Missing Bearer token". */
const AUTHENTICATION_ERROR = -32001;

/** `https://{gatewayId}.gateway.bedrock-agentcore.REGION.amazonaws.com/mcp` */
export class GatewayHosts implements HostService {
  constructor(
    private readonly environment: Environment,
    private readonly gateways: Gateways,
    private readonly methods: McpMethods,
  ) {}

  serves(host: string): boolean {
    return this.find(host) !== undefined;
  }

  async handle(request: Request, urls: UrlMapping): Promise<Response> {
    const { host, pathname } = new URL(request.url);
    const gateway = this.find(host);
    if (!gateway) throw new Error(`No gateway answers at ${host}`);
    if (pathname === METADATA_PATH && request.method === "GET") return protectedResourceMetadata(gateway, urls);
    if (pathname !== "/mcp") return unknownOperation();
    if (request.method !== "POST") return new Response(undefined, { status: 405, headers: { allow: "POST" } });

    const { tracer } = this.environment;
    const station = gateway.attributes.gatewayArn;
    const refused = await tracer.hop({ name: "gateway authorizer", station, request: summarizeRequest(request) }, async (hop) => {
      const refusal = await this.authorize(request, gateway, urls, hop);
      if (refusal) hop.answer(summarizeAnswer(refusal.status, await refusal.clone().text()));
      return refusal;
    });
    if (refused) return refused;
    const body = await request.text();
    return tracer.hop({ name: "MCP method", station, request: summarizeRequest(request, body) }, (hop) =>
      this.answer(request, body, gateway, hop),
    );
  }

  private find(host: string): Gateway | undefined {
    const [gatewayId = ""] = host.split(".", 1);
    const gateway = this.gateways.find(gatewayId);
    return gateway && host === gatewayHost(this.environment, gatewayId) ? gateway : undefined;
  }

  private async authorize(request: Request, gateway: Gateway, urls: UrlMapping, hop: HopRecorder): Promise<Response | undefined> {
    const { authorizerType } = gateway.declaration;
    if (authorizerType === "NONE") return undefined;
    if (!gateway.authorizer) {
      hop.check("SigV4 signature", false, { expected: `a request signed for ${authorizerType}` });
      return refuse(401, "Authentication error - Invalid credentials");
    }
    const token = /^bearer (.+)$/i.exec(request.headers.get("authorization") ?? "")?.[1]?.trim();
    if (!hop.check("bearer token", token !== undefined) || token === undefined) {
      return refuse(401, "Missing Bearer token", challenge(gateway, urls, "invalid_token"));
    }
    const refusal = await gateway.authorizer.refusal(token, hop);
    if (!refusal) return undefined;
    return isInsufficientScope(refusal)
      ? refuse(403, "Insufficient scope", challenge(gateway, urls, "insufficient_scope"))
      : refuse(401, "Invalid Bearer token", challenge(gateway, urls, "invalid_token"));
  }

  private async answer(request: Request, body: string, gateway: Gateway, hop: HopRecorder): Promise<Response> {
    let id: string | number | undefined;
    try {
      const message = parseJsonRpc(body);
      id = message.id;
      const version = request.headers.get("mcp-protocol-version");
      const supported = gateway.supportedVersions.join(", ");
      if (version !== null && !gateway.supportedVersions.includes(version)) {
        hop.check("MCP-Protocol-Version", false, { expected: supported, actual: version });
        const text = `Unsupported MCP-Protocol-Version: ${JSON.stringify(version)}, supported are ${supported}`;
        return jsonRpcError({ code: INVALID_REQUEST, message: text }, { id, status: 400 });
      }
      if (id === undefined) return new Response(undefined, { status: 202 });
      return answerResult(id, await this.methods.answer(gateway, message), hop);
    } catch (error) {
      if (!(error instanceof JsonRpcError)) throw error;
      hop.check(checkOf(error), false, { actual: error.message });
      return jsonRpcError(error, { id: id ?? null, status: id === undefined ? 400 : 200 });
    }
  }
}

function answerResult(id: string | number, result: unknown, hop: HopRecorder): Response {
  const body = JSON.stringify({ jsonrpc: "2.0", id, result });
  hop.answer(summarizeAnswer(200, body));
  if (isErrorResult(result)) hop.fail("The result is an error (isError is true).");
  return new Response(body, { headers: { "content-type": "application/json" } });
}

function isErrorResult(result: unknown): boolean {
  return typeof result === "object" && result !== null && "isError" in result && result.isError === true;
}

function checkOf({ code }: JsonRpcError): string {
  if (code === METHOD_NOT_FOUND) return "method";
  return code === INVALID_PARAMS ? "parameters" : "JSON-RPC message";
}

/** A good token of a wrong issuer, client or audience, or without the scope, is refused with 403, any other with 401. */
function isInsufficientScope({ reason }: JwtRefusal): boolean {
  return reason === "claim" || reason === "issuer";
}

function challenge({ attributes }: Gateway, urls: UrlMapping, error: string): Record<string, string> {
  const metadata = urls(new URL(METADATA_PATH, attributes.gatewayUrl).href);
  return { "www-authenticate": `Bearer error="${error}", resource_metadata="${metadata}"` };
}

/** AWS answers with the id 0, whatever the request's was. */
function refuse(status: number, message: string, headers?: Record<string, string>): Response {
  return jsonRpcError({ code: AUTHENTICATION_ERROR, message }, { id: 0, status, headers });
}

function protectedResourceMetadata({ attributes, declaration }: Gateway, urls: UrlMapping): Response {
  const discoveryUrl = declaration.customJwtAuthorizer?.discoveryUrl;
  return Response.json({
    authorization_servers: discoveryUrl === undefined ? [] : [discoveryUrl.replace(DISCOVERY_SUFFIX, "")],
    resource: urls(attributes.gatewayUrl),
  });
}
