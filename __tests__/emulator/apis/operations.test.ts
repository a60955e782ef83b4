import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import { KINDS } from "../../../provider/agentcore/kinds";
import { emulate } from "../../support/article-stack";
import { boto3Session } from "../../support/aws-clients";
import { emptyStack } from "../../support/empty-stack";
import { missingBoto3, testUnless } from "../../support/skip";
import { CALLED_BY_TERRAFORM } from "./called-by-terraform";

const TESTS = resolve(__dirname, "../..");

/** The sessions of boto3 and the AWS SDK for JavaScript, and tests that call the AWS CLI. */
const clients = readdirSync(TESTS, { recursive: true, encoding: "utf8" })
  .filter((path) =>
    /\/sessions\/.*\.(py|mjs|cjs)$|\/support\/.*\.(py|mjs|cjs)$|\.test\.ts$|article-shell\.ts$/.test(path),
  )
  .map((path) => readFileSync(join(TESTS, path), "utf8"))
  .join("\n");

const agentCoreProvider = Object.values(KINDS).flatMap((kind) => [kind.create, kind.read, kind.update, kind.delete]);

/** How boto3, the SDK for JavaScript and the AWS CLI call an operation. */
function namesOf(operation: string): string[] {
  const words = operation.replace(/([a-z0-9])([A-Z])/g, "$1 $2").replace(/([A-Z]+)([A-Z][a-z])/g, "$1 $2");
  const lower = words.toLowerCase();
  const camel = operation.charAt(0).toLowerCase() + operation.slice(1);
  return [
    `.${lower.replaceAll(" ", "_")}(`,
    `"${lower.replaceAll(" ", "_")}"`,
    `.${camel}(`,
    `${lower.replaceAll(" ", "-")}`,
  ];
}

function isCalled(service: string, operation: string): boolean {
  const byTerraform = (CALLED_BY_TERRAFORM[service] ?? "").trim().split(/\s+/);
  const camel = operation.charAt(0).toLowerCase() + operation.slice(1);
  if (byTerraform.includes(operation) || agentCoreProvider.includes(camel)) return true;
  return namesOf(operation).some((name) => clients.includes(name));
}

const message = (text: string) => expect.stringContaining(text) as string;
const refused = (code: string) => ({ status: 400, code });

testUnless(missingBoto3())("boto3 makes the calls that neither Terraform nor a session makes", async () => {
  const emulator = await emulate(emptyStack());
  const shown = await boto3Session(emulator.url, join(__dirname, "sessions", "rarely_called.py"));
  expect(shown).toMatchObject({
    custom: ["custom:tenant"],
    identityProvider: ["Google", { username: "sub" }],
    identityProviders: ["Google"],
    providerTaken: refused("DuplicateProviderException"),
    noProvider: refused("ResourceNotFoundException"),
    pushed: true,
    pushedTwice: refused("ImageAlreadyExistsException"),
    immutable: { ...refused("ImageTagAlreadyExistsException"), message: message("because the tag is immutable") },
    noManifest: refused("InvalidParameterException"),
    listed: true,
    got: [1, 1],
    noImage: { ...refused("ImageNotFoundException"), message: message("{imageDigest:'null', imageTag:'2'}") },
    notEmpty: refused("RepositoryNotEmptyException"),
    removed: true,
    bounded: ["changed", true],
    roleTags: [{ Key: "b", Value: "2" }],
    policyTags: [],
    default: ["v2"],
    attachedTo: ["rare"],
    encrypted: [true, false, false],
    sources: ["rare"],
    destinations: ["rare"],
    undeliverable: refused("ValidationException"),
    deliveries: [["resource_arn"]],
    deleted: refused("InvalidRequestException"),
    restored: "2",
    secrets: ["rare"],
    versions: ["AWSCURRENT", "AWSPREVIOUS"],
    engines: ["rare"],
    engine: "changed",
    policies: ["everybody"],
    effect: "forbid",
    enginesLeft: [],
  });
});

test("every operation that the emulator offers is called by an unmodified client in some test", async () => {
  const emulator = await emulate(emptyStack());
  const offered = [...emulator.account.journal.offered()];
  expect(offered.map(([service]) => service).sort()).toEqual([
    "apigateway",
    "bedrock-agentcore",
    "cognito-idp",
    "ecr",
    "iam",
    "lambda",
    "logs",
    "s3",
    "secretsmanager",
    "sts",
  ]);
  const uncalled = offered.flatMap(([service, operations]) =>
    operations.filter((operation) => !isCalled(service, operation)).map((operation) => `${service} ${operation}`),
  );
  expect(uncalled).toEqual([]);
  const known = new Map(offered);
  const unknown = Object.entries(CALLED_BY_TERRAFORM).flatMap(([service, called]) =>
    called
      .trim()
      .split(/\s+/)
      .filter((operation) => !known.get(service)?.includes(operation)),
  );
  expect(unknown).toEqual([]);
});
