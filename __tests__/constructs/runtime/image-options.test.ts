import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AgentRuntimeArtifact, type AssetImageOptions, Runtime } from "../../../constructs";
import { movingBaseImages } from "../../../constructs/runtime/artifact/base-images";
import { describeWithTerraform } from "../../support/skip";
import { Terraform } from "../../support/terraform/terraform";
import { createStack, errorOf, serverFixture, Synthesized } from "../support/synthesized";
import { temporaryFolder } from "../../support/temporary-folder";

const imageOf = (options: Partial<AssetImageOptions> = {}, inStack = createStack()) =>
  Synthesized.from((stack) => {
    const agentRuntimeArtifact = AgentRuntimeArtifact.fromAsset({ directory: serverFixture, ...options });
    new Runtime(stack, "tools", { agentRuntimeArtifact });
  }, inStack);

/** The build's environment, as Terraform passes it on. */
function environmentOf(stack: Synthesized): Record<string, string> {
  const [{ "local-exec": local }] = stack.only("terraform_data").provisioner as [
    { "local-exec": { environment: Record<string, string> } },
  ];
  return local.environment;
}

describe("an image's repository", () => {
  test("has tags that never move, and keeps every image with one", () => {
    const stack = imageOf();
    expect(stack.only("aws_ecr_repository")).toMatchObject({ image_tag_mutability: "IMMUTABLE" });
    const { rules } = JSON.parse(String(stack.only("aws_ecr_lifecycle_policy").policy)) as { rules: unknown[] };
    expect(rules).toMatchObject([{ selection: { tagStatus: "untagged" } }]);
  });

  test("is encrypted and tidied as asked for", () => {
    const kmsKey = "arn:aws:kms:us-east-1:123456789012:key/11111111-1111-1111-1111-111111111111";
    const stack = imageOf({ repositoryKmsKeyArn: kmsKey, keepLastImages: 20 });
    expect(stack.only("aws_ecr_repository").encryption_configuration).toEqual([
      { encryption_type: "KMS", kms_key: kmsKey },
    ]);
    expect(stack.only("aws_ecr_lifecycle_policy").policy).toContain('"countNumber":20');
  });
});

