// emulator/http/console/: what the emulator answers for itself: the page, what it shows, and the clock.
import { z } from "zod";

import type { Account } from "../../cloud/account";
import { AwsError } from "../../cloud/errors";
import { HttpResponse, type HttpRequest } from "../../cloud/network/http-message";
import type { UrlMapping } from "../../cloud/network/network";
import { KEPT_CALLS } from "../../trace/tracer";
import { viewEndpoints } from "../../view/endpoints";
import type { ConsoleSystem } from "../../view/model";
import { viewSystem } from "../../view/system";
import { problem } from "../answers";
import { pageFile } from "../page-files";
import { callEvents } from "./call-events";
import { makeConsoleUser } from "./console-user";
import type { EmulatorState } from "./emulator-state";

const newUser = z.object({ userPoolId: z.string() });

/** The page for a browser: its files, and the resources that it reads and writes. */
export class Console {
  constructor(
    private readonly account: Account,
    private readonly emulator: EmulatorState,
  ) {}

  /** Whether a request for `/` is a browser's; AWS clients ask there too. */
  isPage({ method, headers }: Pick<HttpRequest, "method" | "headers">): boolean {
    return (method === "GET" || method === "HEAD") && (headers.get("accept") ?? "").includes("text/html");
  }

  page(): Promise<HttpResponse> {
    return pageFile("index.html");
  }

  /** @param resource the path below the emulator's own. */
  async answer(request: HttpRequest, resource: string, urls: UrlMapping): Promise<HttpResponse> {
    const { method } = request;
    if (method === "GET" && resource === "system") return HttpResponse.json(this.system(urls));
    if (method === "GET" && resource === "events") return callEvents(this.account.environment.tracer);
    if (method === "POST" && resource === "users") return this.makeUser(request);
    const [folder, name, ...rest] = resource.split("/");
    if (method === "GET" && folder === "console" && name !== undefined && rest.length === 0) return pageFile(name);
    return problem(404, `The emulator has no ${method} /_emulator/${resource}.`);
  }

  private system(urls: UrlMapping): ConsoleSystem {
    const { region, accountId } = this.account.environment;
    return {
      region,
      accountId,
      deployment: this.emulator.deploymentState(),
      endpoints: viewEndpoints(this.account, urls),
      keptCalls: KEPT_CALLS,
      ...viewSystem(this.account, urls),
    };
  }

  private makeUser(request: HttpRequest): HttpResponse {
    if (!isSameOrigin(request)) return problem(403, "Only the emulator's own page may make users here.");
    const body = newUser.safeParse(request.json());
    if (!body.success) return problem(400, 'Send {"userPoolId": "…"} as application/json.');
    try {
      return HttpResponse.json(makeConsoleUser(this.account.cognito.userPool(body.data.userPoolId)), { status: 201 });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return problem(error.status, error.message);
    }
  }
}

/** A page of another origin can send a POST here, though not as JSON and not without naming its origin. */
function isSameOrigin(request: HttpRequest): boolean {
  const origin = request.headers.get("origin");
  const isJson = request.headers.get("content-type")?.startsWith("application/json") ?? false;
  return isJson && (origin === null || origin === `http://${request.headers.get("host")}`);
}
