import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { AgentRuntimeArtifact, Runtime } from "../../../constructs";
import { createStack, errorOf, serverFixture, Synthesized } from "../support/synthesized";

const defineRuntime = (synthesis: Parameters<typeof Synthesized.from>[1]) =>
  Synthesized.from((stack) => {
    const agentRuntimeArtifact = AgentRuntimeArtifact.fromAsset({ directory: serverFixture });
    return new Runtime(stack, "tools", { runtimeName: "tools", agentRuntimeArtifact });
  }, synthesis);

interface LocalExec {
  readonly environment: Record<string, string>;
  readonly interpreter: string[];
}
const buildOf = (synthesized: Synthesized) => {
  const [provisioner] = synthesized.only("terraform_data").provisioner as { "local-exec": LocalExec }[];
  return provisioner?.["local-exec"].environment ?? {};
};

describe("an image from a directory", () => {
  test("is built from a copy of the context inside the stack's output", () => {
    const synthesized = defineRuntime(createStack());
    const { CONTEXT = "", DOCKERFILE = "" } = buildOf(synthesized);
    expect(CONTEXT).toMatch(/^assets\/tools_Image_[0-9A-F]{8}\/[0-9a-f]{32}$/);
    expect(DOCKERFILE).toBe(`${CONTEXT}/Dockerfile`);
    expect(readdirSync(join(synthesized.folder, CONTEXT), { recursive: true }).sort()).toEqual([
      "Dockerfile",
      "src",
      "src/server.js",
    ]);
    expect(existsSync(join(synthesized.folder, DOCKERFILE))).toBe(true);
  });

  test("is tagged with its content, built for arm64 once per content, and pulled by its digest", () => {
    const synthesized = defineRuntime(createStack());
    const { IMAGE_URI, CONTEXT = "", PLATFORM } = buildOf(synthesized);
    const hash = CONTEXT.split("/").at(-1);
    expect(IMAGE_URI).toMatch(new RegExp(`^\\$\\{aws_ecr_repository\\.\\w+\\.repository_url\\}:${hash}$`));
    expect(PLATFORM).toBe("linux/arm64");
    expect(synthesized.only("terraform_data").triggers_replace).toEqual({ image: IMAGE_URI });
    const [[name, pushed] = []] = Object.entries(synthesized.json.data.aws_ecr_image ?? {});
    expect(pushed).toEqual({
      repository_name: IMAGE_URI?.replace(".repository_url}", ".name}").split(":")[0],
      image_tag: hash,
      depends_on: [expect.stringMatching(/^terraform_data\./)],
    });
    const pulled = IMAGE_URI?.replace(/:[^:]*$/, `@\${data.aws_ecr_image.${name}.image_digest}`);
    expect(synthesized.only("aws_bedrockagentcore_agent_runtime").agent_runtime_artifact).toEqual([
      { container_configuration: [{ container_uri: pulled }] },
    ]);
  });

  test("synthesizes to the same bytes from another output folder, without a path of the machine", () => {
    const read = () => readFileSync(join(defineRuntime(createStack()).folder, "cdk.tf.json"), "utf8");
    const text = read();
    expect(read()).toBe(text);
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/"\/(tmp|home|root|Users)/);
  });

  test("holds no reference of the shell that Terraform would take for its own", () => {
    const text = readFileSync(join(defineRuntime(createStack()).folder, "cdk.tf.json"), "utf8");
    const references = text.match(/\$\{[^}]*\}/g) ?? [];
    expect(references.filter((reference) => !/^\$\{(aws_|data\.aws_|urlencode\(aws_)/.test(reference))).toEqual([]);
  });

  test("scans the images in its repository", () => {
    const synthesized = defineRuntime(createStack());
    expect(synthesized.only("aws_ecr_repository")).toEqual({
      name: "tools",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      force_delete: true,
    });
  });

  test.each(["../Dockerfile", "src"])("fails for %s, which is no file of the context", (dockerfile) => {
    const directory = join(serverFixture, dockerfile === "src" ? "." : "src");
    const agentRuntimeArtifact = AgentRuntimeArtifact.fromAsset({ directory, dockerfile });
    const error = errorOf(() => new Runtime(createStack(), "tools", { agentRuntimeArtifact }));
    expect(error).toMatchObject({ code: "BUILD_CONTEXT_INVALID" });
  });

  test("fails for a repository name that ECR refuses", () => {
    const agentRuntimeArtifact = AgentRuntimeArtifact.fromAsset({ directory: serverFixture, repositoryName: "Tools" });
    const error = errorOf(() => new Runtime(createStack(), "tools", { agentRuntimeArtifact }));
    expect(error).toMatchObject({ code: "NAME_INVALID", constructPath: "stack/tools/Image" });
  });

  test("fails with the name of a Dockerfile that is missing", () => {
    const agentRuntimeArtifact = AgentRuntimeArtifact.fromAsset({ directory: serverFixture, dockerfile: "Other" });
    const error = errorOf(() => new Runtime(createStack(), "tools", { agentRuntimeArtifact }));
    expect(error).toMatchObject({ message: expect.stringContaining('has no file "Other"') as string });
  });
});