describe("an image's build", () => {
  test("passes on target, secrets, ssh, contexts and caches", () => {
    const cache = { type: "registry", params: { ref: "example.com/cache", mode: "max" } };
    const stack = imageOf({
      target: "prod",
      buildSecrets: { npm: "env=NPM_TOKEN" },
      buildSsh: "default",
      buildContexts: { base: "docker-image://node@sha256:0123" },
      cacheFrom: [cache],
      cacheTo: cache,
    });
    const ref = "type=registry,ref=example.com/cache,mode=max";
    expect(environmentOf(stack).BUILD_OPTIONS?.split("\n")).toEqual([
      ...["--target", "prod", "--secret", "id=npm,env=NPM_TOKEN", "--ssh", "default"],
      ...["--build-context", "base=docker-image://node@sha256:0123", "--cache-from", ref, "--cache-to", ref],
    ]);
  });

  test("has another tag with another target or context, and the same with other secrets and caches", () => {
    const tagOf = (options: Partial<AssetImageOptions>) => environmentOf(imageOf(options)).IMAGE_URI;
    const plain = tagOf({});
    expect(tagOf({ target: "prod" })).not.toBe(plain);
    expect(tagOf({ buildContexts: { base: "docker-image://node@sha256:0123" } })).not.toBe(plain);
    expect(tagOf({ buildSecrets: { npm: "env=NPM_TOKEN" }, cacheFrom: [{ type: "gha" }] })).toBe(plain);
  });

  test("says in the plan and at synthesis what the machine that applies needs, and what can change unseen", () => {
    const inputOf = (stack: Synthesized) => stack.only("terraform_data").input;
    const needs = "Docker with buildx and the AWS CLI";
    const image = "public.ecr.aws/docker/library/node:22-slim";
    expect(inputOf(imageOf())).toEqual({ needs, base_images_by_tag: image });
    const pinned = `docker-image://${image}@sha256:${"0".repeat(64)}`;
    expect(inputOf(imageOf({ buildContexts: { [image]: pinned } }))).toEqual({ needs });
  });

  test("is made anew with another extra hash", () => {
    const tags = ["one", "two", "one"].map((extraHash) => environmentOf(imageOf({ extraHash })).IMAGE_URI);
    expect(tags[0]).toBe(tags[2]);
    expect(tags[0]).not.toBe(tags[1]);
  });

  test("has further directories in the stack's output, and is made anew when one changes", () => {
    const library = temporaryFolder();
    const build = (text: string) => {
      writeFileSync(join(library, "lib.js"), text);
      const stack = imageOf({ buildContexts: { library } });
      const { IMAGE_URI, BUILD_OPTIONS } = environmentOf(stack);
      return {
        folder: stack.folder,
        IMAGE_URI,
        path: /^--build-context\nlibrary=(assets\/.*)$/.exec(BUILD_OPTIONS ?? "")?.[1],
      };
    };
    const [first, second] = [build("1"), build("2")];
    expect(readFileSync(join(first.folder, first.path ?? "", "lib.js"), "utf8")).toBe("1");
    expect(second.IMAGE_URI).not.toBe(first.IMAGE_URI);
  });

  test.each<[string, Partial<AssetImageOptions>, string]>([
    ["a further context that is not there", { buildContexts: { library: "no-such-folder" } }, "BUILD_CONTEXT_INVALID"],
    ["an option of two lines", { target: "prod\n--push" }, "NAME_INVALID"],
    ["a secret of two lines", { buildSecrets: { npm: "env=A\n--load" } }, "NAME_INVALID"],
    ["an empty target", { target: "" }, "NAME_INVALID"],
  ])("fails for %s", (_, options, code) => {
    expect(errorOf(() => imageOf(options))).toMatchObject({ code });
  });

  test("has the credentials that the provider gets for a token, and each setting of its roles", () => {
    const stack = createStack();
    const provider = stack.node.findChild("aws") as AwsProvider;
    const roleArn = "arn:aws:iam::123456789012:role/ci";
    provider.assumeRoleWithWebIdentity = [{ roleArn, webIdentityTokenFile: "/run/token", duration: "1h30m" }];
    const tags = { team: "a" };
    provider.assumeRole = [{ roleArn, sourceIdentity: "me", tags, transitiveTagKeys: ["team"], policyArns: ["arn:p"] }];
    const { PROVIDER_ROLES = "" } = environmentOf(imageOf({}, stack));
    expect(PROVIDER_ROLES.split("\n\n").map((role) => role.replaceAll("\n", " "))).toEqual([
      `assume-role-with-web-identity --role-arn ${roleArn} --role-session-name cdktf-agentcore ` +
        "--web-identity-token file:///run/token --duration-seconds 5400",
      `assume-role --role-arn ${roleArn} --role-session-name cdktf-agentcore --source-identity me ` +
        "--tags Key=team,Value=a --transitive-tag-keys team --policy-arns arn=arn:p",
    ]);
  });

  test("is of a digest where a digest is given", () => {
    const repositoryUrl = "123456789012.dkr.ecr.us-east-1.amazonaws.com/tools";
    const digest = `sha256:${"0".repeat(64)}`;
    const repository = { arn: "arn:aws:ecr:us-east-1:123456789012:repository/tools", repositoryUrl };
    const stack = Synthesized.from((scope) => {
      const agentRuntimeArtifact = AgentRuntimeArtifact.fromEcrRepository({ repository, digest });
      new Runtime(scope, "tools", { agentRuntimeArtifact });
    });
    expect(JSON.stringify(stack.only("aws_bedrockagentcore_agent_runtime"))).toContain(`${repositoryUrl}@${digest}`);
  });
});

