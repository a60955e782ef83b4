import { type Backend, CONNECTION_HEADERS } from "../../../../topology";
import type { Trace } from "../../../trace/hop-record";
import type { Environment } from "../../environment";
import { type HttpHeaders, type HttpRequest, type HttpResponse } from "../../network/http-message";
import type { Gateway } from "../gateways";
import type { OnBehalf } from "../outbound/on-behalf";
import type { OutboundAuthorization } from "../outbound/outbound-authorization";
import type { Target } from "../target";
import type { Catalogue, TargetConnector } from "../target-connector";

type PassthroughBackend = Backend & { readonly speaks: "passthrough" };

/** What is between the caller and the gateway alone: the connection's own fields, and what lets the caller in. */
const NOT_PASSED = [
  ...CONNECTION_HEADERS,
  ...["authorization", "x-amz-content-sha256", "x-amz-date", "x-amz-security-token"],
];

/** Targets that a gateway hands requests to as they come, without tools: developer guide, "gateway-target-http-runtime". */
export class PassthroughConnector implements TargetConnector<PassthroughBackend> {
  constructor(
    private readonly environment: Environment,
    private readonly outbound: OutboundAuthorization,
  ) {}

  async synchronize(): Promise<Catalogue> {
    return { tools: [] };
  }

  /** @throws AwsError, UnknownHostError, LoopbackError */
  async forward(
    gateway: Gateway,
    target: Target,
    { endpoint }: PassthroughBackend,
    { headers, body }: Pick<HttpRequest, "body"> & { readonly headers: HttpHeaders },
    onBehalf: OnBehalf,
    trace: Trace,
  ): Promise<HttpResponse> {
    const { gatewayArn, gatewayId } = gateway.attributes;
    const credential = await this.outbound.credential(gateway, target, trace, onBehalf);
    const request = { method: "POST", url: endpoint, headers: headers.toRecord(NOT_PASSED), body };
    const { url, ...authorized } = await credential.authorize(request);
    const workload = { hostingEnvironment: gatewayArn, identity: gatewayId };
    const answer = await this.environment.network.fetch(url, { ...authorized, workload, trace });
    if (answer.status === 401) credential.discard();
    return answer;
  }
}
