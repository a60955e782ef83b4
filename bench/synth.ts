/**
 * Synthesizes the article's stack with these constructs, with the provider's raw bindings and with AWS CDK's L2, side
 * by side, on CDKTF and on CDK Terrain: `npm run bench:synth`. Exits with 1 when a target is missed.
 */
import { median } from "./median";
import { measure, type Run } from "./synth/measure";
import { type Verdict, report } from "./verdicts";
import { prepareCdkTerrain, preparePrograms, type Program, type Programs } from "./synth/programs";

const ROUNDS = Number(process.env.ROUNDS ?? 9);

/** Time and memory against the raw bindings, time against AWS CDK, time per target against ten targets. */
const TARGETS = { raw: 1.3, rawMemory: 1.3, awsCdk: 1 / 6, perTarget: 1.5 };

interface Result {
  readonly program: Program;
  readonly milliseconds: number;
  readonly megabytes: number;
}

async function main(): Promise<void> {
  console.log("CDK for Terraform");
  const verdicts = await verdictsOf(preparePrograms());
  const onCdkTerrain = prepareCdkTerrain();
  if (onCdkTerrain) {
    console.log("\nCDK Terrain");
    verdicts.push(
      ...(await verdictsOf(onCdkTerrain)).map((verdict) => ({ ...verdict, what: `${verdict.what}, on CDK Terrain` })),
    );
  }
  process.exitCode = report(verdicts) ? 0 : 1;
}

async function verdictsOf(programs: Programs): Promise<Verdict[]> {
  const [ours, raw, awsCdk] = await compare(programs);
  const perTarget = await targetCosts(programs);
  return [
    ...(ours && raw
      ? [
          {
            what: "times the time of the raw bindings",
            value: ours.milliseconds / raw.milliseconds,
            limit: TARGETS.raw,
          },
          {
            what: "times the memory of the raw bindings",
            value: ours.megabytes / raw.megabytes,
            limit: TARGETS.rawMemory,
          },
        ]
      : []),
    ...(ours && awsCdk
      ? [{ what: "times the time of AWS CDK", value: ours.milliseconds / awsCdk.milliseconds, limit: TARGETS.awsCdk }]
      : []),
    { what: "times the time per target, 1,000 against 10", value: perTarget, limit: TARGETS.perTarget },
  ];
}

/** Whole processes, in turns, so that a busy machine slows all of them alike. */
async function compare({ constructs, rawBindings, awsCdk }: Programs): Promise<Result[]> {
  const compared = [constructs, rawBindings, ...(awsCdk ? [awsCdk] : [])];
  const runs = new Map<Program, Run[]>(compared.map((program) => [program, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [program, measured] of runs) measured.push(await measure(program.path));
  }
  console.log(`Synthesis of the article's stack, whole process, compiled JavaScript, median of ${ROUNDS}`);
  return [...runs].map(([program, measured]) => {
    const milliseconds = median(measured.map((run) => run.milliseconds));
    const megabytes = median(measured.map((run) => run.megabytes));
    const fastest = Math.min(...measured.map((run) => run.milliseconds));
    console.log(
      `${program.label.padEnd(18)} ${milliseconds.toFixed(0).padStart(5)} ms (best ${fastest.toFixed(0)})   ` +
        `${megabytes.toFixed(0).padStart(4)} MB peak`,
    );
    return { program, milliseconds, megabytes };
  });
}

/** How much more a target costs among 1,000 over 10 gateways than among 10 over one, without loading the modules. */
async function targetCosts({ manyTargets }: Programs): Promise<number> {
  console.log(`\nDefining and synthesizing targets, modules loaded, median of ${ROUNDS}`);
  const costs: number[] = [];
  for (const [targets, gateways] of [
    [10, 1],
    [100, 1],
    [1000, 10],
  ] as const) {
    const runs: Run[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      runs.push(await measure(manyTargets.path, [String(targets), String(gateways)]));
    }
    const cost = median(runs.map(({ reported }) => reported ?? NaN)) / targets;
    const megabytes = median(runs.map((run) => run.megabytes));
    costs.push(cost);
    console.log(
      `${String(targets).padStart(5)} targets over ${String(gateways).padStart(2)} gateways   ` +
        `${cost.toFixed(2)} ms each   ${megabytes.toFixed(0)} MB peak`,
    );
  }
  return (costs[2] ?? NaN) / (costs[0] ?? NaN);
}

void main();
