import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { lambdaHandler } from "../../../emulator";
import { LambdaFunctions } from "../../../emulator/cloud/lambda/lambda-functions";
import { Random } from "../../../emulator/cloud/random";

const HANDLER = `
exports.handler = async ({ variable, bytes, hangs }, { clientContext }) => {
  if (hangs) await new Promise(() => setInterval(() => undefined, 1_000));
  if (variable) return process.env[variable] ?? "not set";
  return bytes ? "x".repeat(bytes) : clientContext;
};
`;
const ACCOUNT = { region: "us-east-1", accountId: "123456789012", partition: "aws", random: new Random() };
const ARN = "arn:aws:lambda:us-east-1:123456789012:function:orders";

let starts: number;
let functions: LambdaFunctions;
beforeEach(async () => {
  const file = join(await mkdtemp(join(tmpdir(), "lambda-")), "handler.js");
  await writeFile(file, `console.log("started");${HANDLER}`);
  starts = 0;
  const log = (line: string) => (starts += Number(line === "started"));
  functions = new LambdaFunctions(ACCOUNT, { lambdaHandlers: { orders: lambdaHandler(file) }, log });
  functions.create({ functionName: "orders", environmentVariables: { TABLE: "orders-table" }, timeout: 30 });
});
afterEach(() => functions.stop());

it("tells a function the names of tools in any script", async () => {
  const context = { custom: { bedrockAgentCoreToolName: "orders___注文検索\u007f" } };
  expect(JSON.parse(await functions.invoke(ARN, {}, context))).toEqual(context);
});

it("shows a function its own variables and none of the machine's", async () => {
  process.env["ONLY_IN_THE_SHELL"] = "seen";
  try {
    expect(await functions.invoke(ARN, { variable: "TABLE" }, {})).toBe('"orders-table"');
    expect(await functions.invoke(ARN, { variable: "ONLY_IN_THE_SHELL" }, {})).toBe('"not set"');
  } finally {
    delete process.env["ONLY_IN_THE_SHELL"];
  }
});

it("fails an answer that is longer than Lambda takes, and goes on", async () => {
  const answer = functions.invoke(ARN, { bytes: 6_291_556 }, {});
  await expect(answer).rejects.toThrow(
    "Function.ResponseSizeTooLarge: Response payload size (6291558 bytes) exceeded maximum allowed payload size (6291556 bytes).",
  );
  expect(await functions.invoke(ARN, { bytes: 1 }, {})).toBe('"x"');
});

it("fails events that wait for their turn when it is stopped, and starts no process for them", async () => {
  await functions.invoke(ARN, {}, {});
  const outcomes = Promise.allSettled([
    functions.invoke(ARN, { hangs: true }, {}),
    functions.invoke(ARN, { hangs: true }, {}),
  ]);
  await functions.stop();
  expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(starts).toBe(1);
});

it("leaves no process behind when it is stopped while one begins", async () => {
  const outcome = expect(functions.invoke(ARN, { hangs: true }, {})).rejects.toThrow("Runtime was stopped");
  await functions.stop();
  await outcome;
});
