import { Token } from "cdktf";
import type { Problem } from "./errors";
import { secretInPlainText } from "./problems/values";

/** A secret that is no CDKTF token is text of the program, and would be text of what the program writes. */
export function secretProblems(what: string, value: string): Problem[] {
  return Token.isUnresolved(value) ? [] : [secretInPlainText(what)];
}
