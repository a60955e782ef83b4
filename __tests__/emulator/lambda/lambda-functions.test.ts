import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { lambdaHandler } from "../../../emulator";
import { LambdaFunctions } from "../../../emulator/cloud/lambda/lambda-functions";
import { Random } from "../../../emulator/cloud/random";
import { describeWhen, missing } from "../../support/skip";
import { temporaryFolder } from "../../support/temporary-folder";

const HANDLER = `console.log("started");
exports.handler = async ({ variable, bytes, hangs }, { clientContext }) => {
  if (hangs) await new Promise(() => setInterval(() => undefined, 1_000));
  if (variable) return process.env[variable] ?? "not set";
  return bytes ? "x".repeat(bytes) : clientContext;
};
`;
const PYTHON_HANDLER = `import os, time
print("started")
def lambda_handler(event, context):
    if event.get("hangs"): time.sleep(3600)
    if event.get("variable"): return os.environ.get(event["variable"], "not set")
    return "x" * event["bytes"] if event.get("bytes") else {"custom": context.client_context.custom}
`;
const PYTHON = missing("python3") === undefined;
const ACCOUNT = {
  region: "us-east-1",
  accountId: "123456789012",
  partition: "aws",
  random: new Random(),
  clock: { now: Date.now },
};
const ARN = "arn:aws:lambda:us-east-1:123456789012:function:orders";

async function fileWith(name: string, text: string): Promise<string> {
  const file = join(temporaryFolder(), name);
  await writeFile(file, text);
  return file;
}

async function functionsOf(name: string, text: string, log: (line: string) => void = () => undefined) {
  const functions = new LambdaFunctions(ACCOUNT, {
    lambdaHandlers: { orders: lambdaHandler(await fileWith(name, text)) },
    log,
  });
  functions.create({ functionName: "orders", environmentVariables: { TABLE: "orders-table" }, timeout: 30 });
  return functions;
}

describeWhen(true, "", "a handler in JavaScript", () => testsOf("handler.js", HANDLER));
describeWhen(PYTHON, "python3 on the PATH", "a handler in Python", () => testsOf("tools.py", PYTHON_HANDLER));

function testsOf(name: string, text: string): void {
  let starts: number;
  let functions: LambdaFunctions;
  beforeEach(async () => {
    starts = 0;
    functions = await functionsOf(name, text, (line) => (starts += Number(line === "started")));
  });
  afterEach(() => functions.stop());

  test("tells a function the names of tools in any script", async () => {
    const context = { custom: { bedrockAgentCoreToolName: "orders___注文検索\u007f" } };
    expect(JSON.parse(await functions.invoke(ARN, {}, context))).toEqual(context);
  });

  test("shows a function its own variables and none of the machine's", async () => {
    process.env["ONLY_IN_THE_SHELL"] = "seen";
    try {
      expect(await functions.invoke(ARN, { variable: "TABLE" }, {})).toBe('"orders-table"');
      expect(await functions.invoke(ARN, { variable: "ONLY_IN_THE_SHELL" }, {})).toBe('"not set"');
    } finally {
      delete process.env["ONLY_IN_THE_SHELL"];
    }
  });

  test("fails an answer that is longer than Lambda takes, and goes on", async () => {
    const answer = functions.invoke(ARN, { bytes: 6_291_556 }, {});
    await expect(answer).rejects.toThrow(
      "Function.ResponseSizeTooLarge: Response payload size (6291558 bytes) exceeded maximum allowed payload size (6291556 bytes).",
    );
    expect(await functions.invoke(ARN, { bytes: 1 }, {})).toBe('"x"');
  });

  test("fails events that wait for their turn when it is stopped, and starts no process for them", async () => {
    await functions.invoke(ARN, {}, {});
    const outcomes = Promise.allSettled([
      functions.invoke(ARN, { hangs: true }, {}),
      functions.invoke(ARN, { hangs: true }, {}),
    ]);
    await functions.stop();
    expect((await outcomes).map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(starts).toBe(1);
  });

  test("leaves no process behind when it is stopped while one begins", async () => {
    const outcome = expect(functions.invoke(ARN, { hangs: true }, {})).rejects.toThrow("Runtime was stopped");
    await functions.stop();
    await outcome;
  });
}

test("has ended the process of a function that was deleted, once it is stopped", async () => {
  const functions = await functionsOf("pid.js", "exports.handler = async () => process.pid;");
  const pid = Number(await functions.invoke(ARN, {}, {}));
  functions.delete("orders");
  await new Promise(setImmediate);
  await functions.stop();
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});

/** The reason with which a handler does not begin. */
async function failureOf(name: string, text: string): Promise<string | undefined> {
  const functions = await functionsOf(name, text);
  try {
    return (await functions.firstFailure())?.reason;
  } finally {
    await functions.stop();
  }
}

test("tells at once why a handler cannot work, and nothing of one that can", async () => {
  expect(await failureOf("good.js", HANDLER)).toBeUndefined();
  expect(await failureOf("other.js", "exports.other = 1;")).toMatch(
    /^Error: .*other\.js exports no function 'handler'$/,
  );
  expect(await failureOf("broken.js", "exports.handler = (")).toMatch(/^\w*Error: /);
  expect(await failureOf("ends.js", "process.exit(7)")).toBe("Runtime exited with exit status 7");
});

describeWhen(PYTHON, "python3 on the PATH", "in Python", () => {
  test.each([
    ["one without the function", "other = 1", /^AttributeError: .*tools\.py has no function 'lambda_handler'$/],
    ["one that cannot be read", "def lambda_handler(", /^SyntaxError: /],
    ["one that lacks a module", "import no_such_module", /^ModuleNotFoundError: No module named 'no_such_module'$/],
  ])("tells at once why %s cannot work", async (_, text, reason) => {
    expect(await failureOf("tools.py", text)).toMatch(reason);
  });

  test("tells what a handler raises, and which answers are no JSON", async () => {
    const functions = await functionsOf(
      "tools.py",
      "def lambda_handler(event, context):\n    if event: raise KeyError(event['key'])\n    return {1, 2}",
    );
    await expect(functions.invoke(ARN, { key: "order" }, {})).rejects.toThrow("KeyError: 'order'");
    await expect(functions.invoke(ARN, {}, {})).rejects.toThrow(
      "TypeError: Object of type set is not JSON serializable",
    );
    await functions.stop();
  });
});

test.each([
  ["a file that is not there", "missing.js#handler", "missing.js is no file: name the module and its handler"],
  ["a folder", __dirname, "is no file"],
  ["another language", __filename.replace(/lambda-functions.*/, "../../../README.md"), "is neither JavaScript"],
])("refuses %s as a handler", (_, reference, message) => {
  expect(() => lambdaHandler(reference)).toThrow(message);
});

test("refuses a handler in Python where there is no Python", async () => {
  const file = await fileWith("tools.py", PYTHON_HANDLER);
  const path = process.env["PATH"];
  process.env["PATH"] = "/nonexistent";
  try {
    expect(() => lambdaHandler(file)).toThrow(/tools\.py needs Python 3, and the PATH has no python3\.$/);
  } finally {
    process.env["PATH"] = path;
  }
});
