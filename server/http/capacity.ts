import type { Limits } from "./limits";

/** The slots and the bytes that all requests share. */
export class Capacity {
  private slots = 0;
  private bytes = 0;

  constructor(readonly limits: Pick<Limits, "concurrency" | "bytesInFlight" | "grantedBytes">) {}

  /** Whether less than a quarter of the slots, or of the bytes, is free. */
  get short(): boolean {
    const { concurrency, bytesInFlight } = this.limits;
    return this.slots > concurrency * 0.75 || this.bytes > bytesInFlight * 0.75;
  }

  /** Whether there was room; if so, it is taken. */
  take(slots: number, bytes: number): boolean {
    if (this.slots + slots > this.limits.concurrency || this.bytes + bytes > this.limits.bytesInFlight) return false;
    this.slots += slots;
    this.bytes += bytes;
    return true;
  }

  give(slots: number, bytes: number): void {
    this.slots -= slots;
    this.bytes -= bytes;
  }
}

/** What one HTTP request holds of the capacity, until its response is closed and its handlers have ended. */
export class Holding {
  private slots = 0;
  private charged = 0;
  private holders = 1;

  constructor(private readonly capacity: Capacity) {}

  takeSlots(slots: number): boolean {
    const taken = this.capacity.take(slots, 0);
    this.slots += taken ? slots : 0;
    return taken;
  }

  /** Makes a body or an answer grow, or shrink. Its first bytes are granted, whatever else is in flight. */
  growBytes(from: number, to: number): boolean {
    const granted = this.capacity.limits.grantedBytes;
    const growth = Math.max(to, granted) - Math.max(from, granted);
    const taken = growth <= 0 || this.capacity.take(0, growth);
    if (growth < 0) this.capacity.give(0, -growth);
    this.charged += taken ? growth : 0;
    return taken;
  }

  /** One more holder, which lets go by calling the function returned. */
  hold(): () => void {
    this.holders += 1;
    return () => this.release();
  }

  release(): void {
    this.holders -= 1;
    if (this.holders === 0) this.capacity.give(this.slots, this.charged);
  }
}
