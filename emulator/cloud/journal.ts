import type { Clock, MovableClock } from "../clock";
import type { Random } from "./random";

/** A call of an AWS API that changed the account. */
export interface JournalEntry {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** What it drew for its ids, as base64. */
  readonly drawn: readonly string[];
  /** The ids and ARNs of what it created. */
  readonly made?: readonly string[];
}

type Perform = (operation: string, input: unknown) => unknown;

/** What changes nothing, or sessions and users alone, which go and stay in their own way. */
const NOT_KEPT = /^(Get|Head|List|Describe|Batch(Get|Check)|Simulate|AssumeRole|Admin)/;

/** The calls from which an account can be made again as it was, with the ids that it had. */
export class Journal {
  /** Takes each call that changed the account, once it has succeeded. @default - nothing is kept */
  onKept?: (entry: JournalEntry) => void;
  private readonly services = new Map<string, { readonly operations: readonly string[]; readonly perform: Perform }>();

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  /** @param perform carries out one of the operations of the service */
  offer(service: string, operations: readonly string[], perform: Perform): void {
    this.services.set(service, { operations, perform });
  }

  /** The operations of each service, by its signing name. */
  offered(): ReadonlyMap<string, readonly string[]> {
    return new Map([...this.services].map(([service, { operations }]) => [service, operations]));
  }

  /** Carries an operation out; what it draws before it first waits is kept with it. */
  async run<T>(service: string, operation: string, input: unknown, perform: () => T | Promise<T>): Promise<T> {
    if (!this.onKept || NOT_KEPT.test(operation)) return perform();
    const time = this.clock.now();
    const { result, drawn } = this.random.recording(perform);
    const answer = await result;
    const made = operation.startsWith("Create") ? identitiesIn(answer) : undefined;
    this.onKept({ service, operation, input, time, drawn: drawn.map((bytes) => bytes.toString("base64")), made });
    return answer;
  }

  /** Carries a call out as it was. @param clock is left where the call was made */
  async replay({ service, operation, input, time, drawn }: JournalEntry, clock: MovableClock): Promise<void> {
    const perform = this.services.get(service)?.perform;
    if (!perform) throw new Error(`There is no service ${service}.`);
    clock.moveTo(time);
    const bytes = drawn.map((text) => Buffer.from(text, "base64"));
    await this.random.repeating(bytes, () => perform(operation, input));
  }
}

function identitiesIn(answer: unknown): string[] {
  if (typeof answer !== "object" || answer === null) return [];
  return Object.entries(answer).flatMap(([member, value]: [string, unknown]) =>
    typeof value === "string" ? (/(id|arn)$/i.test(member) ? [value] : []) : identitiesIn(value),
  );
}
