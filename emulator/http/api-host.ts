import type { HostService, UrlMapping } from "../cloud/network";

/** An AWS API at the host that is its alone. */
export class ApiHost implements HostService {
  constructor(
    private readonly host: string,
    private readonly handler: (request: Request, urls: UrlMapping) => Promise<Response>,
  ) {}

  serves(host: string): boolean {
    return host === this.host;
  }

  handle(request: Request, urls: UrlMapping): Promise<Response> {
    return this.handler(request, urls);
  }
}
