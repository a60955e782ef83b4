import type { Eventual } from "../../eventual";
import type { Trace } from "../../trace/hop-record";
import { HttpHeaders, HttpRequest, type HttpResponse, type Workload } from "./http-message";
import type { Limits } from "../limits";
import { callLoopback, loopbackAgent, type LoopbackLimits } from "./loopback";
import type { LoopbackHosts } from "./loopback-hosts";
import { readUrl } from "./read-url";

/** How a service writes an AWS URL for its caller: unchanged inside the emulated account, mapped for callers outside. */
export type UrlMapping = (awsUrl: string) => string;

/**
 * The other way round: the URL of AWS that a caller means by one of his own, so that tokens are for it as on AWS.
 *
 * @param host one that the mapping knows
 */
export function awsUrl(url: string, host: string, urls: UrlMapping): string {
  const prefix = urls(`https://${host}`).slice(0, -host.length);
  return url.startsWith(prefix) ? url.replace(prefix, "https://") : url;
}

/** What a host takes as a request body, and its answer to more. */
export interface PayloadLimit {
  readonly bytes: number;
  refuse(): HttpResponse;
}

/** Answers requests to the hosts that it serves. */
export interface HostService {
  /** @default - that of the AWS APIs */
  readonly payload?: PayloadLimit;
  /** For example `cognito-idp.us-east-1.amazonaws.com`. */
  serves(host: string): boolean;
  handle(request: HttpRequest, urls: UrlMapping): Eventual<HttpResponse>;
}

/** What emulated services ask each other, and servers outside. */
export interface NetworkRequest {
  /** @default GET */
  readonly method?: string;
  /** By names in lower case. */
  readonly headers?: Record<string, string>;
  readonly body?: string | Buffer;
  readonly trace: Trace;
  /** Who calls, where it is a workload. */
  readonly workload?: Workload;
  /** Aborted when the answer is not wanted any more. */
  readonly gone?: AbortSignal | undefined;
}

/** A host that no emulated service answers, which is what a failed name look-up is outside. */
export class UnknownHostError extends Error {
  constructor(readonly host: string) {
    super(`getaddrinfo ENOTFOUND ${host}`);
    this.name = "UnknownHostError";
  }
}

const MOST_ASKED = 1_000;

/**
 * The emulated internet: requests carry the real AWS URLs and never leave the process. Emulated services call each
 * other through it, so a wrong URL in the configuration fails here as it would fail on AWS.
 */
export class Network {
  private readonly services: HostService[] = [];
  /** Who was asked last for a host, since a call passes several and most services take long to say that they are none. */
  private readonly asked = new Map<string, HostService>();
  private readonly agent = loopbackAgent();

  /** @param outside hosts that are no part of the account, and what stands for them on this machine */
  constructor(
    private readonly outside: LoopbackHosts,
    private readonly limits: Limits,
  ) {}

  attach(service: HostService): void {
    this.services.push(service);
  }

  /** @returns undefined for a host that is no part of the account */
  serviceAt(host: string): HostService | undefined {
    const asked = this.asked.get(host);
    if (asked?.serves(host)) return asked;
    const service = this.services.find((candidate) => candidate.serves(host));
    if (this.asked.size >= MOST_ASKED) this.asked.clear();
    if (service) this.asked.set(host, service);
    return service;
  }

  /** Whether anything answers at the URL's host, in the account or outside. */
  reaches(url: string): boolean {
    if (!URL.canParse(url)) return false;
    const location = new URL(url);
    return this.outside.locate(location) !== undefined || this.serviceAt(location.host) !== undefined;
  }

  /** Where programs of this machine reach the URL of a host that is no part of the account. */
  standIn(url: string): string | undefined {
    const local = URL.canParse(url) ? this.outside.locate(new URL(url)) : undefined;
    return local && `${local.origin}${local.path}`;
  }

  /**
   * For calls of emulated services, to each other and to the outside.
   *
   * @param limits of an answer from outside. @default - those of an invocation
   * @throws UnknownHostError, LoopbackError
   */
  fetch(
    url: string,
    { method = "GET", headers = {}, body, trace, workload, gone }: NetworkRequest,
    limits: Partial<LoopbackLimits> = {},
  ): Eventual<HttpResponse> {
    const location = parse(url);
    const local = this.outside.locate(location);
    if (local !== undefined) {
      const { invocation, gatewayPayload } = this.limits;
      return callLoopback(
        local,
        { method, headers, body, gone },
        { milliseconds: invocation, bytes: gatewayPayload, ...limits },
        this.agent,
      );
    }
    const service = this.serviceAt(location.host);
    if (!service) throw new UnknownHostError(location.host);
    const peer = gone && { gone };
    const request = new HttpRequest(method, location, new HttpHeaders(headers), trace, body, workload, peer);
    return service.handle(request, (awsUrl) => awsUrl);
  }

  /** Calls to the outside that are under way break off, and later ones do not begin. */
  async close(): Promise<void> {
    await this.agent.destroy();
  }
}

/** A configuration or a discovery document may name anything as a URL. */
function parse(url: string): URL {
  try {
    return readUrl(url);
  } catch {
    throw new UnknownHostError(url);
  }
}
