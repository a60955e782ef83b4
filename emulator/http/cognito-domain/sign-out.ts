import { redirect } from "../answers";
import { signInPage } from "../sign-in-page";
import { cookieOf, setCookie } from "./cookies";
import { domainUrl, type DomainEndpoint } from "./domain-request";
import { errorUrl } from "./sign-in";

/** Ends the session at the hosted pages and leads on: to the app, or to the page that signs in again. */
export const logout: DomainEndpoint = (asked) => {
  const { pool, request, hop } = asked;
  const parameters = request.location.searchParams;
  const client = pool.clients.get(parameters.get("client_id") ?? "");
  const [logoutUri, redirectUri] = [parameters.get("logout_uri"), parameters.get("redirect_uri")];
  const allowed = client?.logoutUrls ?? [];
  const isAllowed =
    client !== undefined &&
    (logoutUri === null ? redirectUri !== null && parameters.has("response_type") : allowed.includes(logoutUri));
  const evidence = { expected: allowed.join(" or ") || "one of logout_urls", actual: logoutUri ?? "none" };
  if (!hop.check("logout_uri", isAllowed, isAllowed ? {} : evidence)) {
    return redirect(errorUrl(asked, logoutUri === null ? "invalid_request" : "redirect_mismatch"));
  }
  pool.hostedSessions.close(cookieOf(asked, "cognito"));
  const again = new URLSearchParams(parameters);
  if (!again.has("scope")) again.set("scope", client?.allowedOAuthScopes.join(" ") ?? "");
  return redirect(logoutUri ?? domainUrl(asked, "/login", again), { "set-cookie": setCookie(asked, "cognito", "") });
};

/** Shows a refusal that no app may be told. */
export const showError: DomainEndpoint = ({ request }) => {
  const error = request.location.searchParams.get("error") ?? "";
  const explanation = EXPLANATIONS.get(error);
  const texts = ["An error was encountered with the requested page.", ...(explanation ? [explanation] : [])];
  return signInPage({ title: "Error", texts, error }, 400);
};

const EXPLANATIONS: ReadonlyMap<string, string> = new Map([
  [
    "redirect_mismatch",
    "The URL that the app wants to be called back at, or signed out to, is not among the callback_urls or logout_urls of its client.",
  ],
  ["invalid_request", "There is no such client, or a parameter is missing."],
]);
