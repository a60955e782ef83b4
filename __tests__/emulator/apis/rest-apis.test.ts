import { join } from "node:path";

import { emulate } from "../../support/article-stack";
import { boto3Session } from "../../support/aws-clients";
import { emptyStack } from "../../support/empty-stack";
import { missingBoto3, testUnless } from "../../support/skip";

const refused = (status: number, code: string, message: string) => ({
  status,
  code,
  message: expect.stringContaining(message) as string,
});

testUnless(missingBoto3())("boto3 makes a REST API, deploys it, and removes all of it", async () => {
  const emulator = await emulate(emptyStack());
  const shown = await boto3Session(emulator.url, join(__dirname, "sessions", "rest_apis.py"));
  await emulator.stop();
  expect(shown).toMatchObject({
    made: ["first", ["REGIONAL"], "HEADER", true],
    empty: refused(400, "BadRequestException", "The REST API doesn't contain any methods"),
    merged: refused(400, "ValidationException", "'mode'"),
    noDocument: refused(400, "BadRequestException", "is no OpenAPI schema"),
    parameters: refused(400, "ValidationException", "basepath"),
    put: ["Pets", "All pets"],
    root: ["/", true],
    changed: ["pets", "The pets"],
    unknownPath: refused(400, "BadRequestException", "Invalid patch path  '/policy' specified for op 'replace'"),
    listed: ["pets"],
    got: true,
    described: "the first",
    twice: refused(409, "ConflictException", "Stage already exists"),
    noDeployment: refused(404, "NotFoundException", "Invalid deployment identifier specified"),
    inUse: refused(400, "BadRequestException", "Active stages pointing to this deployment"),
    moved: [true, { a: "1" }],
    kept: { team: "dogs" },
    gone: refused(404, "NotFoundException", "Invalid API identifier specified"),
    noTags: refused(404, "NotFoundException", "Invalid resource identifier specified"),
  });
});
