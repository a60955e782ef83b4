import { Token } from "cdktf";

/** A text as Terraform's JSON takes it: it would take `${` and `%{` for its own. A CDKTF token stays as it is. */
export function escaped(text: string): string {
  return Token.isUnresolved(text) ? text : text.replace(/([$%])\{/g, "$1$1{");
}
