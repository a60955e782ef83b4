import { join } from "node:path";

import type { Emulator } from "../../../emulator";
import { emulate } from "../../support/article-stack";
import { boto3Session } from "../../support/aws-clients";
import { emptyStack } from "../../support/empty-stack";
import { missingBoto3, testUnless } from "../../support/skip";

const boto3Test = testUnless(missingBoto3());

let emulator: Emulator;

beforeAll(async () => {
  emulator = await emulate(emptyStack());
});
afterAll(() => emulator.stop());

boto3Test("boto3 alone makes the article's system, calls its tool and takes it down", async () => {
  const shown = await boto3Session(emulator.url, join(__dirname, "sessions", "article.py"));
  expect(shown).toMatchObject({
    denied: [expect.stringContaining("You are not authorized to perform: secretsmanager:GetSecretValue") as string],
    called: { content: [{ type: "text", text: "8" }], isError: false },
    notInvocable: { status: 400, message: "Gateway execution role lacks permission to invoke Lambda function" },
    function: true,
    invoked: expect.stringContaining('"text":"8"') as string,
    left: [],
  });
});
