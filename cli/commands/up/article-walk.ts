import { STATELESS_VERSION } from "../../../aws/agentcore/protocol-versions";
import { admits, type Emulator, metadataOf, plainestOf } from "../../../emulator";
import type { Gateway } from "../../../emulator/cloud/gateway/gateways";
import { EMULATOR_CREDENTIALS } from "../../../emulator/credentials";
import { CommandFailure } from "../../errors";
import { ARTICLE_OUTPUTS, outputNamed, readOutputs, textOutput } from "../../gateway/outputs";
import { isToolOf, isWhole, toolsNamed } from "../../gateway/tool-names";
import { CognitoClient } from "../../sign-in/cognito-client";
import { signInAsClient } from "../../sign-in/oauth";
import { answerByOwnApp } from "../../sign-in/second-factor";
import { signedFetch } from "../../sign-in/signed-fetch";
import { makeUser, signIn, type Credentials } from "../../sign-in/user";
import { paint, wrap } from "../../terminal";
import { formatJson } from "./json-text";
import { type MachineClient, callerOf } from "./gateway-caller";
import { sampleArguments } from "./sample-arguments";

/** The walk signs in as a user of its own, so that the article's `test-user` is still free for its reader. */
const USERNAME = "walk-through-user";

/** @see the article's section "Test" */
const ARTICLE_CALLS = [
  { tool: "add_numbers", toolArguments: { a: 5, b: 3 } },
  { tool: "greet_user", toolArguments: { name: "Alice" } },
];

interface ListedTool {
  readonly name: string;
  readonly inputSchema?: unknown;
}

interface JsonRpcAnswer {
  readonly result?: { readonly isError?: boolean; readonly tools?: readonly ListedTool[] };
  readonly error?: { readonly message: string };
}

/** How a caller sends a request, so that the gateway knows who he is. */
type Send = (url: string, request: RequestInit) => Promise<Response>;

/**
 * The article's journey as an outside client makes it: over HTTP, with signed AWS calls and a user's token. A gateway that
 * is for others is called by one of those: whoever signs, a client of a pool for itself, or anybody.
 */
export class ArticleWalk {
  private readonly cognito: CognitoClient;
  private step = 0;
  private requests = 0;
  private send: Send = fetch;

  private constructor(
    private readonly emulator: Emulator,
    region: string,
    private readonly outputs: Record<string, string>,
  ) {
    this.cognito = new CognitoClient({ url: emulator.url, region, credentials: EMULATOR_CREDENTIALS });
  }

  /** @throws CommandFailure where the stack has no gateway, or several, or none that somebody here may call */
  static async of(emulator: Emulator, region: string): Promise<ArticleWalk> {
    const outputs = await readOutputs({ port: new URL(emulator.url).port });
    textOutput(outputs, "gateway_url");
    const values = ARTICLE_OUTPUTS.flatMap((name): [string, string][] => {
      const value = outputs[outputNamed(outputs, name) ?? name]?.value;
      return typeof value === "string" ? [[name, value]] : [];
    });
    const walk = new ArticleWalk(emulator, region, Object.fromEntries(values));
    const gateway = walk.gateway();
    if (gateway && gateway.declaration.protocolType === undefined) {
      throw new CommandFailure("The walk needs a gateway that speaks MCP: leave out --walk.");
    }
    return walk;
  }

  /**
   * Makes the user, signs in and makes the article's calls, showing each. Of a server with other tools the first is called
   * with arguments made up from its schema, of which it may complain.
   *
   * @throws CommandFailure for the first call that fails
   */
  async run(): Promise<void> {
    this.send = await this.caller();
    const listed = await this.callGateway("tools/list");
    const tools = listed.result?.tools ?? [];
    const names = tools.map(({ name }) => name);
    if (ARTICLE_CALLS.every(({ tool }) => names.some((name) => isToolOf(name, tool)))) {
      for (const { tool, toolArguments } of ARTICLE_CALLS) await this.callTool(names, tool, toolArguments);
      return;
    }
    const first = tools.find(({ name }) => isWhole(name));
    if (!first) throw new CommandFailure("The gateway lists no tool that the walk could call.");
    const parameters = { name: first.name, arguments: sampleArguments(first.inputSchema) };
    await this.callGateway("tools/call", parameters, { mayComplain: true });
  }

  /** @throws CommandFailure where nobody here has what the gateway asks for */
  private async caller(): Promise<Send> {
    const gateway = this.gateway();
    const url = new URL(this.outputs["gateway_url"] ?? "");
    const caller = gateway ? callerOf(this.emulator, gateway) : "user";
    if (caller === "anybody") return fetch;
    if (caller === "signer") return signedFetch(url, EMULATOR_CREDENTIALS);
    if (caller !== "user") return withToken(await this.signInAsClient(url, caller));
    if (ARTICLE_OUTPUTS.every((name) => this.outputs[name] !== undefined) && this.isLetIn(gateway)) {
      return withToken(await this.signIn(await this.makeUser()));
    }
    throw new CommandFailure(
      "The walk needs a caller that the gateway lets in, and the stack has no client of a user pool that is one: leave out --walk, and call it with a token of your own (--token).",
    );
  }