test("another digest of a base image reaches the runtime: in the Dockerfile, and in a build argument", () => {
  const directory = temporaryFolder();
  const based = (digit: string) => `node:24@sha256:${digit.repeat(64)}`;
  const tagOf = (dockerfile: string, buildArgs?: Record<string, string>) => {
    writeFileSync(join(directory, "Dockerfile"), dockerfile);
    return environmentOf(imageOf({ directory, buildArgs })).IMAGE_URI;
  };
  expect(tagOf(`FROM ${based("1")}`)).not.toBe(tagOf(`FROM ${based("2")}`));
  const open = "ARG BASE\nFROM ${BASE}";
  expect(tagOf(open, { BASE: based("1") })).not.toBe(tagOf(open, { BASE: based("2") }));
  expect(tagOf(open, { BASE: based("1") })).toBe(tagOf(open, { BASE: based("1") }));
});

describe("base images that can change under their tag", () => {
  test.each<[string, string, string[]]>([
    ["a tag", "FROM node:24", ["node:24"]],
    ["none", "FROM node", ["node"]],
    ["a digest", "FROM node:24@sha256:0123", []],
    [
      "an earlier stage",
      "FROM node@sha256:0123 AS build\nFROM build\nCOPY --from=build /a /a\nCOPY --from=0 /b /b",
      [],
    ],
    ["nothing", "FROM scratch", []],
    ["an argument's value", "ARG BASE=node:24\nFROM --platform=$BUILDPLATFORM ${BASE}", ["node:24"]],
    ["an argument that the build gives", "ARG GIVEN=node:24\nFROM $GIVEN", ["other:1"]],
    ["an argument that is none", "FROM ${constructor:-node:24}", ["node:24"]],
    ["an argument of another", 'ARG TAG="24"\nARG BASE=node:$TAG\nFROM ${BASE:-x}', ["node:24"]],
    [
      "what is copied from",
      "FROM scratch\nCOPY --chown=1 --from=ghcr.io/astral-sh/uv:latest /uv /uv",
      ["ghcr.io/astral-sh/uv:latest"],
    ],
    ["a further context", "FROM replaced", []],
    [
      "what is mounted",
      "FROM scratch AS a\nRUN --mount=type=bind,from=tools:2,target=/t --mount=from=a,target=/a x",
      ["tools:2"],
    ],
    ["lines that go on, and comments", "# FROM a:1\nFROM \\\n  b:2", ["b:2"]],
  ])("are told of a Dockerfile with %s", (_, dockerfile, images) => {
    const contexts = { replaced: "docker-image://node@sha256:0123", library: "../library" };
    expect(movingBaseImages(dockerfile, { GIVEN: "other:1" }, contexts)).toEqual(images);
  });

  test("are told of a further context that is an image by its tag", () => {
    expect(movingBaseImages("FROM node:24", {}, { "node:24": "docker-image://node:24" })).toEqual(["node:24"]);
  });
});

describeWithTerraform("terraform with a provider of its own credentials", () => {
  test("builds the image with the provider's profile and assumed role", async () => {
    const terraform = await Terraform.start();
    const outdir = temporaryFolder();
    const app = new App({ outdir });
    const stack = new TerraformStack(app, "stack");
    new LocalBackend(stack, { path: "terraform.tfstate" });
    new AwsProvider(stack, "aws", {
      region: "eu-west-1",
      profile: "deploy",
      assumeRole: [{ roleArn: "arn:aws:iam::123456789012:role/deploy", externalId: "ours", sessionName: "apply" }],
    });
    const agentRuntimeArtifact = AgentRuntimeArtifact.fromAsset({ directory: serverFixture });
    new Runtime(stack, "tools", { agentRuntimeArtifact });
    app.synth();
    const folder = join(outdir, "stacks/stack");
    await terraform.init(folder);
    await terraform.apply(folder);
    const calls = (await terraform.commands.calls()).map(({ command, arguments: args }) =>
      [command, ...args].join(" "),
    );
    expect(calls.filter((call) => call.startsWith("aws "))).toEqual([
      expect.stringMatching(
        /^aws sts assume-role --role-arn arn:aws:iam::123456789012:role\/deploy --role-session-name apply --external-id ours /,
      ),
      expect.stringMatching(/^aws ecr describe-images --region eu-west-1 /),
      "aws ecr get-login-password --region eu-west-1",
    ]);
  });
});
