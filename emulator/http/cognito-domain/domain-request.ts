import type { UserPool } from "../../cloud/cognito/user-pool";
import type { DomainHop } from "../../cloud/cognito/hosted/oauth-error";
import type { HttpRequest, HttpResponse } from "../../cloud/network/http-message";
import type { UrlMapping } from "../../cloud/network/network";
import type { HopRecorder } from "../../trace/hop-record";

/** A request to the domain of a user pool. */
export interface DomainRequest {
  readonly pool: UserPool;
  readonly request: HttpRequest;
  /** How the domain's own URLs are written for whoever asks. */
  readonly urls: UrlMapping;
  readonly hop: HopRecorder<DomainHop>;
}

export type DomainEndpoint = (asked: DomainRequest) => HttpResponse | Promise<HttpResponse>;

/** A URL of the domain, as whoever asks reaches it. */
export function domainUrl(
  { request, urls }: Pick<DomainRequest, "request" | "urls">,
  path: string,
  parameters?: URLSearchParams,
): string {
  const url = new URL(path, request.location);
  if (parameters) url.search = parameters.toString();
  return urls(url.href);
}

/** The parameters of a form; none where the body is something else. */
export function formOf({ request }: DomainRequest): URLSearchParams | undefined {
  const contentType = request.headers.get("content-type") ?? "";
  const isForm = contentType.toLowerCase().startsWith("application/x-www-form-urlencoded");
  return isForm ? new URLSearchParams(request.body.toString()) : undefined;
}
