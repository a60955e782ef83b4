// emulator/http/cognito-domain/: the domain of a user pool: its sign-in pages and its OAuth endpoints.
import { AUTHORIZE_PATH, REVOKE_PATH, TOKEN_PATH, USER_INFO_PATH } from "../../../aws/cognito/endpoints";
import type { DomainHop } from "../../cloud/cognito/hosted/oauth-error";
import type { UserPool } from "../../cloud/cognito/user-pool";
import { HttpResponse, type HttpRequest } from "../../cloud/network/http-message";
import type { UrlMapping } from "../../cloud/network/network";
import { summarizeAnswer, summarizeRequest } from "../../trace/summary";
import type { DomainEndpoint } from "./domain-request";
import { allowPages, revoke, token, userInfo } from "./oauth2";
import { authorize, login, showLogin } from "./sign-in";
import { logout, showError } from "./sign-out";

interface Resource {
  readonly name: DomainHop;
  readonly methods: Readonly<Record<string, DomainEndpoint>>;
}

const RESOURCES: ReadonlyMap<string, Resource> = new Map<string, Resource>([
  [AUTHORIZE_PATH, { name: "authorize endpoint", methods: { GET: authorize } }],
  ["/login", { name: "sign-in page", methods: { GET: showLogin, POST: login } }],
  ["/logout", { name: "sign-out endpoint", methods: { GET: logout } }],
  ["/error", { name: "sign-in page", methods: { GET: showError } }],
  [TOKEN_PATH, { name: "token endpoint", methods: { POST: token, OPTIONS: allowPages } }],
  [REVOKE_PATH, { name: "revocation endpoint", methods: { POST: revoke, OPTIONS: allowPages } }],
  [USER_INFO_PATH, { name: "user info endpoint", methods: { GET: userInfo, POST: userInfo, OPTIONS: allowPages } }],
]);

/** The endpoints of a user pool's domain, `https://<domain>.auth.<region>.amazoncognito.com`. */
export async function answerAtDomain(pool: UserPool, request: HttpRequest, urls: UrlMapping): Promise<HttpResponse> {
  const resource = RESOURCES.get(request.location.pathname);
  if (!resource) return new HttpResponse("", { status: 404 });
  const endpoint = Object.hasOwn(resource.methods, request.method) ? resource.methods[request.method] : undefined;
  if (!endpoint) {
    return new HttpResponse("", { status: 405, headers: { allow: Object.keys(resource.methods).join(", ") } });
  }
  const start = {
    name: resource.name,
    station: pool.arn,
    request: summarizeRequest(request, request.body.toString()),
  };
  return request.trace.hop(start, async (hop) => {
    const response = await endpoint({ pool, request, urls, hop });
    const isPage = response.headers.get("content-type")?.startsWith("text/html") ?? false;
    hop.answer(summarizeAnswer(response.status, isPage ? undefined : await response.text()));
    return response;
  });
}
