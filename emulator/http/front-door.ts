// emulator/http/: front doors: what answers at the hosts of AWS.
import { EMULATOR_PATH } from "../address";
import type { Account } from "../cloud/account";
import { HttpRequest, HttpResponse } from "../cloud/network/http-message";
import type { Network, PayloadLimit, UrlMapping } from "../cloud/network/network";
import { readUrl } from "../cloud/network/read-url";
import { type Eventual, goOn } from "../eventual";
import type { Trace } from "../trace/hop-record";
import { requestSummary, summarizeAnswer } from "../trace/summary";
import { awsError, problem } from "./answers";
import { AWS_SERVICES, serviceMeant } from "./aws-services";
import { clockResource } from "./console/clock-resource";
import { Console } from "./console/console";
import type { EmulatorState } from "./console/emulator-state";
import { GatewayHosts } from "./gateway/gateway-hosts";
import { HttpTargets } from "./gateway/http-targets";
import type { IncomingRequest } from "./listener";
import { IamAuthorizer } from "./protocols/iam-authorizer";
import { claimedScope } from "./protocols/sigv4";
import { s3 } from "./s3";
import { hostOfS3 } from "./s3/address";

/** Moving the clock and making a user take one short object. */
const MOST_BYTES_FOR_ITSELF = 100_000;

/**
 * What clients put between the host and the path of an issuer or a resource (RFC 8414 and RFC 9728, section 3): here
 * before the host, as they take the emulator for it.
 */
const WELL_KNOWN = ".well-known";

/** Services that are fetch handlers cannot be given them: https://fetch.spec.whatwg.org/#forbidden-method. */
const METHODS_WITHOUT_MEANING = ["TRACE", "TRACK"];

/**
 * The emulator's one door for callers outside: sorts a request by its path to an AWS host, by its headers to an AWS
 * API, or to the emulator itself.
 */
export class FrontDoor {
  private readonly console: Console;

  constructor(
    private readonly account: Account,
    private readonly emulator: EmulatorState,
  ) {
    const { environment, gateways, interceptors, mcpMethods, sessionCredentials } = account;
    const httpTargets = new HttpTargets(account.passthrough, account.httpInterceptors);
    const iam = new IamAuthorizer(environment, sessionCredentials, account.resourcePolicies);
    this.console = new Console(account, emulator);
    AWS_SERVICES.forEach((service) => environment.network.attach(service.open(account, iam)));
    environment.network.attach(new GatewayHosts(environment, gateways, mcpMethods, interceptors, httpTargets, iam));
  }

  handle(request: IncomingRequest): Eventual<HttpResponse> {
    const { allowedHosts, url } = this.emulator;
    const host = request.headers.get("host");
    if (!isLoopback(host) && !isNamed(host, allowedHosts)) {
      const names = ["127.0.0.1", "localhost", ...allowedHosts];
      return problem(
        403,
        `The emulator answers only to the host names ${names.slice(0, -1).join(", ")} and ${names.at(-1)}.`,
      );
    }
    if (!isOriginOfMachine(request.headers.get("origin"), allowedHosts)) {
      return problem(403, "The emulator answers only to programs, and to web pages, of this machine.");
    }
    if (METHODS_WITHOUT_MEANING.includes(request.method)) {
      return problem(405, `The method ${request.method} is not offered.`);
    }
    const { pathname, search } = request.location;
    const [, first = "", ...rest] = pathname.split("/");
    if (`/${first}` === EMULATOR_PATH) return this.answerForItself(request, rest.join("/"));
    if (pathname === "/" && this.console.isPage(request)) return this.console.page();
    if (first === WELL_KNOWN && rest.length > 1) {
      const [name = "", host = "", ...path] = rest;
      return this.enterHost(request, host, `/${[WELL_KNOWN, name, ...path].join("/")}${search}`);
    }
    // The names of buckets have dots, too.
    const isHost =
      first.includes(".") &&
      (this.account.environment.network.serviceAt(first) !== undefined || serviceMeant(request) !== s3);
    if (isHost) return this.enterHost(request, first, `/${rest.join("/")}${search}`);
    const service = serviceMeant(request);
    if (service) return this.enterHost(request, service.host(this.account.environment.region), `${pathname}${search}`);
    const signedFor = claimedScope(request)?.service;
    if (signedFor) {
      return awsError(404, "UnknownOperationException", `The emulator does not offer the service ${signedFor}.`);
    }
    return problem(
      404,
      `Nothing is emulated at ${request.method} ${pathname}: name a host of AWS in the path, or open ${url} in a browser.`,
    );
  }

