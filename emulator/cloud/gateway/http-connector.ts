import { type Backend, TargetDocumentError } from "../../../topology";
import type { Trace } from "../../trace/hop-record";
import { maskFields } from "../../trace/masking";
import type { Environment } from "../environment";
import type { HttpResponse } from "../http-message";
import { LoopbackError } from "../loopback";
import { UnknownHostError } from "../network";
import type { Gateway } from "./gateways";
import type { OutboundAuthorization } from "./outbound-authorization";
import type { OutboundRequest } from "./outbound-request";
import type { Target } from "./target";
import { TargetError, type TargetConnector, type ToolCall, type ToolResult } from "./target-connector";
import type { ServerTool } from "./tool";

type HttpBackend = Backend & { readonly speaks: "HTTP" };

/** Targets that are HTTP APIs, whose operations the configuration describes. */
export class HttpConnector implements TargetConnector<HttpBackend> {
  constructor(
    private readonly environment: Environment,
    private readonly outbound: OutboundAuthorization,
  ) {}

  async synchronize(_: Gateway, __: Target, { tools }: HttpBackend): Promise<readonly ServerTool[]> {
    return tools;
  }

  async callTool(
    gateway: Gateway,
    target: Target,
    { tools, endpoint }: HttpBackend,
    { name, arguments: toolArguments }: ToolCall,
    trace: Trace,
  ): Promise<ToolResult> {
    const call = () => tools.find((tool) => tool.name === name)?.request(toolArguments as Record<string, unknown>);
    const request = orTargetError(call);
    if (!request) throw new TargetError(`The target has no tool ${name}`);
    const credential = await this.outbound.credential(gateway, target, trace);
    const shown = { method: request.method, url: maskFields(request.url) };
    return trace.hop({ name: "HTTP API", station: endpoint, request: shown }, async (hop) => {
      const authorized = await credential.authorize({ ...request, headers: { ...request.headers } });
      const response = await this.send(gateway, authorized, hop);
      if (response instanceof Error) {
        hop.check("answer", false, { expected: "a whole answer in time", actual: response.message });
        hop.fail(response.message);
        throw new TargetError("Unable to connect to the API. Please check its server");
      }
      if (response.status === 401) credential.discard();
      hop.check("HTTP status", response.ok, { expected: "2xx", actual: String(response.status) });
      const text = (await response.text()) || `HTTP status ${response.status}`;
      if (!response.ok) hop.fail(`HTTP status ${response.status}`);
      return { content: [{ type: "text", text }], isError: !response.ok };
    });
  }

  private async send(
    { attributes }: Gateway,
    { url, ...request }: OutboundRequest,
    trace: Trace,
  ): Promise<HttpResponse | UnknownHostError | LoopbackError> {
    const workload = { hostingEnvironment: attributes.gatewayArn, identity: attributes.gatewayId };
    try {
      return await this.environment.network.fetch(url, { ...request, workload, trace });
    } catch (error) {
      if (error instanceof UnknownHostError || error instanceof LoopbackError) return error;
      throw error;
    }
  }
}

/** Arguments that fit the input schema and still make no request. */
function orTargetError<T>(make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof TargetDocumentError) throw new TargetError(error.message);
    throw error;
  }
}
