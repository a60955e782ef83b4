/**
 * 100,000 calls at 32 connections while a tenth of them meets faults: `npm run soak`. Exits with 1 when a call got a
 * wrong answer, memory grew, or a token or a secret stands in a log or a trace.
 */
import { Soak } from "./soak/soak";

const MOST_GROWTH_MEGABYTES = 15;

async function main(): Promise<void> {
  const calls = Number(process.argv[2] ?? 100_000);
  const { seconds, faults, collateral, wrong, leaks, heap } = await new Soak({ calls, connections: 32 }).run();
  console.log(`${calls} calls in ${seconds.toFixed(0)} s, ${faults} with a fault, ${collateral} more beside a crash`);
  console.log(`heap ${heap.early.toFixed(1)} MB after a fifth of them, ${heap.late.toFixed(1)} MB at the end`);
  [...wrong, ...leaks].forEach((line) => console.log(line));
  const passed = wrong.length === 0 && leaks.length === 0 && heap.late - heap.early < MOST_GROWTH_MEGABYTES;
  console.log(passed ? "passed" : "failed");
  process.exitCode = passed ? 0 : 1;
}

void main();