  private async enterHost(request: IncomingRequest, host: string, path: string): Promise<HttpResponse> {
    const { network, tracer, limits } = this.account.environment;
    const service = network.serviceAt(host);
    if (!service) return problem(404, `The host ${host} is not emulated.`);
    if (startsPrograms(host, request.method) && !(await request.isOfThisUser())) {
      return awsError(
        403,
        "AccessDeniedException",
        "The emulator creates what runs programs only for the user who started it: everybody on this machine knows its keys.",
      );
    }
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    const payload = service.payload ?? { bytes: limits.apiPayload, refuse: refuseOversize };
    const body = hasBody ? await request.readBody(payload.bytes) : undefined;
    if (hasBody && body === undefined) return this.refusePayload(request, host, payload);
    const url = readUrl(`https://${host}${path}`);
    const inside = (trace: Trace) =>
      new HttpRequest(request.method, url, request.headers, trace, body, undefined, request);
    const urls = this.urlsFor(request);
    if (isManagement(host, path)) return service.handle(inside(tracer), urls);
    const { method, headers } = request;
    return tracer.call({ request: requestSummary({ method, url: url.href, headers }, body) }, (call) =>
      goOn(service.handle(inside(call), urls), (response) => {
        call.answer(summarizeAnswer(response.status));
        return response;
      }),
    );
  }

  private refusePayload({ method, headers }: IncomingRequest, host: string, payload: PayloadLimit): HttpResponse {
    const url = `https://${host}`;
    return this.account.environment.tracer.call({ label: `${method} ${url}`, request: { method, url } }, (call) =>
      call.hop({ name: "request payload" }, (hop) => {
        const actual = `${headers.get("content-length") ?? "more"} bytes`;
        hop.check("size", false, { expected: `at most ${payload.bytes} bytes`, actual });
        const response = payload.refuse();
        call.answer(summarizeAnswer(response.status));
        return response;
      }),
    );
  }

  private async answerForItself(incoming: IncomingRequest, resource: string): Promise<HttpResponse> {
    const body = await incoming.readBody(MOST_BYTES_FOR_ITSELF);
    if (!body) return problem(413, `The emulator itself takes no more than ${MOST_BYTES_FOR_ITSELF} bytes.`);
    const request = new HttpRequest(
      incoming.method,
      incoming.location,
      incoming.headers,
      this.account.environment.tracer,
      body,
    );
    switch (resource) {
      case "clock":
        return clockResource(this.emulator.clock, request);
      case "outputs":
        if (this.emulator.deploymentState().status === "deploying") {
          return problem(503, "The stack is still being deployed.");
        }
        return HttpResponse.json(this.emulator.outputs(this.originFor(incoming)));
      case "calls":
        return HttpResponse.json({ calls: this.account.environment.tracer.calls() });
      default:
        return this.console.answer(request, resource, this.urlsFor(incoming));
    }
  }

  private urlsFor(request: IncomingRequest): UrlMapping {
    const origin = this.originFor(request);
    return (awsUrl) => outsideUrl(awsUrl, this.account.environment.network, origin);
  }

  /** URLs lead a caller to where he has come. */
  private originFor({ headers }: IncomingRequest): string {
    const host = headers.get("host");
    return isNamed(host, this.emulator.allowedHosts) ? `http://${host}` : this.emulator.url;
  }
}

/**
 * `https://HOST/PATH` as it is reached from outside: `http://127.0.0.1:PORT/HOST/PATH` where the host is emulated, and at
 * the server of this machine that stands for any other.
 */
export function outsideUrl(awsUrl: string, network: Network, origin: string): string {
  if (!URL.canParse(awsUrl)) return awsUrl;
  const { protocol, host } = new URL(awsUrl);
  const isEmulated = protocol === "https:" && network.serviceAt(host) !== undefined;
  return isEmulated ? awsUrl.replace("https://", `${origin}/`) : (network.standIn(awsUrl) ?? awsUrl);
}

/** Where runtimes and functions are made, which are programs of this machine here. */
const CONTROL = /^(bedrock-agentcore-control|lambda)\./;

const API_GATEWAY = /^apigateway\./;

/**
 * Management calls pass no hop, or trace it themselves, and no call of a gateway passes S3; the trace would drown in them,
 * and show the keys of clients that API Gateway is given.
 */
function isManagement(host: string, path: string): boolean {
  return CONTROL.test(host) || API_GATEWAY.test(host) || hostOfS3(host) !== undefined || /^\/(\?|$)/.test(path);
}

function startsPrograms(host: string, method: string): boolean {
  return CONTROL.test(host) && method !== "GET" && method !== "HEAD";
}

/** The words of AWS's API endpoints. */
function refuseOversize(): HttpResponse {
  return awsError(413, "RequestEntityTooLargeException", "Request Entity Too Large");
}

/** Anything else would let a web page reach the emulator through a name of its own (DNS rebinding). */
function isLoopback(host: string | null): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? "");
}

/** Whether somebody has allowed the name: a container's, for its neighbours. */
function isNamed(host: string | null, allowed: readonly string[]): boolean {
  return allowed.length > 0 && allowed.includes((host ?? "").replace(/:\d+$/, "").toLowerCase());
}

/**
 * Browsers name the page that a request comes from; programs do not. MCP asks servers to look at it: 2025-11-25,
 * basic/transports, "Security Warning".
 */
function isOriginOfMachine(origin: string | null, allowed: readonly string[]): boolean {
  if (origin === null) return true;
  if (!URL.canParse(origin)) return false;
  const { host } = new URL(origin);
  return isLoopback(host) || isNamed(host, allowed);
}
