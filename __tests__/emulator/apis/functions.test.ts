import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { emulate } from "../../support/article-stack";
import { aws, boto3Session } from "../../support/aws-clients";
import { emptyStack } from "../../support/empty-stack";
import { eventually } from "../../support/eventually";
import { missingAwsCli, missingBoto3, testUnless } from "../../support/skip";
import { temporaryFolder } from "../../support/temporary-folder";

const message = (text: string) => expect.stringContaining(text) as string;
const refused = (text: string, status = 400, code = "InvalidParameterValueException") => ({
  status,
  code,
  message: message(text),
});

/** Where packages are unpacked, which no other test looks at. */
const folder = temporaryFolder();
beforeAll(() => (process.env["TMPDIR"] = folder));
const unpacked = () => readdirSync(folder).filter((name) => name.startsWith("lambda-package-"));

testUnless(missingBoto3())(
  "boto3 walks functions through their lives, and a gateway calls one",
  async () => {
    const emulator = await emulate(emptyStack(), { runLambdaPackages: true });
    const shown = await boto3Session(emulator.url, join(__dirname, "sessions", "functions.py"));
    const arn = "arn:aws:lambda:us-east-1:123456789012:function:orders";
    expect(shown).toMatchObject({
      created: ["Pending", arn, "$LATEST", true],
      got: ["Active", 128, { team: "shop" }, { RepositoryType: "S3" }],
      taken: refused("Function already exist: orders", 409, "ResourceConflictException"),
      untrusted: refused("The role defined for the function cannot be assumed by Lambda."),
      unknownRuntime: refused("Value 'cobol85' at 'runtime' failed to satisfy", 400, "ValidationException"),
      noZip: refused("Could not unzip uploaded file."),
      emptyZip: refused("Uploaded file must be a non-empty zip"),
      stray: refused("invalid relative path: ../x"),
      bomb: refused("Unzipped size must be smaller than 262144000 bytes"),
      noSource: refused("Please provide a source for function code."),
      reserved: refused("Reserved keys used in this request: AWS_REGION"),
      missing: refused(`Function not found: ${arn.replace("orders", "nothing")}`, 404, "ResourceNotFoundException"),
      listed: ["orders"],
      invoked: [200, null, '{"order":"A-1","table":"orders-table"}'],
      failed: [200, "Unhandled", '{"errorType":"TypeError","errorMessage":"no such order"}'],
      dryRun: [204, null, ""],
      event: [202, null, ""],
      noJson: refused("Could not parse request body into json", 400, "InvalidRequestContentException"),
      updating: "InProgress",
      stale: refused("The Revision Id provided does not match", 412, "PreconditionFailedException"),
      configured: "of the shop",
      reconfigured: [200, null, '{"order":"A-1","table":"other-table"}'],
      versions: ["1", "1", ["$LATEST", "1", "2"]],
      latest: [200, null, '"$LATEST"'],
      first: [200, null, '{"order":"A-1","table":"other-table"}'],
      alias: [`${arn}:live`, '{"order":"A-1","table":"other-table"}'],
      routed: { AdditionalVersionWeights: { 1: 0 } },
      moved: '"2"',
      aliases: ["live"],
      gotAlias: "2",
      named: refused("Version 2 is referenced by the aliases live", 409, "ResourceConflictException"),
      noVersion: refused(`Function not found: ${arn}:9`, 404, "ResourceNotFoundException"),
      statement: {
        Sid: "gateway",
        Effect: "Allow",
        Principal: { Service: "bedrock-agentcore.amazonaws.com" },
        Action: "lambda:InvokeFunction",
        Resource: arn,
        Condition: { StringEquals: { "AWS:SourceAccount": "123456789012" } },
      },
      policy: true,
      statementTaken: refused("The statement id (gateway) provided already exists.", 409, "ResourceConflictException"),
      noPolicy: refused("The resource you requested does not exist.", 404, "ResourceNotFoundException"),
      concurrency: [5, null],
      tags: { stage: "test" },
      signing: "orders",
      java: message("The emulator has no runtime java21 for the function java"),
      elsewhere: message("No local handler stands for the function elsewhere"),
      link: refused('The emulator unpacks no symbolic link: "link".'),
      called: '{"order":"A-2","tool":"orders___get_order","table":"other-table"}',
      left: [],
    });
    await eventually(async () => unpacked().length === 0);
  },
  60_000,
);

testUnless(missingAwsCli())(
  "code of a deployment package is run where the user says so alone",
  async () => {
    const emulator = await emulate(emptyStack());
    const trust = `{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": "lambda.amazonaws.com"}}]}`;
    const role = ["--role-name", "functions", "--assume-role-policy-document", trust];
    await aws(emulator.url, "iam", "create-role", ...role);
    writeFileSync(join(folder, "index.js"), "exports.handler = async () => 1;");
    execFileSync("python3", ["-m", "zipfile", "-c", "f.zip", "index.js"], { cwd: folder });
    const code = [
      "--zip-file",
      `fileb://${join(folder, "f.zip")}`,
      "--runtime",
      "nodejs22.x",
      "--handler",
      "index.handler",
    ];
    const created = ["--function-name", "f", "--role", "arn:aws:iam::123456789012:role/functions", ...code];
    await aws(emulator.url, "lambda", "create-function", ...created);
    const answer = join(folder, "answer.json");
    await aws(emulator.url, "lambda", "invoke", "--function-name", "f", answer);
    expect(readFileSync(answer, "utf8")).toContain(
      "code of deployment packages is run with --run-lambda-packages alone",
    );
    expect(unpacked()).toEqual([]);
  },
  60_000,
);
