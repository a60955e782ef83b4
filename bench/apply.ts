/**
 * What the emulator costs `terraform apply`: the article's apply with the emulated account beside the same apply with
 * resources that are there at once, by the same programs, and how soon `serve` serves: `npm run bench:apply`. Needs
 * terraform, and hashicorp/aws 5.100.0 in the folder that TF_PROVIDER_MIRROR names. Exits with 1 when a target is missed.
 */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { installAwsSdk } from "../__tests__/support/aws-sdk";
import { agentCoreApart, type Division } from "../__tests__/support/terraform/divided-providers";
import { ProviderProcess } from "../__tests__/support/terraform/provider-process";
import { ServedAccount } from "./apply/account";
import { BenchedStack } from "./apply/stack";
import { median } from "./median";
import { report } from "./verdicts";

const ROUNDS = Number(process.env.ROUNDS ?? 5);
/** The account's apply in times of the other, and seconds until `serve` serves. */
const TARGETS = { atOnce: 1.5, serve: 0.7 };

/** Data sources stay where they are: the account's number is the account's to tell. */
const atOnce: Division = (keyword, type) =>
  keyword === "resource" && type.startsWith("aws_") ? "stand-in" : agentCoreApart(keyword, type);

async function main(): Promise<void> {
  const mirror = process.env["TF_PROVIDER_MIRROR"];
  const reason = mirror === undefined ? "TF_PROVIDER_MIRROR names no folder with hashicorp/aws" : installAwsSdk();
  if (reason !== undefined) throw new Error(`Nothing was measured: ${reason}.`);
  const folder = mkdtempSync(join(tmpdir(), "bench-apply-"));
  try {
    const configuration = join(folder, "terraformrc");
    writeFileSync(configuration, `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`);
    const ready = await readiness();
    const times = await applies(folder, { TF_CLI_CONFIG_FILE: configuration });
    process.exitCode = report([
      { what: "times the apply that is answered at once", value: times, limit: TARGETS.atOnce },
      { what: "seconds until serve serves", value: ready, limit: TARGETS.serve },
    ])
      ? 0
      : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function readiness(): Promise<number> {
  const seconds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const account = await ServedAccount.start();
    seconds.push(account.ready / 1000);
    await account.stop();
  }
  return median(seconds);
}

/** In turns, so that a busy machine slows both alike. @returns how much longer the account's apply takes */
async function applies(folder: string, environment: NodeJS.ProcessEnv): Promise<number> {
  const account = await ServedAccount.start();
  const providers = [
    await ProviderProcess.start("agentcore", folder, account.url),
    await ProviderProcess.start("stand-in", folder, account.url),
  ];
  try {
    const attached = { ...environment, ...ProviderProcess.attached(...providers) };
    const emulated = await BenchedStack.initialized(folder, account.url, agentCoreApart, attached);
    const answered = await BenchedStack.initialized(folder, account.url, atOnce, attached);
    const [ours, theirs]: [number[], number[]] = [[], []];
    for (let round = 0; round < ROUNDS; round++) {
      theirs.push(await answered.measureApply());
      ours.push(await emulated.measureApply());
    }
    console.log(`The article's apply, whole process, median of ${ROUNDS}`);
    console.log(`answered at once  ${describe(theirs)}`);
    console.log(`emulated account  ${describe(ours)}`);
    return median(ours) / median(theirs);
  } finally {
    for (const provider of providers) provider.stop();
    await account.stop();
  }
}

function describe(seconds: readonly number[]): string {
  return `${median(seconds).toFixed(2)} s (${Math.min(...seconds).toFixed(2)} to ${Math.max(...seconds).toFixed(2)})`;
}

void main();
