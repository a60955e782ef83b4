import { createHmac, timingSafeEqual } from "node:crypto";

/** What people have answered so far, by the names of the questions. */
export type Answers = Readonly<Record<string, Record<string, unknown>>>;

/**
 * The state of a call that goes on in a later request: the answers of earlier rounds, kept by the client. It is signed
 * together with the call, so that no other call, and no answer that this server did not accept, gets in.
 */
export class RequestState {
  constructor(private readonly key: string | Buffer) {}

  seal(answers: Answers, call: string): string {
    const payload = Buffer.from(JSON.stringify(answers)).toString("base64url");
    return `${payload}.${this.sign(payload, call).toString("base64url")}`;
  }

  /** Undefined for a state that was not sealed for this call. */
  open(state: string, call: string): Answers | undefined {
    const [payload = "", signature = ""] = state.split(".", 2);
    const given = Buffer.from(signature, "base64url");
    const expected = this.sign(payload, call);
    return given.length === expected.length && timingSafeEqual(given, expected)
      ? (JSON.parse(Buffer.from(payload, "base64url").toString("utf8")) as Answers)
      : undefined;
  }

  private sign(payload: string, call: string): Buffer {
    return createHmac("sha256", this.key).update(payload).update("\n").update(call).digest();
  }
}
