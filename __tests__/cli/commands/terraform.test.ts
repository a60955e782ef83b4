import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";

import { AwsClient } from "aws4fetch";

import { Command } from "../../support/command";
import { cdktfAgentcore, CommandHere } from "../../support/command-here";
import { temporaryFolder } from "../../support/temporary-folder";
import { serveLocally } from "../../support/local-server";

const home = temporaryFolder();
const PORT = "4797";

/** A program in the place of terraform: it does what the test asks for, in a shell. */
function program(script: string): NodeJS.ProcessEnv {
  const bin = mkdtempSync(join(home, "bin-"));
  for (const name of ["terraform", "tofu"]) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  return { PATH: [bin, process.env["PATH"]].join(delimiter) };
}

function stack(text: string, files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(home, "stack-"));
  writeFileSync(join(folder, "main.tf"), text);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

const PLAIN = 'provider "aws" { region = "us-east-1" }';
const run = (parameters: string[], environment: NodeJS.ProcessEnv) =>
  Command.ofCli(["terraform", ...parameters], environment);
const apply = (folder: string) => ["--port", PORT, `-chdir=${folder}`, "apply"];

test("terraform gets the emulated account, and nothing of the real one", async () => {
  const real = {
    AWS_ACCESS_KEY_ID: "AKIAREAL",
    AWS_PROFILE: "prod",
    AWS_SESSION_TOKEN: "real",
    AWS_ENDPOINT_URL_STS: "x",
  };
  const environment = { ...program('echo "$@"; env | grep ^AWS_ | sort; exit 7'), ...real, TF_VAR_own: "kept" };
  const folder = stack(PLAIN);
  const { status, stdout, stderr } = await run(apply(folder), environment).end();
  expect(status).toBe(7);
  expect(stdout.split("\n")).toEqual([
    `-chdir=${folder} apply`,
    "AWS_ACCESS_KEY_ID=test",
    "AWS_CONFIG_FILE=/dev/null",
    "AWS_DEFAULT_REGION=us-east-1",
    "AWS_EC2_METADATA_DISABLED=true",
    `AWS_ENDPOINT_URL=http://127.0.0.1:${PORT}`,
    "AWS_REGION=us-east-1",
    "AWS_SECRET_ACCESS_KEY=test",
    "AWS_SHARED_CREDENTIALS_FILE=/dev/null",
    "",
  ]);
  expect(stderr).toMatch(
    /the account is emulated at http:\S+ for this run and kept in \S+cdktf-agentcore\.json; .* neither built nor run\./,
  );
});

test("docker and a registry's password are stood in for: what is pushed is in the repository of the emulated account", async () => {
  const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tools:7";
  const script = `
    aws ecr get-login-password --region us-east-1 | docker login --username AWS --password-stdin 123456789012.dkr.ecr.us-east-1.amazonaws.com
    docker buildx build --platform linux/arm64 -t ${image} --push . || exit 9
    docker push ${image}`;
  const emulator = new CommandHere(["serve", "--port", "0"]);
  const [, url = "", port = ""] = await emulator.says(/AWS_ENDPOINT_URL=(http:\S+:(\d+))/);
  const ecr = async (operation: string, input: object): Promise<unknown> => {
    const signer = { accessKeyId: "test", secretAccessKey: "test", service: "ecr", region: "us-east-1", retries: 0 };
    const answer = await new AwsClient(signer).fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.1",
        "x-amz-target": `AmazonEC2ContainerRegistry_V20150921.${operation}`,
      },
      body: JSON.stringify(input),
    });
    return answer.json();
  };
  const parameters = ["--port", port, `-chdir=${stack(PLAIN)}`, "apply"];
  const without = await run(parameters, program(script)).end();
  expect([without.status, without.stderr]).toEqual([9, expect.stringContaining("does not exist in the registry")]);
  await ecr("CreateRepository", { repositoryName: "tools" });
  const pushed = await run(parameters, program(script)).end();
  expect([pushed.status, pushed.stderr]).toEqual([
    0,
    expect.stringMatching(/tools:7 is noted .*; it is neither built nor run/),
  ]);
  expect(await ecr("DescribeImages", { repositoryName: "tools", imageIds: [{ imageTag: "7" }] })).toMatchObject({
    imageDetails: [{ imageTags: ["7"], imageDigest: expect.stringMatching(/^sha256:/) as string }],
  });
  expect(await ecr("DeleteRepository", { repositoryName: "tools" })).toMatchObject({
    __type: "RepositoryNotEmptyException",
  });
  expect(
    await ecr("BatchDeleteImage", { repositoryName: "tools", imageIds: [{ imageTag: "7" }, { imageTag: "8" }] }),
  ).toMatchObject({
    imageIds: [{ imageTag: "7" }],
    failures: [{ failureCode: "ImageNotFound" }],
  });
  expect(await ecr("DeleteRepository", { repositoryName: "tools" })).toMatchObject({ repository: {} });
  emulator.interrupt();
  await emulator.end();
});

