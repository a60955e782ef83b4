import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AgentRuntimeArtifact, type AssetImageOptions, Runtime } from "../../../constructs";
import { describeWithTerraform } from "../../support/skip";
import { Terraform } from "../../support/terraform/terraform";
import { removeOutput, serverFixture, Synthesized } from "../support/synthesized";

afterAll(removeOutput);

const imageOf = (options: Partial<AssetImageOptions> = {}) =>
  Synthesized.from((stack) => {
    const agentRuntimeArtifact = AgentRuntimeArtifact.fromAsset({ directory: serverFixture, ...options });
    new Runtime(stack, "tools", { agentRuntimeArtifact });
  });

/** The build's environment, as Terraform passes it on. */
function environmentOf(stack: Synthesized): Record<string, string> {
  const [{ "local-exec": local }] = stack.only("terraform_data").provisioner as [
    { "local-exec": { environment: Record<string, string> } },
  ];
  return local.environment;
}

describe("an image's repository", () => {
  it("has tags that never move, and keeps every image with one", () => {
    const stack = imageOf();
    expect(stack.only("aws_ecr_repository")).toMatchObject({ image_tag_mutability: "IMMUTABLE" });
    const { rules } = JSON.parse(String(stack.only("aws_ecr_lifecycle_policy").policy)) as { rules: unknown[] };
    expect(rules).toMatchObject([{ selection: { tagStatus: "untagged" } }]);
  });

  it("is encrypted and tidied as asked for", () => {
    const kmsKey = "arn:aws:kms:us-east-1:123456789012:key/11111111-1111-1111-1111-111111111111";
    const stack = imageOf({ repositoryKmsKeyArn: kmsKey, keepLastImages: 20 });
    expect(stack.only("aws_ecr_repository").encryption_configuration).toEqual([
      { encryption_type: "KMS", kms_key: kmsKey },
    ]);
    expect(stack.only("aws_ecr_lifecycle_policy").policy).toContain('"countNumber":20');
  });
});

describe("an image's build", () => {
  it("passes on target, secrets, ssh, contexts and caches", () => {
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

  it("has another tag with another target or context, and the same with other secrets and caches", () => {
    const tagOf = (options: Partial<AssetImageOptions>) => environmentOf(imageOf(options)).IMAGE_URI;
    const plain = tagOf({});
    expect(tagOf({ target: "prod" })).not.toBe(plain);
    expect(tagOf({ buildContexts: { base: "docker-image://node@sha256:0123" } })).not.toBe(plain);
    expect(tagOf({ buildSecrets: { npm: "env=NPM_TOKEN" }, cacheFrom: [{ type: "gha" }] })).toBe(plain);
  });

  it("says in the plan and at synthesis what the machine that applies needs", () => {
    expect(imageOf().only("terraform_data").input).toEqual({ needs: "Docker with buildx and the AWS CLI" });
  });

  it("is of a digest where a digest is given", () => {
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

describeWithTerraform("terraform with a provider of its own credentials", () => {
  it("builds the image with the provider's profile and assumed role", async () => {
    const terraform = await Terraform.start();
    const outdir = mkdtempSync(join(tmpdir(), "credentials-"));
    try {
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
    } finally {
      await terraform.stop();
      rmSync(outdir, { recursive: true });
    }
  });
});
