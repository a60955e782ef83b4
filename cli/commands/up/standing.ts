import { addressOf, type Emulator, type EmulatorOptions, type GatewayView } from "../../../emulator";
import { paint, wrap } from "../../terminal";
import type { Refused } from "./progress";

const LABEL_WIDTH = 10;

/** Where each hop of the system stands, caller first; and what is not there. */
export function printStanding(emulator: Emulator, options: NamedPrograms, missing: readonly Refused[]): void {
  const hops = [
    ...emulator.gateways().flatMap(describeGateway),
    ...describeWithoutCode(emulator),
    ...describeUnused(emulator, options),
    ...missing.map(describeMissing),
  ];
  const lines = hops.flatMap(({ title, facts }) => [`  ${title}`, ...facts.map(describeFact)]);
  const text = lines.length === 0 ? "" : `\n${lines.join("\n")}\n`;
  process.stdout.write(`\n${paint.bold("Running at")} ${paint.cyan(emulator.url)}\n${text}`);
}

type Fact = readonly [label: string, text: string];

interface HopFacts {
  readonly title: string;
  readonly facts: readonly Fact[];
}

function describeGateway({ name, url, inbound, targets }: GatewayView): HopFacts[] {
  return [
    {
      title: `gateway ${paint.bold(name)}`,
      facts: [
        ["url", url],
        ["lets in", inbound],
      ],
    },
    ...targets.flatMap(describeTarget),
  ];
}

function describeTarget(view: GatewayView["targets"][number]): HopFacts[] {
  const { name, endpoint, tools, outbound, runtime, leftOut, url } = view;
  if (leftOut !== undefined) return [{ title: `target ${paint.bold(name)}, left out`, facts: [["why", leftOut]] }];
  const kind = url === undefined ? `${tools} ${tools === 1 ? "tool" : "tools"}` : "called by HTTP";
  const target = { title: `target ${paint.bold(name)}, ${kind}` };
  const called: Fact[] = url === undefined ? [] : [["url", url]];
  if (!runtime) {
    return [
      {
        ...target,
        facts: [...called, ["calls", endpoint], ["sends", outbound]],
      },
    ];
  }
  return [
    { ...target, facts: [...called, ["sends", outbound]] },
    {
      title: `runtime ${paint.bold(runtime.name)}`,
      facts: [
        ["url", endpoint],
        ["lets in", runtime.inbound],
      ],
    },
  ];
}

/** The functions that gateways call, and whose code is not here. */
function describeWithoutCode({ account: { gateways, lambdaFunctions } }: Emulator): HopFacts[] {
  const called = gateways
    .all()
    .flatMap(({ declaration, targets }) => [
      ...targets.map((target) => addressOf(target.declaration) ?? ""),
      ...(declaration.interceptors ?? []).map(({ lambdaArn }) => lambdaArn),
    ]);
  const names = lambdaFunctions
    .withoutCode()
    // A version or an alias may follow.
    .filter(({ arn }) => called.some((called) => `${called}:`.startsWith(`${arn}:`)))
    .map(({ functionName }) => functionName);
  if (names.length === 0) return [];
  const advice = "their calls fail until --lambda NAME=FILE#EXPORT says for each what stands for its code";
  return [{ title: `${paint.red("without code:")} ${names.join(", ")}`, facts: [["why", advice]] }];
}

type NamedPrograms = Pick<EmulatorOptions, "lambdaHandlers" | "serverCommands">;

/** Names that are made at the apply are looked at only here: see `checkNames`. */
function describeUnused(
  { account }: Emulator,
  { lambdaHandlers = {}, serverCommands = {} }: NamedPrograms,
): HopFacts[] {
  const runtimes = account.runtimes.all().map(({ declaration }) => declaration.agentRuntimeName);
  const unused = [
    ...Object.keys(lambdaHandlers)
      .filter((name) => !account.lambdaFunctions.has(name))
      .map((name) => `--lambda ${name}`),
    ...Object.keys(serverCommands)
      .filter((name) => !runtimes.includes(name))
      .map((name) => `--runtime ${name}`),
  ];
  if (unused.length === 0) return [];
  return [
    { title: `${paint.red("without use:")} ${unused.join(", ")}`, facts: [["why", "the stack has none of this name"]] },
  ];
}

function describeMissing({ address, reason }: Refused): HopFacts {
  return { title: `${paint.red("not there:")} ${paint.bold(address)}`, facts: [["why", reason]] };
}

function describeFact([label, text]: Fact): string {
  return `    ${paint.dim(label.padEnd(LABEL_WIDTH))}${wrap(text, 4 + LABEL_WIDTH)}`;
}
