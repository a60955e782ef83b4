import { nestsTooDeep, notAConfiguration } from "../../errors";
import type { IgnoreComment } from "../../modules/node";
import { parseIgnoreComment } from "./ignore-comment";
import type { Place } from "./place";

/** Deeper, or with longer chains of operators, HCL exhausts the stack of its parser. Configurations nest about ten deep. */
const MAX_DEPTH = 150;
const MAX_OPERATORS = 300;
/** Of more in one text, the parser's time grows with their square. A policy has some ten. */
const MAX_INTERPOLATIONS = 5_000;

const TOKEN =
  /[ \t\r]+|\n|\/\*|(?:#|\/\/)[^\n]*|<<-?[\p{ID_Start}_][\p{ID_Continue}-]*\r?\n|[\p{ID_Start}_][\p{ID_Continue}-]*|[^]/uy;
const HEREDOC = /^<<-?([^\r\n]+)/;
const LABEL = /"((?:[^"\\\n]|\\.){0,1000})"/y;

/** What is open at a point of the text: a block, a bracket, an interpolation, a quoted string or a heredoc. */
interface Frame {
  readonly kind: "code" | "quote" | "heredoc";
  /** The word that ends a heredoc. */
  readonly marker?: string;
  /** Whether what stands in it are blocks, or the names of locals. */
  readonly holds?: "blocks" | "locals";
  /** Whether a line break ends an expression in it. */
  readonly hasLines: boolean;
  /** The words that the line begins with: keyword and labels; undefined once something else follows them. */
  words?: string[];
  operators: number;
  /** Where the line of a heredoc begins. */
  isLineStart: boolean;
}

function frame(kind: Frame["kind"], more: Partial<Frame> = {}): Frame {
  return { kind, hasLines: false, words: [], operators: 0, isLineStart: true, ...more };
}

/**
 * Where the blocks of a file in HCL begin, which the parser does not tell. Only strings, comments and brackets are looked
 * at; whether the text is HCL is for the parser to say, and this does with anything.
 * @throws TopologyError for text that nests too deep for the parser.
 */
export function hclPlaces(path: string, text: string): Place[] {
  return new Scanner(path, text).run();
}

class Scanner {
  private readonly places: Place[] = [];
  /** By the place that they belong to. */
  private readonly ignores: IgnoreComment[][] = [];
  /** Of the comments right above what comes next. */
  private pending: IgnoreComment[] = [];
  private commentLine = 0;
  private readonly frames: Frame[] = [frame("code", { holds: "blocks", hasLines: true })];
  private offset = 0;
  private line = 1;
  private wordLine = 1;

  constructor(
    private readonly path: string,
    private readonly text: string,
  ) {}

  run(): Place[] {
    while (this.offset < this.text.length) {
      const top = this.frames.at(-1);
      if (top?.kind === "quote") this.quoted();
      else if (top?.kind === "heredoc") this.heredoc(top);
      else if (top !== undefined) this.code(top);
    }
    return this.places.map((place, index) => ({ ...place, ignores: this.ignores[index] ?? [] }));
  }

