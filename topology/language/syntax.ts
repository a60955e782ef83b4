import type { Value } from "./value";

export type BinaryOperator = "||" | "&&" | "==" | "!=" | "<" | ">" | "<=" | ">=" | "+" | "-" | "*" | "/" | "%";

export type Step =
  | { readonly kind: "attribute"; readonly name: string }
  | { readonly kind: "index"; readonly key: Expression }
  /** `[*]` or `.*`: takes the inner steps on every element. */
  | { readonly kind: "splat"; readonly steps: readonly Step[] };

export interface ForExpression {
  readonly kind: "for";
  readonly keyName?: string;
  readonly valueName: string;
  readonly collection: Expression;
  /** Present for `{for …}`, which makes an object. */
  readonly key?: Expression;
  readonly value: Expression;
  readonly condition?: Expression;
  /** `…` after the value: groups the values of equal keys. */
  readonly grouped: boolean;
}

export interface CallExpression {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Expression[];
  /** `…` after the last argument, a list that stands for further arguments. */
  readonly expanded: boolean;
}

export type Expression =
  | { readonly kind: "literal"; readonly value: Value }
  /** A JSON string with interpolations, kept for messages. */
  | { readonly kind: "source"; readonly text: string; readonly expression: Expression }
  | { readonly kind: "template"; readonly parts: readonly Expression[] }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "traversal"; readonly source: Expression; readonly steps: readonly Step[] }
  | { readonly kind: "tuple"; readonly items: readonly Expression[] }
  | { readonly kind: "object"; readonly entries: readonly { readonly key: Expression; readonly value: Expression }[] }
  | { readonly kind: "unary"; readonly operator: "-" | "!"; readonly operand: Expression }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | {
      readonly kind: "conditional";
      readonly condition: Expression;
      readonly accepted: Expression;
      readonly refused: Expression;
    }
  | CallExpression
  | ForExpression
  /** `%{for a, b in collection}` in a template, whose texts stand one behind the other. */
  | { readonly kind: "joined"; readonly texts: ForExpression };
