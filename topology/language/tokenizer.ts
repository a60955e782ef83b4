import { invalidSyntax, unsupported } from "./error";

export type TokenKind = "text" | "open" | "close" | "quote" | "unquote" | "number" | "identifier" | "symbol" | "end";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly offset: number;
  /** Object items may be separated by a line break instead of a comma. */
  readonly newlineBefore: boolean;
}

type Mode = { readonly kind: "template"; readonly quoted: boolean } | { readonly kind: "expression"; braces: number };

const IDENTIFIER = /[\p{ID_Start}_][\p{ID_Continue}-]*/uy;
const NUMBER = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SYMBOL = /\.\.\.|::|=>|==|!=|<=|>=|&&|\|\||[-+*/%!<>?:=.,()[\]{}]/y;
/** Blanks and comments. */
const BLANK = /(?:[ \t\r\n]+|#[^\n]*|\/\/[^\n]*|\/\*[^]*?\*\/)+/y;
const HEREDOC = /<<(-?)([\p{ID_Start}_][\p{ID_Continue}-]*)[ \t]*\r?\n/uy;
const ESCAPES = new Map(Object.entries({ n: "\n", r: "\r", t: "\t", '"': '"', "\\": "\\" }));
const UNICODE_ESCAPE = /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/y;
/** A policy of some hundred statements has a tenth of these. */
const MAX_TOKENS = 20_000;
const LAST_CODE_POINT = 0x10ffff;

/** Splits a template of Terraform's JSON syntax, in which a string is text with `${…}` in it. */
export function tokenize(source: string): Token[] {
  return new Tokenizer(source).run();
}

class Tokenizer {
  private readonly tokens: Token[] = [];
  private readonly modes: Mode[] = [{ kind: "template", quoted: false }];
  private offset = 0;
  private newlineBefore = false;

  constructor(private readonly source: string) {}

  run(): Token[] {
    while (this.offset < this.source.length) {
      const mode = this.modes.at(-1);
      if (mode?.kind === "expression") this.expressionToken(mode);
      else this.templateToken(mode?.quoted ?? false);
    }
    if (this.modes.length > 1) throw invalidSyntax(this.offset, "the template ends too early");
    this.push("end", "");
    return this.tokens;
  }

  private templateToken(quoted: boolean): void {
    const offset = this.offset;
    const text = this.text(quoted);
    if (text !== "") this.tokens.push({ kind: "text", text, offset, newlineBefore: false });
    if (this.at("${") || this.at("%{")) {
      const isStripping = this.source.charAt(this.offset + 2) === "~";
      this.push("open", this.source.slice(this.offset, this.offset + (isStripping ? 3 : 2)));
      this.modes.push({ kind: "expression", braces: 0 });
    } else if (quoted && this.at('"')) {
      this.push("unquote", '"');
      this.modes.pop();
    }
  }

  /** Reads literal text up to an interpolation, a directive or the end of the template. */
  private text(quoted: boolean): string {
    let text = "";
    while (this.offset < this.source.length && !this.at("${") && !this.at("%{") && !(quoted && this.at('"'))) {
      if (this.at("$${") || this.at("%%{")) {
        text += this.source.slice(this.offset + 1, this.offset + 3);
        this.offset += 3;
      } else if (quoted && this.at("\\")) {
        text += this.escape();
      } else {
        if (quoted && this.at("\n")) throw invalidSyntax(this.offset, "a quoted string has a line break");
        text += this.source.charAt(this.offset++);
      }
    }
    return text;
  }

  private escape(): string {
    const unicode = this.match(UNICODE_ESCAPE);
    if (unicode !== undefined) {
      const codePoint = Number.parseInt(unicode.slice(2), 16);
      if (codePoint > LAST_CODE_POINT) throw invalidSyntax(this.offset, "an escape is no Unicode character");
      this.offset += unicode.length;
      return String.fromCodePoint(codePoint);
    }
    const character = ESCAPES.get(this.source.charAt(this.offset + 1));
    if (character === undefined) throw invalidSyntax(this.offset, "a quoted string has an unknown escape");
    this.offset += 2;
    return character;
  }

  private expressionToken(mode: { braces: number }): void {
    const blank = this.match(BLANK);
    if (blank !== undefined) {
      this.offset += blank.length;
      this.newlineBefore ||= blank.includes("\n");
    } else if (mode.braces === 0 && (this.at("}") || this.at("~}"))) {
      this.push("close", this.at("~}") ? "~}" : "}");
      this.modes.pop();
    } else if (this.at('"')) {
      this.push("quote", '"');
      this.modes.push({ kind: "template", quoted: true });
    } else if (this.at("<<")) {
      this.heredoc();
    } else {
      this.wordOrSymbol(mode);
    }
  }

  /** A text of whole lines up to one that has its word alone, without escapes. */
  private heredoc(): void {
    const start = this.match(HEREDOC);
    const [, isIndented, word = ""] = /^<<(-?)([^\s]+)/.exec(start ?? "") ?? [];
    if (start === undefined) throw invalidSyntax(this.offset, 'unexpected "<<"');
    const end = new RegExp(`^[ \\t]*${word}[ \\t]*\\r?$`, "gm");
    end.lastIndex = this.offset + start.length;
    const found = end.exec(this.source);
    if (found === null) throw invalidSyntax(this.offset, `the text <<${word} has no end`);
    const text = this.source.slice(this.offset + start.length, found.index);
    this.push("quote", start);
    this.tokens.push(...new Tokenizer(isIndented === "-" ? flush(text) : text).run().slice(0, -1));
    this.offset = found.index;
    this.push("unquote", found[0]);
  }

  private wordOrSymbol(mode: { braces: number }): void {
    const number = this.match(NUMBER);
    if (number !== undefined) return this.push("number", number);
    const identifier = this.match(IDENTIFIER);
    if (identifier !== undefined) return this.push("identifier", identifier);
    const symbol = this.match(SYMBOL);
    if (symbol === undefined) {
      throw invalidSyntax(this.offset, `unexpected ${JSON.stringify(this.source.charAt(this.offset))}`);
    }
    if (symbol === "{") mode.braces++;
    if (symbol === "}") mode.braces--;
    this.push("symbol", symbol);
  }

  private push(kind: TokenKind, text: string): void {
    if (this.tokens.length > MAX_TOKENS) throw unsupported(`an expression of more than ${MAX_TOKENS} words`);
    this.tokens.push({ kind, text, offset: this.offset, newlineBefore: this.newlineBefore });
    this.newlineBefore = false;
    this.offset += text.length;
  }

  private at(text: string): boolean {
    return this.source.startsWith(text, this.offset);
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.offset;
    return pattern.exec(this.source)?.[0];
  }
}

/** Without the blanks that all lines have in front. */
function flush(text: string): string {
  const blanks = Array.from(text.matchAll(/^([ \t]*)\S/gm), ([, blank = ""]) => blank.length);
  const common = blanks.reduce((least, length) => Math.min(least, length), Infinity);
  return Number.isFinite(common) ? text.replace(new RegExp(`^[ \\t]{0,${common}}`, "gm"), "") : text;
}