  private code(top: Frame): void {
    TOKEN.lastIndex = this.offset;
    const token = TOKEN.exec(this.text)?.[0] ?? "";
    this.offset += token.length;
    if (token === "\n") this.newLine(top);
    else if (token === "/*") this.skipComment();
    else if (token.startsWith("<<") && token.length > 2) this.openHeredoc(token);
    else if (/^[\p{ID_Start}_]/u.test(token)) this.word(top, token);
    else if (/^#|^\/\//.test(token)) this.comment(top, token);
    else if (!/^[ \t\r]/.test(token)) this.symbol(top, token);
  }

  /** One that stands alone between blocks belongs to the block below it, any other to the block that it is in or behind. */
  private comment(top: Frame, token: string): void {
    const ignore = parseIgnoreComment(token);
    const own = ignore === undefined ? [] : [ignore];
    if (this.frames.length > 1 || top.words?.length !== 0) return void this.ignores.at(-1)?.push(...own);
    this.pending = this.line === this.commentLine + 1 ? [...this.pending, ...own] : own;
    this.commentLine = this.line;
  }

  private newLine(top: Frame): void {
    this.line++;
    top.words = [];
    if (top.hasLines) top.operators = 0;
  }

  private skipComment(): void {
    const end = this.text.indexOf("*/", this.offset);
    this.skipTo(end < 0 ? this.text.length : end + 2);
  }

  private skipTo(end: number): void {
    for (let next = this.text.indexOf("\n", this.offset); next >= 0 && next < end;) {
      this.line++;
      next = this.text.indexOf("\n", next + 1);
    }
    this.offset = end;
  }

  private openHeredoc(token: string): void {
    this.line++;
    this.open(frame("heredoc", { marker: HEREDOC.exec(token)?.[1] }));
  }

  private word(top: Frame, word: string): void {
    if (top.words?.length === 0) this.wordLine = this.line;
    top.words?.push(word);
  }

  private symbol(top: Frame, symbol: string): void {
    const { words = [] } = top;
    if (symbol === '"') return this.quote(top);
    top.words = undefined;
    if ("?!-".includes(symbol)) this.countOperator(top);
    if (symbol === ",") top.operators = 0;
    if (symbol === "=" && top.holds === "locals" && words.length === 1) this.place(["locals", ...words]);
    if (symbol === "(" || symbol === "[") this.open(frame("code"));
    if (symbol === "{") this.openBrace(top, words);
    if (")]}".includes(symbol) && this.frames.length > 1) this.frames.pop();
  }

  private quote(top: Frame): void {
    LABEL.lastIndex = this.offset - 1;
    const { words = [] } = top;
    const label = top.holds === "blocks" && words.length > 0 ? LABEL.exec(this.text)?.[1] : undefined;
    if (label === undefined) return this.open(frame("quote"));
    words.push(label);
    this.offset += label.length + 1;
  }

  private openBrace(top: Frame, words: readonly string[]): void {
    const isHeader = top.holds === "blocks" && words.length > 0;
    if (isHeader && words[0] !== "locals") this.place(words);
    this.open(frame("code", { hasLines: true, holds: isHeader && words[0] === "locals" ? "locals" : undefined }));
  }

  private place(path: readonly string[]): void {
    this.places.push({ path, line: this.wordLine });
    this.ignores.push(this.commentLine === this.wordLine - 1 ? this.pending : []);
    this.pending = [];
  }

  private countOperator(top: Frame): void {
    if (++top.operators > MAX_OPERATORS) throw nestsTooDeep(`${this.path}:${this.line}`, MAX_OPERATORS);
  }

  private open(inner: Frame): void {
    this.frames.push(inner);
    if (this.frames.length > MAX_DEPTH) throw nestsTooDeep(`${this.path}:${this.line}`, MAX_DEPTH);
  }

  /** The rest of a quoted string up to its end or the next interpolation. */
  private quoted(): void {
    for (; this.offset < this.text.length; this.offset++) {
      const character = this.text.charAt(this.offset);
      if (character === "\\") this.offset++;
      else if (character === "\n") this.line++;
      else if (character === '"') {
        this.offset++;
        return void this.frames.pop();
      } else if (this.opensTemplate(character)) return;
    }
  }

  /** The rest of a heredoc up to its last line or the next interpolation. */
  private heredoc(top: Frame): void {
    if (top.isLineStart && this.endsHeredoc(top)) return;
    top.isLineStart = false;
    for (; this.offset < this.text.length; this.offset++) {
      const character = this.text.charAt(this.offset);
      if (character === "\n") {
        this.line++;
        this.offset++;
        top.isLineStart = true;
        return;
      }
      if (this.opensTemplate(character)) return;
    }
  }

  private endsHeredoc({ marker }: Frame): boolean {
    const end = this.text.indexOf("\n", this.offset);
    const line = this.text.slice(this.offset, end < 0 ? this.text.length : end);
    if (line.trim() !== marker) return false;
    this.offset += line.length;
    this.frames.pop();
    return true;
  }

  /** `${` and `%{` open an interpolation, `$${` and `%%{` stand for themselves. */
  private opensTemplate(character: string): boolean {
    if (character !== "$" && character !== "%") return false;
    if (this.text.startsWith(`${character}{`, this.offset + 1)) {
      this.offset += 2;
      return false;
    }
    if (this.text.charAt(this.offset + 1) !== "{") return false;
    this.offset += 2;
    const text = this.frames.at(-1);
    if (text && ++text.operators > MAX_INTERPOLATIONS) {
      throw notAConfiguration(`${this.path}:${this.line}`, `a text has more than ${MAX_INTERPOLATIONS} interpolations`);
    }
    this.open(frame("code"));
    return true;
  }
}
