import { HttpResponse, type HttpRequest } from "../../cloud/network/http-message";
import type { HostService, UrlMapping } from "../../cloud/network/network";
import type { Trace } from "../../trace/hop-record";

/** An AWS API at the host that is its alone. */
export class ApiHost implements HostService {
  constructor(
    private readonly host: string,
    private readonly handler: (request: Request, urls: UrlMapping, trace: Trace) => Promise<Response>,
  ) {}

  serves(host: string): boolean {
    return host === this.host;
  }

  async handle(request: HttpRequest, urls: UrlMapping): Promise<HttpResponse> {
    return HttpResponse.fromFetch(await this.handler(request.toFetch(), urls, request.trace));
  }
}
