import type { Topology, TopologyResource } from "../../../topology";
import { CLEAR_LINE, isTerminal, legible, paint, wrap } from "../../terminal";
import { printAssumptions } from "./assumptions";

const REFRESH_MS = 200;

/** A resource that is not there, and why. */
export interface Refused {
  readonly address: string;
  readonly reason: string;
}

/**
 * Tells how far a deployment is: on a terminal in one line that is rewritten, with the seconds that the resource under
 * way is taking; elsewhere in a line for each resource.
 */
export class DeploymentProgress {
  private readonly begun = Date.now();
  private readonly assumed: string[] = [];
  private readonly leftOut: string[] = [];
  private readonly refused: Refused[] = [];
  private created = 0;
  private resourceBegun = this.begun;
  private readonly timer?: NodeJS.Timeout;

  constructor(private readonly resources: Topology["resources"]) {
    if (!isTerminal) return;
    this.timer = setInterval(() => this.rewrite(), REFRESH_MS);
    this.rewrite();
  }

  readonly onCreated = ({ address }: TopologyResource): void => {
    if (!isTerminal && this.created === 0) {
      process.stdout.write(`Deploying ${this.resources.length} resources to the emulator\n`);
    }
    this.created += 1;
    this.resourceBegun = Date.now();
    if (isTerminal) this.rewrite();
    else process.stdout.write(`  created ${legible(address)}\n`);
  };

  readonly onLeftOut = ({ address }: TopologyResource, reason: string): void => {
    this.leftOut.push(`${address} is left out: ${reason}`);
  };

  readonly onRefused = ({ address }: Pick<TopologyResource, "address">, reason: string): void => {
    this.refused.push({ address, reason });
  };

  /** What is not there although the rest stands. */
  get missing(): readonly Refused[] {
    return this.refused;
  }

  readonly onAssumed = (sentence: string): void => {
    this.assumed.push(sentence);
  };

  /** Takes the rewritten line away, so that others may write. */
  stop(): void {
    clearInterval(this.timer);
    if (isTerminal) process.stdout.write(CLEAR_LINE);
    printAssumptions(this.assumed);
    const refused = this.refused.map(({ address, reason }) => `${address} failed: ${reason}`);
    for (const sentence of [...this.leftOut, ...refused]) {
      process.stdout.write(`${paint.red("✗")} ${wrap(sentence, 2)}\n`);
    }
  }

  done(): void {
    this.stop();
    const seconds = ((Date.now() - this.begun) / 1000).toFixed(1);
    const { length } = this.leftOut;
    const others = length === 0 ? "" : `, and left ${length} out`;
    const isWhole = this.refused.length === 0;
    const count = isWhole ? this.created : `${this.created} of ${this.resources.length}`;
    const mark = isWhole ? paint.green("✓") : paint.red("✗");
    process.stdout.write(`${mark} Deployed ${count} resources to the emulator in ${seconds} s${others}\n`);
  }

  failed(): void {
    this.stop();
    if (this.created > 0) {
      process.stdout.write(
        `${paint.red("✗")} Deployed ${this.created} of ${this.resources.length} resources to the emulator\n`,
      );
    }
  }

  private rewrite(): void {
    const next = this.resources[this.created + this.leftOut.length + this.refused.length];
    if (!next) return;
    const seconds = Math.floor((Date.now() - this.resourceBegun) / 1000);
    const counter = `${this.created + 1}/${this.resources.length}`;
    const taken = seconds > 0 ? ` ${seconds} s` : "";
    // A second row would stay when the line is rewritten.
    const address = legible(next.address).slice(
      0,
      Math.max(0, (process.stdout.columns || Infinity) - `Deploying ${counter} ${taken}`.length),
    );
    process.stdout.write(`${CLEAR_LINE}Deploying ${paint.dim(counter)} ${address}${taken}`);
  }
}
