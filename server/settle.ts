import { ErrorCode } from "@modelcontextprotocol/sdk/types.js";
import { errorAnswer, type Answer } from "./answer";
import type { Call } from "./call";
import { ProtocolError } from "./errors";
import type { Logger } from "./log";

/**
 * Answers a call with what becomes of it, an error included.
 *
 * @param statuses - HTTP statuses by JSON-RPC error code, where the protocol demands one
 */
export function settle(
  call: Call,
  pending: Promise<Answer>,
  log: Logger,
  statuses?: ReadonlyMap<number, number>,
): void {
  pending.then(
    (answer) => call.answer(answer),
    (error: unknown) => {
      if (error instanceof ProtocolError) {
        call.answer(errorAnswer(error, { status: statuses?.get(error.code) ?? 200 }));
      } else {
        log.error("Protocol error", { error });
        call.answer(errorAnswer({ code: ErrorCode.InternalError, message: "Internal error" }));
      }
    },
  );
}
