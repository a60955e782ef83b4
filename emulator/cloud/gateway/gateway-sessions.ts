import type { GatewayTargetDeclaration } from "../../../topology";
import type { Environment } from "../environment";
import type { DeclaredCapabilities } from "./protocol/declared-capabilities";
import type { Gateway } from "./gateways";
import type { JsonRpcResponse } from "./protocol/json-rpc";
import { type JsonRpcId, nothingAsked, SessionError } from "./protocol/json-rpc-errors";
import type { McpSession } from "./target";
import type { PolicyCaller } from "./tool-policy";

/** The header that carries a session's id, in lower case as all names of headers are kept. */
export const SESSION_HEADER = "mcp-session-id";

/** Our own, of one gateway: clients need not end what they begin. */
export const MOST_SESSIONS = 10_000;

/** A target's question on its way to a client. */
interface Question {
  readonly answered: Promise<JsonRpcResponse>;
  /** Nobody waits for the answer any more. */
  readonly drop: () => void;
}

/** A client that has initialized: what it can be asked, and the sessions with targets behind its own. */
export class GatewaySession {
  /** By configuration, so that a target that was changed is initialized anew. */
  readonly targets = new WeakMap<GatewayTargetDeclaration, McpSession>();
  /** The requests under way; a client may have given two of them one id. */
  private readonly requests = new Set<{ readonly id: JsonRpcId; readonly gone: AbortController }>();
  private readonly questions = new Map<JsonRpcId, (answer: JsonRpcResponse) => void>();

  constructor(
    readonly id: string,
    readonly owner: string | undefined,
    /** Milliseconds since the epoch. */
    readonly endsAt: number,
    readonly capabilities: DeclaredCapabilities,
    private readonly newId: () => string,
  ) {}

  /** Asks the client under an id of the gateway's own. */
  ask(question: object, tell: (message: object) => void): Question {
    const id = this.newId();
    const answered = new Promise<JsonRpcResponse>((resolve) => this.questions.set(id, resolve));
    tell({ jsonrpc: "2.0", id, ...question });
    return { answered, drop: () => void this.questions.delete(id) };
  }

  /** @throws JsonRpcError where nothing of this id was asked */
  answer(response: JsonRpcResponse): void {
    const resolve = this.questions.get(response.id);
    if (!resolve) {
      throw nothingAsked(response.id);
    }
    this.questions.delete(response.id);
    resolve(response);
  }

  /** A request whose answer is wanted until the client cancels it, or the session ends. */
  begin(id: JsonRpcId): { readonly signal: AbortSignal; readonly finish: () => void } {
    const request = { id, gone: new AbortController() };
    this.requests.add(request);
    return { signal: request.gone.signal, finish: () => void this.requests.delete(request) };
  }

  /** The client wants no answer any more. */
  cancel(requestId: unknown): void {
    for (const { id, gone } of this.requests) if (id === requestId) gone.abort();
  }

  end(): void {
    for (const { gone } of this.requests) gone.abort();
  }
}

/** The sessions of gateways that are configured to keep some: developer guide, "gateway-sessions". */
export class GatewaySessions {
  private readonly ofGateways = new WeakMap<Gateway, Map<string, GatewaySession>>();

  constructor(private readonly environment: Environment) {}

  /** @param seconds until it ends, whatever is called in it */
  open(gateway: Gateway, caller: PolicyCaller, seconds: number, capabilities: DeclaredCapabilities): GatewaySession {
    const { clock, random } = this.environment;
    const sessions = this.of(gateway);
    const now = clock.now();
    for (const [id, { endsAt }] of sessions) if (endsAt <= now) sessions.delete(id);
    const [oldest] = sessions.values();
    if (oldest && sessions.size >= MOST_SESSIONS) this.end(gateway, oldest);
    const newId = () => random.uuid();
    const session = new GatewaySession(newId(), ownerOf(caller), now + seconds * 1_000, capabilities, newId);
    sessions.set(session.id, session);
    return session;
  }

  /** @throws SessionError; the session of another user is none */
  find(gateway: Gateway, id: string | null, caller: PolicyCaller): GatewaySession {
    if (id === null) throw SessionError.missing();
    const session = this.of(gateway).get(id);
    if (session && session.owner === ownerOf(caller) && session.endsAt > this.environment.clock.now()) return session;
    throw SessionError.unknown();
  }

  end(gateway: Gateway, session: GatewaySession): void {
    this.of(gateway).delete(session.id);
    session.end();
  }

  private of(gateway: Gateway): Map<string, GatewaySession> {
    const known = this.ofGateways.get(gateway);
    if (known) return known;
    const sessions = new Map<string, GatewaySession>();
    this.ofGateways.set(gateway, sessions);
    return sessions;
  }
}

/** Same guide: the subject of a token, the ARN of who has signed, nobody where everybody is let in. */
function ownerOf({ claims, arn }: PolicyCaller): string | undefined {
  return claims ? String(claims["sub"]) : arn;
}
