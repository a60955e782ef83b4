import { randomUUID } from "node:crypto";
import type { JSONRPCMessage, JSONRPCRequest } from "@modelcontextprotocol/sdk/types.js";
import { errorAnswer, type Answer } from "../answer";
import type { Call } from "../call";
import type { StatefulProtocol } from "./protocol";

/** How many sessions there may be, and for how many milliseconds one is kept that nobody uses. */
export interface SessionLimits {
  readonly sessions: number;
  readonly sessionTimeout: number;
}

/** What a client gets that ends its session while its calls are running. */
const ENDED = errorAnswer({ code: -32000, message: "The session has ended" });

/** A client that has initialized, and can be asked things until its session ends. */
export class Session {
  readonly id = randomUUID();
  lastUse = Date.now();
  private readonly calls = new Set<Call>();

  constructor(private readonly protocol: StatefulProtocol) {}

  /** Whether calls are in flight. */
  get busy(): boolean {
    return this.calls.size > 0;
  }

  serve(call: Call, params: JSONRPCRequest["params"]): void {
    this.calls.add(call);
    call.onend = () => this.calls.delete(call);
    this.protocol.serve(call, params);
  }

  /** Takes what is no request: responses to this server's questions, and cancellations. */
  take(message: JSONRPCMessage): void {
    if (!("method" in message)) {
      this.protocol.transport.respond(message);
    } else if (message.method === "notifications/cancelled") {
      for (const call of this.calls) {
        if (call.clientId === message.params?.["requestId"]) {
          call.abort(new Error("The caller cancelled the request"));
          call.exchange.drop(call);
        }
      }
    }
  }

  end(answer: Answer): void {
    for (const call of this.calls) {
      call.abort(new Error("The session has ended"));
      call.answer(answer);
    }
    void this.protocol.transport.close();
  }
}

/** The sessions of a server that keeps some. */
export class Sessions {
  /** In the order of their last use. */
  private readonly sessions = new Map<string, Session>();

  constructor(
    private readonly limits: SessionLimits,
    private readonly connect: () => StatefulProtocol,
  ) {}

  /** A new session, or undefined when there is no room: every other one has calls in flight. */
  open(): Session | undefined {
    this.makeRoom();
    if (this.sessions.size >= this.limits.sessions) return undefined;
    const session = new Session(this.connect());
    this.sessions.set(session.id, session);
    return session;
  }

  /** The session with this id, if it has not ended. */
  use(id: string): Session | undefined {
    const session = this.sessions.get(id);
    if (session === undefined) return undefined;
    if (this.hasExpired(session)) {
      this.end(id);
      return undefined;
    }
    session.lastUse = Date.now();
    this.sessions.delete(id);
    this.sessions.set(id, session);
    return session;
  }

  /** Whether there was such a session. */
  end(id: string): boolean {
    this.sessions.get(id)?.end(ENDED);
    return this.sessions.delete(id);
  }

  private makeRoom(): void {
    for (const [id, session] of this.sessions) {
      const full = this.sessions.size >= this.limits.sessions;
      if (this.hasExpired(session) || (full && !session.busy)) this.end(id);
    }
  }

  private hasExpired({ busy, lastUse }: Session): boolean {
    return !busy && Date.now() - lastUse > this.limits.sessionTimeout;
  }
}
