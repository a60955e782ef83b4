import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { lambdaHandler } from "../../../emulator";
import { ExecutionEnvironment } from "../../../emulator/cloud/lambda/execution-environment";
import { temporaryFolder } from "../../support/temporary-folder";

const SLOW_TO_START = `
const startedAt = Date.now();
while (Date.now() - startedAt < 1200);
exports.handler = async ({ seconds }) => new Promise((resolve) => setTimeout(resolve, seconds * 1000, "done"));
`;

let environment: ExecutionEnvironment;
beforeEach(async () => {
  const file = join(temporaryFolder(), "handler.js");
  await writeFile(file, SLOW_TO_START);
  const variables = (runtimeApi: string) => ({ AWS_LAMBDA_RUNTIME_API: runtimeApi });
  environment = await ExecutionEnvironment.start(lambdaHandler(file), variables, () => undefined);
});
afterEach(() => environment.stop());

const invoke = (event: object, timeout: number) =>
  environment.invoke(
    { requestId: "1", event: JSON.stringify(event), clientContext: "{}", functionArn: "arn" },
    timeout,
  );

test("counts a function's time from the moment that it takes the event", async () => {
  expect(await invoke({ seconds: 0 }, 1000)).toBe('"done"');
});

test("fails an event that a function works on for too long", async () => {
  await expect(invoke({ seconds: 60 }, 200)).rejects.toThrow("Sandbox.Timedout: Task timed out after 0.20 seconds");
  expect(environment.hasEnded).toBe(true);
});
