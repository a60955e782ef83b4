import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Run {
  /** From the start of the process to its end. */
  readonly milliseconds: number;
  /** Peak resident memory. */
  readonly megabytes: number;
  /** What the program said about itself, in milliseconds. */
  readonly reported: number | undefined;
}

/** Runs a compiled program in a process of its own, with its output in a folder that goes afterwards. */
export async function measure(program: string, args: readonly string[] = []): Promise<Run> {
  const folder = mkdtempSync(join(tmpdir(), "bench-synth-"));
  const peakFile = join(folder, "peak");
  try {
    const started = process.hrtime.bigint();
    const child = fork(program, args, {
      execArgv: ["--require", join(__dirname, "report-peak.cjs")],
      env: {
        ...process.env,
        CDKTF_OUTDIR: join(folder, "cdktf.out"),
        CDK_OUTDIR: join(folder, "cdk.out"),
        CHECKPOINT_DISABLE: "1",
        PEAK_FILE: peakFile,
      },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    let reported: number | undefined;
    child.on("message", (milliseconds: number) => (reported = milliseconds));
    const [status] = (await once(child, "exit")) as [number | null];
    const milliseconds = Number(process.hrtime.bigint() - started) / 1e6;
    if (status !== 0) throw new Error(`${program} ended with ${status}.`);
    return { milliseconds, megabytes: Number(readFileSync(peakFile, "utf8")) / 1024, reported };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
