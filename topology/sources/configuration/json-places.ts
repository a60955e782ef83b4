import { isLabelled, LABELS } from "../../modules/keywords";
import type { Place } from "./place";

/** Where the blocks of a file in Terraform's JSON syntax begin. @param text - is JSON */
export function jsonPlaces(text: string): Place[] {
  return new Scanner(text).run();
}

class Scanner {
  private readonly places: Place[] = [];
  private offset = 0;
  private line = 1;

  constructor(private readonly text: string) {}

  run(): Place[] {
    this.members((keyword) => {
      if (keyword === "locals") this.labels([keyword], 1);
      else if (isLabelled(keyword)) this.labels([keyword], LABELS[keyword]);
      else this.skipValue();
    });
    return this.places;
  }

  /** Objects for each label, with or without lists around them, and then the body. */
  private labels(path: readonly string[], remaining: number): void {
    const first = this.peek();
    const isValue = path[0] === "locals" && remaining === 0;
    if (first === "[" && !isValue) return this.items(() => this.labels(path, remaining));
    if (remaining > 0 && first === "{") {
      return this.members((label) =>
        label === "//" ? this.skipValue() : this.labels([...path, label], remaining - 1),
      );
    }
    if (remaining === 0) this.places.push({ path, line: this.line });
    this.skipValue();
  }

  private members(read: (name: string) => void): void {
    this.items(() => {
      const start = this.offset;
      this.skipValue();
      const name = JSON.parse(this.text.slice(start, this.offset)) as string;
      this.peek();
      this.offset++;
      this.peek();
      read(name);
    });
  }

  /** What stands between the brackets that begin here, item by item. */
  private items(read: () => void): void {
    this.offset++;
    for (let next = this.peek(); next !== "}" && next !== "]" && next !== ""; next = this.peek()) {
      if (next === ",") this.offset++;
      else read();
    }
    this.offset++;
  }

  /** The next character that is no blank. */
  private peek(): string {
    for (; this.offset < this.text.length; this.offset++) {
      const character = this.text.charAt(this.offset);
      if (character === "\n") this.line++;
      else if (character !== " " && character !== "\t" && character !== "\r") return character;
    }
    return "";
  }

  private skipValue(): void {
    let depth = 0;
    do {
      const character = this.peek();
      if (character === '"') this.skipString();
      else if (character === "{" || character === "[") depth++;
      else if (character === "}" || character === "]") depth--;
      else if (depth === 0) return this.skipWord();
      this.offset++;
    } while (depth > 0 && this.offset < this.text.length);
  }

  /** To the closing quotation mark. */
  private skipString(): void {
    do {
      this.offset = this.text.indexOf('"', this.offset + 1);
    } while (this.offset > 0 && this.isEscaped());
    if (this.offset < 0) this.offset = this.text.length;
  }

  private isEscaped(): boolean {
    let backslashes = 0;
    while (this.text.charAt(this.offset - 1 - backslashes) === "\\") backslashes++;
    return backslashes % 2 === 1;
  }

  /** A number, `true`, `false` or `null`. */
  private skipWord(): void {
    while (/[-+.\w]/.test(this.text.charAt(this.offset))) this.offset++;
  }
}
