/**
 * How long a review takes, and how much memory, by what is read and by the number of targets: `npm run bench:review`.
 * Exits with 1 when a target is missed.
 *
 * `npm run bench:review -- --beside DIR` measures another build of the project in turns with this one, such as a checkout
 * of the release before in which `npm run bundle` has run. What that one does not read is left out for it.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { median } from "./median";
import { articleIn, modulesIn, planIn, stackIn } from "./review/inputs";
import { type Verdict, report } from "./verdicts";

const ROUNDS = Number(process.env.ROUNDS ?? 3);
const COUNTS = [125, 250, 500, 1_000, 2_000];
const LIMITS = { articleSeconds: 0.9, seconds: 3, megabytes: 300, perTarget: 1, beside: 1.1 };

interface Input {
  readonly label: string;
  readonly path: string;
  readonly targets: number;
}
interface Run {
  readonly seconds: number;
  /** Of all cores, which says more than seconds on a busy machine. */
  readonly cpuSeconds: number;
  readonly megabytes: number;
}

/** Prints what the process has used when it ends. */
const USAGE = 'process.on("exit", () => process.stderr.write("\\n" + JSON.stringify(process.resourceUsage())));';

class Reviewer {
  private readonly command: string;

  constructor(
    repository: string,
    private readonly usage: string,
  ) {
    this.command = join(repository, "dist/cli/main.js");
  }

  /** A whole process; undefined where it does not read the input. */
  review({ label, path, targets }: Input): Run | undefined {
    const start = process.hrtime.bigint();
    const args = ["-r", this.usage, this.command, "review", path, "--format", "json"];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 1024 ** 3 });
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (status === 2) return undefined;
    const { hops } = JSON.parse(stdout) as { hops: unknown[] };
    if (hops.length !== targets) throw new Error(`${label}: the review saw ${hops.length} targets of ${targets}.`);
    const usage = JSON.parse(stderr.split("\n").at(-1) ?? "") as NodeJS.ResourceUsage;
    const cpuSeconds = (usage.userCPUTime + usage.systemCPUTime) / 1e6;
    return { seconds, cpuSeconds, megabytes: usage.maxRSS / 1024 };
  }
}

/** In turns, so that a busy machine slows all of them alike. */
function measured(reviewers: readonly Reviewer[], input: Input): (Run | undefined)[] {
  const runs = reviewers.map((): (Run | undefined)[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    reviewers.forEach((reviewer, index) => runs[index]?.push(reviewer.review(input)));
  }
  return runs.map((each) => {
    const whole = each.filter((run) => run !== undefined);
    if (whole.length < each.length) return undefined;
    return {
      seconds: median(whole.map((run) => run.seconds)),
      cpuSeconds: Math.min(...whole.map((run) => run.cpuSeconds)),
      megabytes: median(whole.map((run) => run.megabytes)),
    };
  });
}

function describe(run: Run | undefined): string {
  return run === undefined
    ? "not read"
    : `${run.seconds.toFixed(2)} s ${run.cpuSeconds.toFixed(2)} CPU s ${run.megabytes.toFixed(0).padStart(4)} MB`;
}

function measureAll(reviewers: readonly Reviewer[], inputs: readonly Input[]): Map<Input, (Run | undefined)[]> {
  return new Map(
    inputs.map((input) => {
      const runs = measured(reviewers, input);
      console.log(`${input.label.padEnd(36)} ${runs.map(describe).join("   beside ")}`);
      return [input, runs];
    }),
  );
}

function besides(results: ReadonlyMap<Input, (Run | undefined)[]>): Verdict[] {
  return [...results].flatMap(([{ label }, [ours, theirs]]) =>
    ours === undefined || theirs === undefined
      ? []
      : [
          {
            what: `${label}: times the CPU of the other`,
            value: ours.cpuSeconds / theirs.cpuSeconds,
            limit: LIMITS.beside,
          },
        ],
  );
}

function verdicts(results: ReadonlyMap<Input, (Run | undefined)[]>): Verdict[] {
  const of = (label: string): Run => {
    const [, [run] = []] = [...results].find(([input]) => input.label === label) ?? [];
    if (run === undefined) throw new Error(`${label}: not read.`);
    return run;
  };
  const [few = 0, many = 1_000] = [COUNTS[0], 1_000];
  const modules = of(`${many} targets, modules in HCL`);
  const cost = modules.seconds / many / (of(`${few} targets, modules in HCL`).seconds / few);
  return [
    { what: "the article in HCL, seconds", value: of("the article in HCL").seconds, limit: LIMITS.articleSeconds },
    { what: `${many} targets in modules, seconds`, value: modules.seconds, limit: LIMITS.seconds },
    { what: `${many} targets in modules, MB`, value: modules.megabytes, limit: LIMITS.megabytes },
    { what: `times the time per target, ${many} against ${few}`, value: cost, limit: LIMITS.perTarget },
    ...besides(results),
  ];
}

const folder = mkdtempSync(join(tmpdir(), "bench-review-"));
try {
  const usage = join(folder, "usage.cjs");
  writeFileSync(usage, USAGE);
  const beside = process.argv.indexOf("--beside");
  const repositories = [join(__dirname, ".."), ...(beside < 0 ? [] : [resolve(process.argv[beside + 1] ?? ".")])];
  const inputs: Input[] = [
    { label: "the article in HCL", path: articleIn(folder), targets: 1 },
    ...COUNTS.flatMap((targets) => [
      { label: `${targets} targets, modules in HCL`, path: modulesIn(folder, targets), targets },
      { label: `${targets} targets, their plan`, path: planIn(folder, targets), targets },
      { label: `${targets} targets, stack in JSON`, path: stackIn(folder, targets), targets },
    ]),
  ];
  console.log(`Reviews, whole process, median of ${ROUNDS}`);
  const results = measureAll(
    repositories.map((repository) => new Reviewer(repository, usage)),
    inputs,
  );
  process.exitCode = report(verdicts(results)) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
