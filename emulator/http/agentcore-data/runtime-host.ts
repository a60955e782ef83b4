import { dataPlaneHost, DEFAULT_ENDPOINT, PROTECTED_RESOURCE_PATH } from "../../../aws/agentcore/endpoints";
import type { Environment } from "../../cloud/environment";
import { HttpResponse, type HttpRequest } from "../../cloud/network/http-message";
import type { TokenVault } from "../../cloud/identity/token-vault";
import type { HostService, PayloadLimit, UrlMapping } from "../../cloud/network/network";
import type { AgentRuntimeVersion } from "../../cloud/runtime/agent-runtime";
import {
  decodeRuntimeArn,
  invocationUrl,
  type AgentRuntime,
  type AgentRuntimes,
} from "../../cloud/runtime/agent-runtimes";
import { type Eventual, goOn } from "../../eventual";
import { maskFields } from "../../trace/masking";
import { requestSummary } from "../../trace/summary";
import { awsError, jsonRpcError, unknownOperation } from "../answers";
import { misdirected, traced } from "../misdirected";
import { protectedResourceMetadata } from "../protected-resource";
import type { IamAuthorizer } from "../protocols/iam-authorizer";
import { ContainerCall, RUNTIME_SESSION_ID } from "./container-call";
import { AUTHENTICATION_ERROR } from "../../cloud/gateway/protocol/json-rpc-errors";
import { MISSING_TOKEN, RuntimeAuthorizer } from "./runtime-authorizer";

const ENDPOINT = "/runtimes/URL_ENCODED_ARN/invocations";

/** What a request may be wrong in, and what it should have there. */
const ENDPOINT_PARTS = {
  path: ENDPOINT,
  "URL-encoded ARN": ENDPOINT,
  runtime: ENDPOINT,
  qualifier: `${ENDPOINT}?qualifier= with the name of an endpoint`,
  "session id": "33 to 256 characters",
} as const;

/** Characters: botocore `bedrock-agentcore/2024-02-28`, `SessionType`. */
const SESSION_ID_LENGTH = { min: 33, max: 256 };

/** What a request asks for: a runtime, and of its versions the one behind the endpoint that it names. */
interface Invocation {
  readonly runtime: AgentRuntime;
  /** The endpoint's name. */
  readonly qualifier: string;
  readonly version: AgentRuntimeVersion;
}

/** `POST https://bedrock-agentcore.REGION.amazonaws.com/runtimes/{urlencoded ARN}/invocations` */
export class RuntimeHost implements HostService {
  readonly payload: PayloadLimit;
  private readonly host: string;
  private readonly authorizer: RuntimeAuthorizer;
  private readonly container: ContainerCall;

  constructor(
    private readonly environment: Environment,
    private readonly runtimes: AgentRuntimes,
    vault: TokenVault,
    iam: IamAuthorizer,
  ) {
    this.host = dataPlaneHost(environment.region);
    this.authorizer = new RuntimeAuthorizer(environment, iam);
    this.container = new ContainerCall(environment, vault);
    const bytes = environment.limits.runtimePayload;
    this.payload = { bytes, refuse: () => refuseOversize(bytes) };
  }

  serves(host: string): boolean {
    return host === this.host;
  }

  handle(request: HttpRequest, urls: UrlMapping): Eventual<HttpResponse> {
    const { pathname } = request.location;
    const [, collection, encodedArn, operation, ...rest] = pathname.split("/");
    const isMetadata = `/${rest.join("/")}` === PROTECTED_RESOURCE_PATH;
    if (collection !== "runtimes" || encodedArn === undefined) {
      return this.misdirected(request, "path", unknownOperation());
    }
    if (rest.length > 0 && !isMetadata) {
      return this.misdirected(request, encodedArn.startsWith("arn:") ? "URL-encoded ARN" : "path", unknownOperation());
    }
    if (operation === undefined) {
      return this.misdirected(
        request,
        "path",
        jsonRpcError({ code: AUTHENTICATION_ERROR, message: MISSING_TOKEN }, { status: 401 }),
      );
    }
    if (operation !== "invocations") return this.misdirected(request, "path", unknownOperation());

    const arn = decodeRuntimeArn(encodedArn);
    const found = this.find(arn, request.location);
    if (found instanceof HttpResponse) {
      return this.misdirected(request, this.runtimes.find(arn) ? "qualifier" : "runtime", found);
    }
    if (isMetadata) return request.method === "GET" ? this.metadata(found, urls) : unknownOperation(405);
    return request.method === "POST" ? this.invoke(request, found, urls) : unknownOperation(405);
  }

