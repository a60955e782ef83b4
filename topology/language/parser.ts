import { invalidSyntax, unsupported } from "./error";
import { type Numeric, parseNumber } from "./number";
import type { BinaryOperator, Expression, ForExpression, Step } from "./syntax";
import { tokenize, type Token } from "./tokenizer";

/** Those that bind least first. */
const OPERATORS = ["||", "&&", "== !=", "< > <= >=", "+ -", "* / %"];
const PRECEDENCE = new Map(
  OPERATORS.flatMap((level, precedence) => level.split(" ").map((operator) => [operator, precedence] as const)),
);

const KEYWORDS = new Map(Object.entries({ true: true, false: false, null: null }));

/** Keeps hostile nesting from exhausting the stack of the parser and of everything that walks the tree. */
const MAX_DEPTH = 100;
const MAX_OPERATORS = 1_000;

/** Parses a template; a template of one interpolation alone is the expression in it and keeps its type. */
export function parseTemplate(source: string): Expression {
  if (!/[$%]\{/.test(source)) return { kind: "literal", value: source.normalize("NFC") };
  return new Parser(tokenize(source)).template("end");
}

class Parser {
  private position = 0;
  private depth = 0;
  private operators = 0;

  constructor(private readonly tokens: readonly Token[]) {}

  template(end: "end" | "unquote"): Expression {
    const parts = this.parts();
    if (this.token.kind !== end) throw unexpected(this.token);
    this.next();
    const [only] = parts;
    if (only === undefined) return { kind: "literal", value: "" };
    return parts.length === 1 && !only.isDirective
      ? only.part
      : { kind: "template", parts: parts.map(({ part }) => part) };
  }

  /** Texts, interpolations and directives up to the end of a template, or to a directive that ends another. */
  private parts(): { part: Expression; isDirective: boolean }[] {
    const parts: { part: Expression; isDirective: boolean }[] = [];
    for (;;) {
      if (this.token.kind === "text") {
        const value = this.literal().normalize("NFC");
        if (value !== "") parts.push({ part: { kind: "literal", value }, isDirective: false });
      } else if (this.token.kind === "open" && this.token.text.startsWith("$")) {
        parts.push({ part: this.interpolation(), isDirective: false });
      } else if (this.token.kind === "open" && !this.isEnding()) {
        parts.push({ part: this.nested(() => this.directive()), isDirective: true });
      } else {
        return parts;
      }
    }
  }

  /** `~` at either side takes the blanks of the line next to it. */
  private literal(): string {
    const before = this.tokens[this.position - 1];
    const { text } = this.next();
    const trimmed = before?.kind === "close" && before.text === "~}" ? trimFirstLine(text) : text;
    return this.token.kind === "open" && this.token.text.endsWith("~") ? trimLastLine(trimmed) : trimmed;
  }

  private isEnding(): boolean {
    return ["else", "endif", "endfor"].includes(this.tokens[this.position + 1]?.text ?? "");
  }

  private interpolation(): Expression {
    this.next();
    const expression = this.expression();
    this.expectKind("close");
    return expression;
  }

  private body(): Expression {
    const parts = this.parts();
    return { kind: "template", parts: parts.map(({ part }) => part) };
  }

  private directive(): Expression {
    this.next();
    if (this.acceptWord("if")) return this.ifDirective();
    if (!this.acceptWord("for")) throw unexpected(this.token, "if or for");
    const head = this.forHead();
    this.expectKind("close");
    const value = this.body();
    this.ending("endfor");
    return { kind: "joined", texts: { kind: "for", ...head, value, grouped: false } };
  }

  private ifDirective(): Expression {
    const condition = this.expression();
    this.expectKind("close");
    const accepted = this.body();
    const hasElse = this.tokens[this.position + 1]?.text === "else";
    if (hasElse) this.ending("else");
    const refused: Expression = hasElse ? this.body() : { kind: "template", parts: [] };
    this.ending("endif");
    return { kind: "conditional", condition, accepted, refused };
  }

  private ending(word: string): void {
    if (this.token.kind !== "open") throw unexpected(this.token, `%{${word}}`);
    this.next();
    if (!this.acceptWord(word)) throw unexpected(this.token, word);
    this.expectKind("close");
  }

  private expression(): Expression {
    return this.nested(() => {
      const condition = this.binary(0);
      if (!this.accept("?")) return condition;
      const accepted = this.expression();
      this.expect(":");
      return { kind: "conditional", condition, accepted, refused: this.expression() };
    });
  }

  private binary(minimum: number): Expression {
    let left = this.unary();
    for (;;) {
      const precedence = this.token.kind === "symbol" ? PRECEDENCE.get(this.token.text) : undefined;
      if (precedence === undefined || precedence < minimum) return left;
      if (++this.operators > MAX_OPERATORS) throw unsupported(`an expression of more than ${MAX_OPERATORS} operators`);
      const operator = this.next().text as BinaryOperator;
      left = { kind: "binary", operator, left, right: this.binary(precedence + 1) };
    }
  }

  private unary(): Expression {
    if (this.accept("-")) return { kind: "unary", operator: "-", operand: this.nested(() => this.unary()) };
    if (this.accept("!")) return { kind: "unary", operator: "!", operand: this.nested(() => this.unary()) };
    const source = this.primary();
    const steps = this.steps(true);
    return steps.length === 0 ? source : { kind: "traversal", source, steps };
  }

  private primary(): Expression {
    const token = this.next();
    if (token.kind === "quote") return this.nested(() => this.template("unquote"));
    if (token.kind === "number") return { kind: "literal", value: numberOf(token) };
    if (token.kind === "identifier") return this.named(token.text);
    if (token.kind === "symbol" && token.text === "(") return this.closed(this.expression(), ")");
    if (token.kind === "symbol" && token.text === "[") return this.tuple();
    if (token.kind === "symbol" && token.text === "{") return this.object();
    throw unexpected(token);
  }

  private named(name: string): Expression {
    const keyword = KEYWORDS.get(name);
    if (keyword !== undefined) return { kind: "literal", value: keyword };
    const qualified = [name];
    while (this.accept("::")) qualified.push(this.expectKind("identifier").text);
    if (this.accept("(")) return this.call(qualified.join("::"));
    if (qualified.length > 1) throw unexpected(this.token, "(");
    return { kind: "variable", name };
  }

  private call(name: string): Expression {
    const list: Expression[] = [];
    let expanded = false;
    while (!this.accept(")")) {
      list.push(this.expression());
      expanded = this.accept("...");
      if (expanded || !this.accept(",")) {
        this.expect(")");
        break;
      }
    }
    return { kind: "call", name, arguments: list, expanded };
  }

  private tuple(): Expression {
    if (this.acceptWord("for")) return this.forExpression("]");
    const items: Expression[] = [];
    while (!this.accept("]")) {
      items.push(this.expression());
      if (!this.accept(",")) return this.closed({ kind: "tuple", items }, "]");
    }
    return { kind: "tuple", items };
  }

  private object(): Expression {
    if (this.token.text === "for" && !isAssignment(this.tokens[this.position + 1])) {
      this.next();
      return this.forExpression("}");
    }
    const entries: { key: Expression; value: Expression }[] = [];
    while (!this.accept("}")) {
      const key = this.objectKey();
      if (!this.accept("=")) this.expect(":");
      entries.push({ key, value: this.expression() });
      if (!this.accept(",") && !this.token.newlineBefore) return this.closed({ kind: "object", entries }, "}");
    }
    return { kind: "object", entries };
  }

  private objectKey(): Expression {
    if (this.token.kind === "identifier" && isAssignment(this.tokens[this.position + 1])) {
      return { kind: "literal", value: this.next().text };
    }
    return this.expression();
  }

  /** `for k, v in collection`, after its first word. */
  private forHead(): Pick<ForExpression, "keyName" | "valueName" | "collection"> {
    const first = this.expectKind("identifier").text;
    const second = this.accept(",") ? this.expectKind("identifier").text : undefined;
    if (!this.acceptWord("in")) throw unexpected(this.token, "in");
    const names = second === undefined ? { valueName: first } : { keyName: first, valueName: second };
    return { ...names, collection: this.expression() };
  }

  /** `for k, v in collection : key => value... if condition`, after its first word. */
  private forExpression(end: "]" | "}"): Expression {
    const head = this.forHead();
    this.expect(":");
    const leading = this.expression();
    if (end === "}") this.expect("=>");
    const value = end === "}" ? this.expression() : leading;
    const grouped = end === "}" && this.accept("...");
    const condition = this.acceptWord("if") ? this.expression() : undefined;
    const key = end === "}" ? { key: leading } : {};
    return this.closed({ kind: "for", ...head, ...key, value, condition, grouped }, end);
  }

  /** Steps after a term. The legacy splat `.*` takes only the attributes that follow it. */
  private steps(indexes: boolean): Step[] {
    const steps: Step[] = [];
    while (this.token.kind === "symbol") {
      if (this.accept(".")) steps.push(this.dotted());
      else if (indexes && this.accept("[")) steps.push(this.bracketed());
      else break;
    }
    return steps;
  }

  private dotted(): Step {
    if (this.accept("*")) return { kind: "splat", steps: this.nested(() => this.steps(false)) };
    const token = this.next();
    if (token.kind === "identifier") return { kind: "attribute", name: token.text };
    if (token.kind !== "number") throw unexpected(token);
    return { kind: "index", key: { kind: "literal", value: Number(token.text) } };
  }

  private bracketed(): Step {
    if (this.token.text === "*" && this.tokens[this.position + 1]?.text === "]") {
      this.position += 2;
      return { kind: "splat", steps: this.nested(() => this.steps(true)) };
    }
    return { kind: "index", key: this.closed(this.expression(), "]") };
  }

  private nested<T>(parse: () => T): T {
    if (++this.depth > MAX_DEPTH) throw unsupported(`an expression nested more than ${MAX_DEPTH} levels deep`);
    const result = parse();
    this.depth--;
    return result;
  }

  private closed(expression: Expression, end: string): Expression {
    this.expect(end);
    return expression;
  }

  private get token(): Token {
    const token = this.tokens[this.position] ?? this.tokens.at(-1);
    if (token === undefined) throw invalidSyntax(0, "the template is empty");
    return token;
  }

  private next(): Token {
    const token = this.token;
    this.position++;
    return token;
  }

  private accept(symbol: string): boolean {
    const found = this.token.kind === "symbol" && this.token.text === symbol;
    if (found) this.position++;
    return found;
  }

  private acceptWord(word: string): boolean {
    const found = this.token.kind === "identifier" && this.token.text === word;
    if (found) this.position++;
    return found;
  }

  private expect(symbol: string): void {
    if (!this.accept(symbol)) throw unexpected(this.token, symbol);
  }

  private expectKind(kind: "close" | "identifier"): Token {
    if (this.token.kind !== kind) throw unexpected(this.token, kind === "close" ? "}" : "a name");
    return this.next();
  }
}

function numberOf({ text }: Token): Numeric {
  const value = parseNumber(text);
  if (value === undefined) throw unsupported("a number of so many digits");
  return value;
}

/** `~` takes blanks only from the line next to it. */
function trimFirstLine(text: string): string {
  const end = text.indexOf("\n") + 1 || text.length;
  return text.slice(0, end).trimStart() + text.slice(end);
}

function trimLastLine(text: string): string {
  const start = text.slice(0, -1).lastIndexOf("\n") + 1;
  return text.slice(0, start) + text.slice(start).trimEnd();
}

function isAssignment(token: Token | undefined): boolean {
  return token?.kind === "symbol" && (token.text === "=" || token.text === ":");
}

function unexpected(token: Token, wanted?: string): Error {
  const found = token.kind === "end" ? "the end" : JSON.stringify(token.text);
  return invalidSyntax(
    token.offset,
    wanted === undefined ? `unexpected ${found}` : `expected ${wanted}, found ${found}`,
  );
}