test.each<[string, string, string, Record<string, string>?]>([
  [
    "a profile",
    'provider "aws" {\n  profile = "prod"\n}',
    "provider.aws sets profile, which could reach a real account",
  ],
  ["keys", 'provider "aws" {\n  access_key = var.key\n}', "provider.aws sets access_key"],
  ["a role", 'provider "aws" {\n  assume_role {\n    role_arn = "x"\n  }\n}', "provider.aws sets assume_role"],
  ["endpoints", 'provider "aws" {\n  alias = "b"\n  endpoints { sts = "x" }\n}', "provider.aws.b sets endpoints"],
  [
    "a provider of a module",
    'module "m" { source = "./m" }',
    "module.m.provider.aws sets profile",
    { "m/main.tf": 'provider "aws" { profile = "prod" }' },
  ],
  ["a remote state", 'terraform {\n  backend "s3" {}\n}', "The state is kept by the backend s3"],
  ["HCP Terraform", "terraform {\n  cloud {}\n}", "The state is kept by the backend cloud"],
  [
    "a state of another account",
    PLAIN,
    "terraform.tfstate holds aws_iam_role.r of the account 999999999999, which may be real",
    {
      "terraform.tfstate":
        '{"resources":[{"mode":"managed","type":"aws_iam_role","name":"r","instances":[{"attributes":{"arn":"arn:aws:iam::999999999999:role/r"}}]}]}',
    },
  ],
])("refuses %s before terraform begins", async (...[, text, sentence, files]) => {
  const folder = stack(text, files);
  const begun = join(folder, "begun");
  const path = jest.replaceProperty(process.env, "PATH", program(`touch ${begun}`)["PATH"]);
  const { status, stdout, stderr } = await cdktfAgentcore("terraform", ...apply(folder));
  path.restore();
  expect([status, stdout, stderr]).toEqual([2, "", expect.stringContaining(sentence)]);
  expect(existsSync(begun)).toBe(false);
});

test.each([
  [[], "Say what terraform is to do"],
  [["--port", "0", "plan"], "--port names the emulator's port for every run"],
])("%j is refused in a sentence", async (parameters, sentence) => {
  const { status, stderr } = await cdktfAgentcore("terraform", ...parameters);
  expect([status, stderr]).toEqual([2, expect.stringContaining(sentence)]);
});

test("what listens on the port has to be an emulator, and in the stack's region", async () => {
  const { port } = new URL(await serveLocally((_, response) => response.writeHead(404).end()));
  const strange = await run(["--port", port, `-chdir=${stack(PLAIN)}`, "plan"], program("echo begun")).end();
  expect([strange.status, strange.stdout, strange.stderr]).toEqual([1, "", expect.stringContaining("is no emulator")]);
  const emulator = new CommandHere(["serve", "--port", "0", "--region", "eu-west-1"]);
  const [, there = ""] = await emulator.says(/AWS_ENDPOINT_URL=http:\S+:(\d+)/);
  const { status, stderr } = await run(
    ["--port", there, `-chdir=${stack(PLAIN)}`, "plan"],
    program("echo begun"),
  ).end();
  expect([status, stderr]).toEqual([2, expect.stringContaining("is in eu-west-1, this stack in us-east-1")]);
  emulator.interrupt();
  await emulator.end();
});

test("an end that is asked for is terraform's, and --help and version are terraform's own", async () => {
  const folder = stack(PLAIN);
  const stubborn = run(apply(folder), program("trap 'exit 5' TERM; echo up; while :; do sleep 0.05; done"));
  await stubborn.says(/up/);
  process.kill(stubborn.pid, "SIGTERM");
  expect(await stubborn.end()).toMatchObject({ status: 5 });
  const killed = run(apply(folder), program("echo up; kill -9 $$"));
  expect(await killed.end()).toMatchObject({ status: 137 });
  expect(await run(["--tofu", "version"], program('basename "$0"; env | grep -c ENDPOINT')).end()).toMatchObject({
    stdout: "tofu\n0\n",
  });
  expect(readFileSync(join(folder, ".terraform/cdktf-agentcore.json"), "utf8")).toContain('"calls": []');
});
