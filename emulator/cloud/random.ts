import { createCipheriv, createHash, randomBytes, type Cipher } from "node:crypto";

export const DIGITS = "0123456789";
export const LOWER_CASE = "abcdefghijklmnopqrstuvwxyz";
export const UPPER_CASE = LOWER_CASE.toUpperCase();

/** The cipher is slow to begin and fast to go on. */
const DRAWN_AT_ONCE = 4_096;

/** What is drawn while a call runs, or what it drew when it ran before; a generator and its forks share one. */
interface Tape {
  recorded?: Buffer[];
  repeated?: Buffer[];
  /** What was drawn before this generator began: other draws of calls that are kept follow from it. */
  past?: string;
}

/** Every id, secret and key of the emulated account comes from here, so that a seed makes those of its resources repeatable. */
export class Random {
  private readonly key: Buffer;
  private readonly stream: Cipher;
  private drawn: Buffer = Buffer.alloc(0);
  private readonly forks = new Map<string, number>();
  private later?: Random;

  /** @param seed the same text gives the same ids; without it they differ at every start. */
  constructor(
    seed?: string,
    private readonly tape: Tape = {},
  ) {
    this.key = seed === undefined ? randomBytes(32) : createHash("sha256").update(seed).digest();
    this.stream = createCipheriv("aes-256-ctr", this.key, Buffer.alloc(16));
  }

  /** An independent generator: what one resource draws, and whether it is there, does not move the ids of another. */
  fork(name: string): Random {
    const earlier = this.forks.get(name) ?? 0;
    this.forks.set(name, earlier + 1);
    return new Random(`${this.key.toString("hex")} ${name} ${earlier}`, this.tape);
  }

  /** Runs it, and tells what it and the forks of this generator drew until it returned. */
  recording<T>(run: () => T): { readonly result: T; readonly drawn: readonly Buffer[] } {
    const drawn: Buffer[] = [];
    this.tape.recorded = drawn;
    try {
      return { result: run(), drawn };
    } finally {
      this.tape.recorded = undefined;
    }
  }

  /** Runs it with what it drew when it was recorded. */
  repeating<T>(drawn: readonly Buffer[], run: () => T): T {
    this.tape.repeated = [...drawn];
    try {
      return run();
    } finally {
      this.tape.repeated = undefined;
    }
  }

  /** Has calls that are kept draw from now on what was not drawn in the past that has been repeated. */
  goOnAfter(past: string): void {
    this.tape.past = past;
  }

  bytes(length: number): Buffer {
    const bytes = this.tape.repeated?.shift() ?? this.source().draw(length);
    this.tape.recorded?.push(bytes);
    return bytes;
  }

  text(length: number, alphabet: string): string {
    return Array.from(
      this.bytes(length * 4)
        .toString("hex")
        .match(/.{8}/g) ?? [],
      (word) => alphabet.charAt(Number.parseInt(word, 16) % alphabet.length),
    ).join("");
  }

  uuid(): string {
    const hex = this.bytes(16).toString("hex");
    const variant = "89ab".charAt(Number.parseInt(hex.charAt(16), 16) % 4);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
  }

  /** Keys and sessions are not kept: they are to be found again by the seed. */
  private source(): Random {
    const { past, recorded } = this.tape;
    if (past === undefined || recorded === undefined) return this;
    return (this.later ??= new Random(`${this.key.toString("hex")} after ${past}`));
  }

  private draw(length: number): Buffer {
    if (this.drawn.length < length) {
      this.drawn = Buffer.concat([this.drawn, this.stream.update(Buffer.alloc(Math.max(length, DRAWN_AT_ONCE)))]);
    }
    const bytes = this.drawn.subarray(0, length);
    this.drawn = this.drawn.subarray(length);
    return bytes;
  }
}
