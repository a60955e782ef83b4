import { STATELESS_VERSION } from "../../../../aws/agentcore/protocol-versions";
import { z } from "zod";

import { QUESTIONS } from "../protocol/declared-capabilities";
import { jsonObject } from "../protocol/json-rpc";
import { METHOD_NOT_FOUND } from "../protocol/json-rpc-errors";
import type { McpSession } from "../target";
import type { TargetCaller } from "../target-caller";

const question = z.object({
  id: z.union([z.string(), z.number()]),
  method: z.string(),
  params: jsonObject.optional(),
});

/** What a server asks while it answers one request: the caller is asked in its place, where he said that he can be. */
export class ServerQuestions {
  private readonly open = new Set<() => void>();

  constructor(
    private readonly session: McpSession | undefined,
    private readonly caller: TargetCaller,
    private readonly reply: (message: object) => Promise<void>,
  ) {}

  /** Whether an answer of the caller's is waited for. */
  get areOpen(): boolean {
    return this.open.size > 0;
  }

  /** A message of the server's stream, if it is one of its requests: they are none of 2026-07-28. */
  take(message: unknown): void {
    const asked = question.safeParse(message);
    if (!asked.success || this.session?.protocolVersion === STATELESS_VERSION) return;
    const { id, method, params } = asked.data;
    const { session, listener } = this.caller;
    if (method === "ping") return void this.reply({ id, result: {} });
    const capability = QUESTIONS.get(method);
    if (!capability || !session?.capabilities[capability] || !listener) {
      return void this.reply({ id, error: { code: METHOD_NOT_FOUND, message: `Method not found: ${method}` } });
    }
    const { answered, drop } = session.ask({ method, ...(params && { params }) }, listener.tell);
    this.open.add(drop);
    void answered.then(({ result, error }) => {
      this.open.delete(drop);
      return this.reply({ id, ...(error === undefined ? { result } : { error }) });
    });
  }

  /** Nobody waits for answers any more. */
  drop(): void {
    for (const drop of this.open) drop();
  }
}
