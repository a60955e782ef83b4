import type { IncomingHttpHeaders } from "node:http";
import type { Implementation, JSONRPCRequest } from "@modelcontextprotocol/sdk/types.js";
import { resultAnswer, type Answer } from "../answer";
import type { Call } from "../call";
import { ProtocolError } from "../errors";
import { METHOD_NOT_FOUND } from "../json-rpc";
import type { Logger } from "../log";
import { settle } from "../settle";
import { progressReporter, type Caller, type ToolService } from "../calls/tool-service";
import { HEADER_MISMATCH, VERSION, type Envelope } from "./envelope";
import { checkParamHeaders } from "./headers";
import { Questions } from "./questions";
import type { RequestState } from "./request-state";

type Params = JSONRPCRequest["params"];

/** The tools stay the same while the process lives, and are the same for everybody. */
const CACHE = `"ttlMs":60000,"cacheScope":"public"`;

export interface StatelessOptions {
  readonly info: Implementation;
  readonly tools: ToolService;
  readonly state: RequestState;
  readonly log: Logger;
}

/**
 * MCP 2026-07-28, whose requests stand alone. Written here and not with `createMcpHandler` of
 * `@modelcontextprotocol/server`, which makes a server for each request and takes long to load (docs/server.md).
 */
export class StatelessProtocol {
  private readonly serverInfo: string;
  private readonly discovery: string;

  constructor(private readonly options: StatelessOptions) {
    this.serverInfo = `"_meta":{"io.modelcontextprotocol/serverInfo":${JSON.stringify(options.info)}}`;
    const offer = JSON.stringify({ supportedVersions: [VERSION], capabilities: { tools: { listChanged: false } } });
    this.discovery = offer.slice(1, -1);
  }

  /** Answers one request, whose envelope was read. */
  serve(call: Call, params: Params, envelope: Envelope, headers: IncomingHttpHeaders): void {
    settle(call, this.answer(call, params, envelope, headers), this.options.log);
  }

  private async answer(call: Call, params: Params, envelope: Envelope, headers: IncomingHttpHeaders): Promise<Answer> {
    const { tools } = this.options;
    switch (call.method) {
      case "server/discover":
        return this.complete(`${this.discovery},${CACHE}`);
      case "tools/list":
        return this.complete(`${JSON.stringify(tools.list(params)).slice(1, -1)},${CACHE}`);
      case "tools/call":
        return this.callTool(call, params ?? {}, envelope, headers);
      default:
        throw new ProtocolError(METHOD_NOT_FOUND, "Method not found", undefined, { status: 404 });
    }
  }

  private async callTool(
    call: Call,
    params: NonNullable<Params>,
    envelope: Envelope,
    headers: IncomingHttpHeaders,
  ): Promise<Answer> {
    const { tools, state } = this.options;
    const questions = Questions.of(params, state, envelope);
    const result = await tools.call(params, call, callerOf(call, envelope, questions, headers));
    return questions.answer(result, this.serverInfo) ?? this.complete(result.members, result.outcome);
  }

  private complete(members: string, outcome?: Answer["outcome"]): Answer {
    return resultAnswer(`{"resultType":"complete",${members},${this.serverInfo}}`, outcome);
  }
}

function callerOf(call: Call, { progressToken }: Envelope, questions: Questions, headers: IncomingHttpHeaders): Caller {
  return {
    reportProgress: progressReporter(call, progressToken),
    ask: (request) => questions.ask(request),
    checkHeaders: (mirrored, args) => {
      const mismatch = checkParamHeaders(mirrored, args, headers);
      if (mismatch !== undefined) {
        throw new ProtocolError(HEADER_MISMATCH, `Header mismatch: ${mismatch}`, undefined, { status: 400 });
      }
    },
  };
}
