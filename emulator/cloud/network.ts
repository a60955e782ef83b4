/** How a service writes an AWS URL for its caller: unchanged inside the emulated account, mapped for callers outside. */
export type UrlMapping = (awsUrl: string) => string;

/** Answers requests to the hosts that it serves, as a fetch handler. */
export interface HostService {
  /** For example `cognito-idp.us-east-1.amazonaws.com`. */
  serves(host: string): boolean;
  handle(request: Request, urls: UrlMapping): Promise<Response>;
}

/** A host that no emulated service answers, which is what a failed name look-up is outside. */
export class UnknownHostError extends Error {
  constructor(readonly host: string) {
    super(`getaddrinfo ENOTFOUND ${host}`);
    this.name = "UnknownHostError";
  }
}

/**
 * The emulated internet: requests carry the real AWS URLs and never leave the process. Emulated services call each
 * other through it, so a wrong URL in the configuration fails here as it would fail on AWS.
 */
export class Network {
  private readonly services: HostService[] = [];

  attach(service: HostService): void {
    this.services.push(service);
  }

  serves(host: string): boolean {
    return this.find(host) !== undefined;
  }

  /** For calls between emulated services. @throws UnknownHostError */
  readonly fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> =>
    this.handle(new Request(input, init), (awsUrl) => awsUrl);

  /** @throws UnknownHostError */
  async handle(request: Request, urls: UrlMapping): Promise<Response> {
    const { host } = new URL(request.url);
    const service = this.find(host);
    if (!service) throw new UnknownHostError(host);
    return service.handle(request, urls);
  }

  private find(host: string): HostService | undefined {
    return this.services.find((service) => service.serves(host));
  }
}
