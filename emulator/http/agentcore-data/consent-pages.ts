import { dataPlaneHost } from "../../../aws/agentcore/endpoints";
import type { Environment } from "../../cloud/environment";
import { AwsError } from "../../cloud/errors";
import type { HttpRequest, HttpResponse } from "../../cloud/network/http-message";
import type { AuthorizationSession } from "../../cloud/identity/authorization-sessions";
import type { TokenVault } from "../../cloud/identity/token-vault";
import { AUTHORIZE_PATH, ConsentError } from "../../cloud/identity/user-federation";
import type { UrlMapping } from "../../cloud/network/network";
import type { HopRecorder } from "../../trace/hop-record";
import { summarizeAnswer, summarizeRequest } from "../../trace/summary";
import { redirect } from "../answers";
import { cookieOf, setCookie } from "../cognito-domain/cookies";
import { signInPage } from "../sign-in-page";
import { onThisMachine } from "../this-machine";

const CALLBACK_PATH = "/identities/oauth2/callback/";
/** The emulator's own, in the place of an application that no server of this machine stands for. */
const RETURN_PATH = "/identities/oauth2/return";

interface ConsentRequest {
  readonly request: HttpRequest;
  readonly urls: UrlMapping;
  readonly hop: HopRecorder<"consent page">;
}

/** Where users consent to what a gateway or an agent does in their name: AgentCore Identity's part in the browser. */
export class ConsentPages {
  private readonly origin: string;

  constructor(
    private readonly environment: Environment,
    private readonly vault: TokenVault,
  ) {
    this.origin = `https://${dataPlaneHost(environment.region)}`;
  }

  serves({ method, location: { pathname } }: HttpRequest): boolean {
    if (pathname === RETURN_PATH) return method === "GET" || method === "POST";
    return method === "GET" && (pathname === AUTHORIZE_PATH || pathname.startsWith(CALLBACK_PATH));
  }

  handle(request: HttpRequest, urls: UrlMapping): Promise<HttpResponse> {
    const shown = summarizeRequest(request, request.body.toString());
    const start = { name: "consent page" as const, station: this.vault.arn, request: shown };
    return request.trace.hop(start, async (hop) => {
      const response = await this.answer({ request, urls, hop });
      hop.answer(summarizeAnswer(response.status));
      return response;
    });
  }

  private async answer(asked: ConsentRequest): Promise<HttpResponse> {
    const { pathname } = asked.request.location;
    try {
      if (pathname === AUTHORIZE_PATH) return await this.begin(asked);
      if (pathname === RETURN_PATH) return await this.bindHere(asked);
      return this.goBack(asked);
    } catch (error) {
      if (!(error instanceof ConsentError)) throw error;
      asked.hop.check(error.check, false, { expected: error.expected, actual: error.message });
      return errorPage(error.message);
    }
  }

  /** On to the authorization server, which may be none but one of this machine. */
  private async begin({ request, urls, hop }: ConsentRequest): Promise<HttpResponse> {
    const requestUri = request.location.searchParams.get("request_uri") ?? "";
    const url = await this.vault.federation.begin(requestUri, urls, hop);
    const local = onThisMachine(url, urls);
    const { host } = new URL(url);
    const here = { expected: "an authorization server of this machine", actual: host };
    if (hop.check("authorization server", local !== undefined, here) && local !== undefined) return redirect(local);
    return errorPage(
      `The authorization server ${host} is another's, and the emulator leads nobody there. ` +
        `Have a server of this machine stand for it (--host ${host}=http://127.0.0.1:PORT), or the emulator itself (--issuer ${host}).`,
    );
  }

  /** The authorization server sends the user back here, and he goes on to the application. */
  private goBack({ request, urls, hop }: ConsentRequest): HttpResponse {
    const { pathname, searchParams } = request.location;
    const session = this.vault.federation.answered(`${this.origin}${pathname}`, searchParams);
    const { failure, customState } = session;
    hop.check("consent", failure === undefined, failure === undefined ? {} : { expected: "a code", actual: failure });
    const local = onThisMachine(session.returnUrl, urls);
    const back = new URL(local ?? urls(`${this.origin}${RETURN_PATH}`));
    back.searchParams.set("session_id", session.sessionUri);
    if (customState !== undefined) back.searchParams.set("state", customState);
    if (failure !== undefined) back.searchParams.set("error", failure);
    return redirect(back.href);
  }

  /** What the application at a host elsewhere would do: vouch for its user. */
  private async bindHere(asked: ConsentRequest): Promise<HttpResponse> {
    const { request, urls, hop } = asked;
    const { searchParams } = request.location;
    const failure = searchParams.get("error");
    if (failure !== null) return errorPage(`There was no consent: ${failure}. Call the tool again to be asked anew.`);
    const session = this.vault.federation.returned(searchParams.get("session_id") ?? "");
    if (!session || onThisMachine(session.returnUrl, urls) !== undefined) {
      const message = "This consent has been completed, or is older than ten minutes. Call the tool again.";
      throw new ConsentError("request_uri", "a session whose user has consented", message);
    }
    if (request.method === "GET") return this.askToBind(asked, session);
    const token = cookieOf(asked, "XSRF-TOKEN");
    const isOwnPage = !!token && token === new URLSearchParams(request.body.toString()).get("_csrf");
    if (!hop.check("page", isOwnPage, isOwnPage ? {} : { expected: "a form of this page", actual: "another" })) {
      return this.askToBind(asked, session, "This page has expired. Try again.");
    }
    try {
      await this.vault.completeResourceTokenAuth(session.sessionUri, session.user, hop);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return errorPage(error.message);
    }
    return signInPage({ title: "Consent given", texts: ["The token is in the vault. Call the tool again."] });
  }

  private askToBind(asked: ConsentRequest, session: AuthorizationSession, error?: string): Promise<HttpResponse> {
    const { host, origin } = new URL(session.returnUrl);
    const token = this.environment.random.uuid();
    const texts = [
      `You have consented. On AWS you would now be at ${host}, which makes sure that it is you who asked, and calls CompleteResourceTokenAuth.`,
      `No server of this machine stands for it (--host ${host}=http://127.0.0.1:PORT does so): the emulator can do its part.`,
    ];
    const form = { fields: [], hidden: { _csrf: token }, submit: `Complete in the place of ${host}`, leadsTo: origin };
    const page = { title: "Back to the application", texts, error, form };
    return signInPage(page, error === undefined ? 200 : 403, setCookie(asked, "XSRF-TOKEN", token));
  }
}

function errorPage(message: string): Promise<HttpResponse> {
  return signInPage({ title: "Error", texts: [], error: message }, 400);
}
