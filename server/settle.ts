import { errorAnswer, type Answer } from "./answer";
import type { Call } from "./call";
import { ProtocolError } from "./errors";
import { INTERNAL_ERROR } from "./json-rpc";
import type { Logger } from "./log";

/** Answers a call with what becomes of it, an error included. */
export function settle(call: Call, pending: Promise<Answer>, log: Logger): void {
  pending.then(
    (answer) => call.answer(answer),
    (error: unknown) => {
      if (error instanceof ProtocolError) {
        call.answer(errorAnswer(error, error.http));
      } else {
        log.error("Protocol error", { error });
        call.answer(errorAnswer({ code: INTERNAL_ERROR, message: "Internal error" }));
      }
    },
  );
}
