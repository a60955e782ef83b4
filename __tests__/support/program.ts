import { EventEmitter, once } from "node:events";

export interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Something that runs, and whose output a test waits for. */
export abstract class Program {
  stdout = "";
  stderr = "";
  private readonly output = new EventEmitter();

  abstract end(): Promise<Ended>;

  /** Ctrl-C at the terminal. */
  abstract interrupt(): void;

  /** Ends what still runs. */
  abstract kill(): Promise<void>;

  /** @returns the pattern's first match in standard output. @throws Error when the program ends without it */
  says(pattern: RegExp): Promise<RegExpExecArray> {
    return this.writes("stdout", pattern);
  }

  /** The same in standard error. */
  complains(pattern: RegExp): Promise<RegExpExecArray> {
    return this.writes("stderr", pattern);
  }

  protected readonly take = (stream: "stdout" | "stderr", text: string): void => {
    this[stream] += text;
    this.output.emit("more");
  };

  private async writes(stream: "stdout" | "stderr", pattern: RegExp): Promise<RegExpExecArray> {
    let isOver = false;
    const ended = this.end().then(() => (isOver = true));
    for (;;) {
      const match = pattern.exec(this[stream]);
      if (match) return match;
      if (isOver) throw new Error(`Ended without ${pattern.source}:\n${this.stdout}\n${this.stderr}`);
      await Promise.race([once(this.output, "more"), ended]);
    }
  }
}