  /** A request that reaches no runtime as it is; the one that it names is shown as its station. */
  private misdirected(
    request: HttpRequest,
    check: keyof typeof ENDPOINT_PARTS,
    answer: HttpResponse,
  ): Promise<HttpResponse> {
    const { pathname, search } = request.location;
    const meant = this.runtimes
      .all()
      .find(({ attributes }) => decodeRuntimeArn(pathname).includes(attributes.agentRuntimeArn));
    const endpoint = { name: "runtime endpoint" as const, station: meant?.attributes.agentRuntimeArn };
    const actual =
      check === "session id" ? request.headers.get(RUNTIME_SESSION_ID) : maskFields(`${pathname}${search}`);
    return misdirected(request, endpoint, { check, expected: ENDPOINT_PARTS[check], actual: actual ?? "" }, answer);
  }

  private find(arn: string, location: URL): Invocation | HttpResponse {
    if (!arn.startsWith("arn:") && !location.searchParams.has("accountId")) {
      return awsError(400, "ValidationException", "accountID is required");
    }
    const asked = location.search === "" ? null : location.searchParams.get("qualifier");
    const qualifier = asked ?? DEFAULT_ENDPOINT;
    const runtime = this.runtimes.find(arn);
    const version = runtime?.versionBehind(qualifier);
    if (runtime && version) return { runtime, qualifier, version };
    return awsError(
      404,
      "ResourceNotFoundException",
      `No endpoint or agent found with qualifier '${qualifier}' for agent '${arn}'`,
    );
  }

  private metadata({ runtime, version }: Invocation, urls: UrlMapping): HttpResponse {
    const resource = invocationUrl(this.environment, runtime.attributes.agentRuntimeArn);
    return protectedResourceMetadata(resource, version.declaration.customJwtAuthorizer, urls);
  }

  private invoke(
    request: HttpRequest,
    { runtime, qualifier, version }: Invocation,
    urls: UrlMapping,
  ): Eventual<HttpResponse> {
    const { agentRuntimeArn } = runtime.identity;
    const start = { name: "runtime authorizer" as const, station: agentRuntimeArn, request: requestSummary(request) };
    const called = { agentRuntimeArn, qualifier, authorizer: version.authorizer };
    const refused = request.trace.hop(start, (hop) =>
      goOn(this.authorizer.authorize(request, called, urls, hop), (refusal) => refusal && traced(refusal, hop)),
    );
    return goOn(refused, (refusal) => {
      if (refusal) return refusal;
      const faultySession = refuseSessionId(request.headers.get(RUNTIME_SESSION_ID));
      return faultySession
        ? this.misdirected(request, "session id", faultySession)
        : this.container.call(request, runtime, version);
    });
  }
}

function refuseSessionId(id: string | null): HttpResponse | undefined {
  const { min, max } = SESSION_ID_LENGTH;
  if (id === null || (id.length >= min && id.length <= max)) return undefined;
  const bound = id.length < min ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  const message = `Value '${id}' at 'runtimeSessionId' failed to satisfy constraint: Member must have length ${bound}`;
  return awsError(400, "ValidationException", `1 validation error detected: ${message}`);
}

function refuseOversize(bytes: number): HttpResponse {
  const message = `Value at 'payload' failed to satisfy constraint: Member must have length less than or equal to ${bytes}`;
  return awsError(400, "ValidationException", message);
}
