import { HOSTED_SESSION_SECONDS } from "../../cloud/cognito/sessions/hosted-sessions";
import { domainUrl, type DomainRequest } from "./domain-request";

/** The names that the service's own pages use. */
export type CookieName = "cognito" | "XSRF-TOKEN";

export function cookieOf({ request }: Pick<DomainRequest, "request">, name: CookieName): string | undefined {
  const pairs = (request.headers.get("cookie") ?? "").split(/;\s*/);
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/**
 * A cookie for this domain alone: domains of several pools share one host here, told apart by their paths.
 *
 * @param value empty to take the cookie away
 */
export function setCookie(asked: Pick<DomainRequest, "request" | "urls">, name: CookieName, value: string): string {
  const { pathname } = new URL(domainUrl(asked, "/"));
  const age = value === "" ? 0 : HOSTED_SESSION_SECONDS;
  return `${name}=${value}; Path=${pathname}; Max-Age=${age}; HttpOnly; SameSite=Lax`;
}
