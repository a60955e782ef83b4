import { ANY_VALUE, type LimitedDimensions, type Rate, type RateLimitEntry } from "../../../aws/agentcore/rate-limits";

export const SECONDS: Readonly<Record<string, number>> = { second: 1, minute: 60 };

/** Our own, of one rate limit: whoever writes a claim or a header may make buckets without end. */
export const MOST_BUCKETS = 10_000;

interface Window {
  /** Milliseconds since the epoch. */
  readonly start: number;
  count: number;
}

/** An entry with the values that a request has for the keys. */
export interface Match {
  readonly throttle: Throttle;
  readonly entry: RateLimitEntry;
  readonly values: readonly string[];
}

/** The counts of one rate limit, by the values of its dimensions. AWS counts roughly at first; this counts exactly. */
export class Throttle {
  private readonly entries: ReadonlyMap<string, RateLimitEntry>;
  /** In order of their beginning. */
  private readonly windows = new Map<string, Window>();
  private readonly connections = new Map<string, number>();

  constructor(
    readonly rateLimitId: string,
    private readonly limited: LimitedDimensions,
  ) {
    const { dimensionKeys: keys, entries } = limited;
    this.entries = new Map(
      entries.map((entry) => [JSON.stringify(keys.map((key) => entry.dimensions[key])), entry] as const).reverse(),
    );
  }

  get dimensionKeys(): readonly string[] {
    return this.limited.dimensionKeys;
  }

  /**
   * The most specific entry, with * for one value after the other from the last: developer guide,
   * "gateway-rate-limits-dimensions".
   *
   * @param valueOf a key; undefined where the request has none
   * @returns undefined where a key has no value, or no entry fits
   */
  match(valueOf: (key: string) => string | undefined): Match | undefined {
    const values: string[] = [];
    for (const key of this.dimensionKeys) {
      const value = valueOf(key);
      if (value === undefined) return undefined;
      values.push(value);
    }
    for (let specific = values.length; specific >= 0; specific -= 1) {
      const entry = this.entries.get(
        JSON.stringify(values.map((value, index) => (index < specific ? value : ANY_VALUE))),
      );
      if (entry) return { throttle: this, entry, values };
    }
    return undefined;
  }

  /** Takes one of the requests of a period. @returns the seconds after which there are some again, where there are none */
  takeRequest(values: readonly string[], { rate, period }: Rate, now: number): number | undefined {
    const bucket = JSON.stringify(values);
    const seconds = SECONDS[period] ?? 1;
    const known = this.windows.get(bucket);
    const isOver = !known || now >= known.start + seconds * 1_000 || now < known.start;
    const window = isOver ? { start: now, count: 0 } : known;
    if (window.count >= rate) return Math.ceil((window.start + seconds * 1_000 - now) / 1_000);
    window.count += 1;
    if (isOver) {
      this.windows.delete(bucket);
      this.windows.set(bucket, window);
      const [oldest = bucket] = this.windows.keys();
      if (this.windows.size > MOST_BUCKETS) this.windows.delete(oldest);
    }
    return undefined;
  }

  /** Takes a connection until it is released; undefined where none is free. */
  takeConnection(values: readonly string[], { rate }: Rate): (() => void) | undefined {
    const bucket = JSON.stringify(values);
    const open = this.connections.get(bucket) ?? 0;
    if (open >= rate) return undefined;
    this.connections.set(bucket, open + 1);
    return () => {
      const left = (this.connections.get(bucket) ?? 1) - 1;
      if (left > 0) this.connections.set(bucket, left);
      else this.connections.delete(bucket);
    };
  }
}
