// emulator/cloud/gateway/connectors/: how each kind of target is called.

import { type Backend, type HttpTool, type StageAdmission, TargetDocumentError } from "../../../../topology";
import type { HopRecorder, Trace } from "../../../trace/hop-record";
import { maskFields } from "../../../trace/masking";
import type { UsagePlans } from "../../api-gateway/usage-plans";
import type { Environment } from "../../environment";
import type { HttpHeaders } from "../../network/http-message";
import { LoopbackError } from "../../network/loopback";
import { UnknownHostError } from "../../network/network";
import type { Gateway } from "../gateways";
import type { Credential, OutboundAuthorization } from "../outbound/outbound-authorization";
import type { OutboundRequest } from "../outbound/outbound-request";
import { passBack, passOn } from "../outbound/passed-on";
import type { Target } from "../target";
import type { Catalogue, TargetConnector, ToolCall, ToolResult } from "../target-connector";
import { apiUnreachable, inItsWords, noTool } from "../target-errors";

type HttpBackend = Backend & { readonly speaks: "HTTP" };

interface HttpAnswer {
  readonly status: number;
  /** Whether the status is 2xx. */
  readonly ok: boolean;
  readonly headers: HttpHeaders;
  readonly text: string;
}

/** Targets that are HTTP APIs, whose operations the configuration describes. */
export class HttpConnector implements TargetConnector<HttpBackend> {
  constructor(
    private readonly environment: Environment,
    private readonly outbound: OutboundAuthorization,
    private readonly usagePlans: UsagePlans,
  ) {}

  async synchronize(_: Gateway, __: Target, { tools }: HttpBackend): Promise<Catalogue> {
    return { tools };
  }

  async callTool(
    gateway: Gateway,
    target: Target,
    { tools, endpoint }: HttpBackend,
    { name, arguments: toolArguments, caller: { incoming, onBehalf } }: ToolCall,
    trace: Trace,
  ): Promise<ToolResult> {
    const tool = tools.find((each) => each.name === name);
    const request = orTargetError(() => tool?.request(toolArguments as Record<string, unknown>));
    if (!request) throw noTool(name);
    const credential = await this.outbound.credential(gateway, target, trace, onBehalf);
    const shown = { method: request.method, url: maskFields(request.url) };
    return trace.hop({ name: "HTTP API", station: endpoint, request: shown }, async (hop) => {
      const refused = tool?.permission && this.refuse(tool.permission(request), credential, hop);
      if (refused) return refused;
      const authorize = passOn(credential.authorize, target.declaration, incoming);
      const authorized = await authorize({ ...request, headers: { ...request.headers } });
      const turnedAway = tool?.admission && this.turnAway(tool.admission, authorized, hop);
      if (turnedAway) return turnedAway;
      const answer = await this.send(gateway, authorized, hop);
      if (answer instanceof Error) {
        hop.check("answer", false, { expected: "a whole answer in time", actual: answer.message });
        hop.fail(answer.message);
        throw apiUnreachable();
      }
      const { status, ok, text } = answer;
      passBack(target.declaration, answer.headers, incoming);
      if (status === 401) credential.discard();
      hop.check("HTTP status", ok, { expected: "2xx", actual: String(status) });
      if (!ok) hop.fail(`HTTP status ${status}`);
      return { content: [{ type: "text", text: text || `HTTP status ${status}` }], isError: !ok };
    });
  }

  /** What API Gateway answers in the place of a stage that a server of this machine stands for. */
  private refuse(
    { action, resource }: ReturnType<NonNullable<HttpTool["permission"]>>,
    { signer }: Credential,
    hop: HopRecorder<"HTTP API">,
  ): ToolResult | undefined {
    const { partition, region, accountId } = this.environment;
    const arn = `arn:${partition}:execute-api:${region}:${accountId}:${resource}`;
    const isAllowed = signer?.isAllowed(action, arn) ?? false;
    if (hop.check(action, isAllowed, { expected: arn, actual: signer?.arn ?? "nobody, who signs nothing" })) {
      return undefined;
    }
    const text = signer
      ? `{"Message":"User: ${signer.arn} is not authorized to perform: ${action} on resource: ${arn}"}`
      : '{"message":"Missing Authentication Token"}';
    return answered(403, text, hop);
  }

  /** API Gateway asks its authorizers first: developer guide, "apigateway-use-lambda-authorizer". */
  private turnAway(
    { wantsKey, identityHeader, ...stage }: StageAdmission,
    { headers }: OutboundRequest,
    hop: HopRecorder<"HTTP API">,
  ): ToolResult | undefined {
    const isShown = identityHeader === undefined || Object.hasOwn(headers, identityHeader.toLowerCase());
    if (!isShown) {
      hop.check("authorizer", false, { expected: `the header ${identityHeader}`, actual: "a call without it" });
      return answered(401, '{"message":"Unauthorized"}', hop);
    }
    if (!wantsKey) return undefined;
    const key = headers["x-api-key"];
    const expected = `x-api-key with an enabled key of a usage plan that has the stage ${stage.stage}`;
    const actual = key === undefined ? "no x-api-key" : "a key of none";
    const isAdmitted = key !== undefined && this.usagePlans.admits(stage, key);
    if (hop.check("usage plan", isAdmitted, { expected, actual })) return undefined;
    return answered(403, '{"message":"Forbidden"}', hop);
  }

  /** The body is read here, too: an event stream may break off in it, or take too long. */
  private async send(
    { attributes }: Gateway,
    { url, ...request }: OutboundRequest,
    trace: Trace,
  ): Promise<HttpAnswer | UnknownHostError | LoopbackError> {
    const workload = { hostingEnvironment: attributes.gatewayArn, identity: attributes.gatewayId };
    try {
      const response = await this.environment.network.fetch(url, { ...request, workload, trace });
      return { status: response.status, ok: response.ok, headers: response.headers, text: await response.text() };
    } catch (error) {
      if (error instanceof UnknownHostError || error instanceof LoopbackError) return error;
      throw error;
    }
  }
}

/** What API Gateway says itself, in the place of the stage. */
function answered(status: number, text: string, hop: HopRecorder<"HTTP API">): ToolResult {
  hop.fail(`HTTP status ${status}`);
  return { content: [{ type: "text", text }], isError: true };
}

/** Arguments that fit the input schema and still make no request. */
function orTargetError<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw error instanceof TargetDocumentError ? inItsWords(error) : error;
  }
}