  /** Whether the gateway takes tokens of the client to which users of the stack sign in. */
  private isLetIn(gateway: Gateway | undefined): boolean {
    const clientId = this.outputs["inbound_client_id"] ?? "";
    return this.emulator.account.cognito.userPools().some((pool) => {
      const client = pool.clients.get(clientId);
      return client !== undefined && (gateway === undefined || admits(gateway, pool, client));
    });
  }

  private async signInAsClient(url: URL, client: MachineClient): Promise<string> {
    this.title("client_credentials", `client ${client.clientId}`);
    const token = await signInAsClient(url, client);
    this.show({ access_token: `${token.slice(0, 12)}…` });
    return token;
  }

  private async makeUser(): Promise<Credentials> {
    const userPoolId = this.outputs["inbound_user_pool_id"] ?? "";
    const credentials = await makeUser(this.cognito, userPoolId, USERNAME);
    process.stdout.write(`\nMade the user ${paint.bold(USERNAME)} in ${userPoolId}\n`);
    return credentials;
  }

  private async signIn(credentials: Credentials): Promise<string> {
    const clientId = this.outputs["inbound_client_id"] ?? "";
    this.title("initiate-auth", `client ${clientId}, USER_PASSWORD_AUTH, ${USERNAME}`);
    const { AccessToken, ExpiresIn, TokenType } = await signIn(
      this.cognito,
      clientId,
      credentials,
      answerByOwnApp(this.cognito, credentials.username),
    );
    this.show({ AuthenticationResult: { AccessToken: `${AccessToken.slice(0, 12)}…`, ExpiresIn, TokenType } });
    return AccessToken;
  }

  private async callTool(tools: readonly string[], tool: string, toolArguments: unknown): Promise<void> {
    const [name] = toolsNamed(tool, tools);
    await this.callGateway("tools/call", { name, arguments: toolArguments });
  }

  private async callGateway(
    method: string,
    params?: { readonly name?: string; readonly arguments?: unknown },
    { mayComplain = false } = {},
  ): Promise<JsonRpcAnswer> {
    const version = this.protocolVersion();
    const isStateless = version === STATELESS_VERSION;
    const sent = isStateless ? { ...params, _meta: metadataOf({ name: "cdktf-agentcore", version: "1.0.0" }) } : params;
    this.requests += 1;
    const request = { jsonrpc: "2.0", id: this.requests, method, ...(sent && { params: sent }) };
    this.title(method, formatJson(request, 4));
    const response = await this.send(this.outputs["gateway_url"] ?? "", {
      method: "POST",
      headers: {
        "content-type": "application/json",
        accept: "application/json",
        "mcp-protocol-version": version,
        ...(isStateless && { "mcp-method": method, ...(params?.name !== undefined && { "mcp-name": params.name }) }),
      },
      body: JSON.stringify(request),
    });
    const answer = (await response.json()) as JsonRpcAnswer;
    this.show(answer);
    this.showHops(JSON.stringify(request));
    if (!response.ok || answer.error || (answer.result?.isError && !mayComplain)) {
      throw new CommandFailure(`${method} failed with HTTP status ${response.status}: see its answer above.`);
    }
    return answer;
  }

  /** A request that states none counts as one of 2025-03-26, which not every gateway takes. */
  private protocolVersion(): string {
    return plainestOf(this.gateway()?.supportedVersions ?? []);
  }

  private gateway(): Gateway | undefined {
    const url = this.outputs["gateway_url"] ?? "";
    return this.emulator.account.gateways
      .all()
      .find(({ attributes }) => url.endsWith(attributes.gatewayUrl.replace("https://", "")));
  }

  private title(name: string, request: string): void {
    this.step += 1;
    process.stdout.write(`\n${paint.bold(`Call ${this.step}: ${name}`)}\n${paint.dim(`  > ${request}`)}\n`);
  }

  private show(answer: unknown): void {
    process.stdout.write(`  ${formatJson(answer, 2)}\n`);
  }

  /** Others may call at the same time, so the request's body tells which call is this one. */
  private showHops(body: string): void {
    const hops = this.emulator.calls().findLast(({ request }) => request?.body === body)?.hops ?? [];
    if (hops.length === 0) return;
    const marks = hops.map(({ name, checks, failure }) => {
      const passed = failure === undefined && checks.every((check) => check.passed);
      return passed ? name : `${name} failed${failure === undefined ? "" : `: ${failure}`}`;
    });
    const failed = marks.some((mark, index) => mark !== hops[index]?.name);
    const text = wrap(marks.join(" → "), 9);
    process.stdout.write(`${paint.dim("  hops")}   ${failed ? paint.red(text) : paint.green(text)}\n`);
  }
}

function withToken(token: string): Send {
  return (url, request) =>
    fetch(url, { ...request, headers: { ...request.headers, authorization: `Bearer ${token}` } });
}
