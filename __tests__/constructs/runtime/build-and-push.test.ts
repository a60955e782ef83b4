import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { BUILD_AND_PUSH } from "../../../constructs/runtime/artifact/build-and-push";
import { temporaryFolder } from "../../support/temporary-folder";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  for (const command of ["sh", "cut", "mktemp", "rm", "cp", "ln"]) {
    const file = ["/bin", "/usr/bin"].map((path) => join(path, command)).find((path) => existsSync(path));
    symlinkSync(file ?? command, join(folder, command));
  }
});

/** A command that writes down its arguments, and what it reads when it logs in. */
function command(name: string, body = ""): void {
  const file = join(folder, name);
  const record = `printf '%s\\n' "${name} $*" >> "${folder}/calls"`;
  writeFileSync(file, `#!/bin/sh\n${record}\n${body}\n`);
  chmodSync(file, 0o755);
}

function run(provider: Record<string, string> = {}): { status: number | null; stderr: string; calls: string[] } {
  const { status, stderr } = spawnSync(join(folder, "sh"), ["-c", BUILD_AND_PUSH], {
    encoding: "utf8",
    env: {
      PATH: folder,
      CONTEXT: "assets/image/abc",
      DOCKERFILE: "assets/image/abc/Dockerfile",
      IMAGE_URI: "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/tools:abc",
      PLATFORM: "linux/arm64",
      REGION: "us-east-1",
      HOME: folder,
      ...provider,
    },
  });
  const calls = join(folder, "calls");
  const lines = existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [];
  return { status, stderr, calls: lines.map((line) => line.replace(/--config \S+/, "--config <own>")) };
}

/** Like `docker login --password-stdin`, keeps what comes through the pipe. */
const logIn =
  'if [ "$3" = login ]; then read -r password || true; printf %s "$password" > "$0.password"; echo token > "$2/token"; fi';

describe("building and pushing an image", () => {
  test("logs in to the registry through a pipe, then builds for arm64 and pushes", () => {
    command("aws", "echo registry-password");
    command("docker", logIn);
    expect(run()).toEqual({
      status: 0,
      stderr: "",
      calls: [
        "docker buildx version",
        "aws ecr describe-images --region us-east-1 --repository-name team/tools --image-ids imageTag=abc " +
          "--query imageDetails[0].imageDigest --output text",
        "aws ecr get-login-password --region us-east-1",
        "docker --config <own> login --username AWS --password-stdin 123456789012.dkr.ecr.us-east-1.amazonaws.com",
        "docker --config <own> buildx build --platform linux/arm64 --provenance=false --push " +
          "-t 123456789012.dkr.ecr.us-east-1.amazonaws.com/team/tools:abc -f assets/image/abc/Dockerfile assets/image/abc",
        "docker --config <own> logout 123456789012.dkr.ecr.us-east-1.amazonaws.com",
      ],
    });
    expect(readFileSync(join(folder, "docker.password"), "utf8")).toBe("registry-password");
  });

  test("leaves no token behind, and keeps the registries, builders and plugins that Docker has", () => {
    command("aws", "echo registry-password");
    command(
      "docker",
      `${logIn}; if [ "$4" = build ]; then cp "$2/config.json" "$0.seen"; printf %s "$2" > "$0.config"; fi`,
    );
    mkdirSync(join(folder, ".docker"));
    writeFileSync(join(folder, ".docker/config.json"), '{"auths":{"other":{}}}');
    expect(run().status).toBe(0);
    expect(readFileSync(join(folder, "docker.seen"), "utf8")).toBe('{"auths":{"other":{}}}');
    expect(readFileSync(join(folder, ".docker/config.json"), "utf8")).toBe('{"auths":{"other":{}}}');
    expect(existsSync(readFileSync(join(folder, "docker.config"), "utf8"))).toBe(false);
  });

  test("builds nothing whose tag is in the repository, which takes none twice", () => {
    command("aws", "echo sha256:0123");
    command("docker", logIn);
    const { status, calls } = run();
    expect(status).toBe(0);
    expect(calls).toHaveLength(2);
  });

  test("uses the profile of the AWS provider, whatever keys the shell has", () => {
    command("aws", `echo "$AWS_PROFILE,$AWS_ACCESS_KEY_ID" >> "${folder}/credentials"; echo x`);
    command("docker", logIn);
    expect(run({ PROVIDER_PROFILE: "deploy", AWS_ACCESS_KEY_ID: "shell" }).status).toBe(0);
    expect(readFileSync(join(folder, "credentials"), "utf8")).toBe("deploy,\n".repeat(2));
  });

  test("assumes the roles of the AWS provider one after the other", () => {
    const who = `echo "$AWS_PROFILE,$AWS_ACCESS_KEY_ID,$AWS_SESSION_TOKEN" >> "${folder}/credentials"`;
    command("aws", `${who}; if [ "$1" = sts ]; then printf 'key-of-%s\\tsecret\\ttoken\\n' "$4"; else echo x; fi`);
    command("docker", logIn);
    const roles = [
      ...[
        "assume-role-with-web-identity",
        "--role-arn",
        "arn:aws:iam::1:role/first",
        "--role-session-name",
        "session",
        "",
      ],
      ...["assume-role", "--role-arn", "arn:aws:iam::2:role/second", "--tags", "Key=team,Value=a b"],
    ].join("\n");
    const { status, calls } = run({ PROVIDER_PROFILE: "deploy", PROVIDER_ROLES: roles });
    expect(status).toBe(0);
    expect(calls.filter((call) => call.startsWith("aws sts"))).toEqual([
      expect.stringMatching(
        /^aws sts assume-role-with-web-identity --role-arn arn:aws:iam::1:role\/first --role-session-name session --query/,
      ),
      expect.stringMatching(
        /^aws sts assume-role --role-arn arn:aws:iam::2:role\/second --tags Key=team,Value=a b --query/,
      ),
    ]);
    const [first, second, ...others] = readFileSync(join(folder, "credentials"), "utf8").trim().split("\n");
    expect([first, second]).toEqual(["deploy,,", ",key-of-arn:aws:iam::1:role/first,token"]);
    expect(new Set(others)).toEqual(new Set([",key-of-arn:aws:iam::2:role/second,token"]));
  });

  test("fails with a sentence when a role of the AWS provider cannot be assumed", () => {
    command("aws", '[ "$1" != sts ]');
    command("docker");
    const { status, stderr } = run({ PROVIDER_ROLES: "assume-role\n--role-arn\narn:aws:iam::1:role/first" });
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: "cdktf-agentcore: the AWS CLI could not assume the AWS provider's role arn:aws:iam::1:role/first.\n",
    });
  });

  test("passes on each option of the build as it is", () => {
    command("aws", "echo x");
    command("docker", logIn);
    const { calls } = run({ BUILD_ARGS: "A=b c", BUILD_OPTIONS: "--target\nprod\n--secret\nid=npm,env=NPM_TOKEN" });
    expect(calls.at(-2)).toContain(
      "buildx build --build-arg A=b c --target prod --secret id=npm,env=NPM_TOKEN --platform",
    );
  });

  test.each([
    ["Docker is missing", () => command("aws"), "needs Docker with the buildx plugin"],
    ["buildx is missing", () => command("docker", '[ "$1" != buildx ]'), "needs Docker with the buildx plugin"],
    ["the AWS CLI is missing", () => command("docker"), "needs the AWS CLI"],
    ["the AWS CLI has no credentials", () => (command("docker"), command("aws", "exit 255")), "got no ECR password"],
    [
      "the registry refuses the login",
      () => (command("docker", '[ "$3" != login ]'), command("aws", "echo x")),
      "could not log in to ECR",
    ],
    [
      "the build fails",
      () => (command("docker", '[ "$4" != build ]'), command("aws", "echo x")),
      "could not be built and pushed",
    ],
  ])("fails with a sentence when %s", (_, prepare, sentence) => {
    prepare();
    const { status, stderr } = run();
    expect(status).toBe(1);
    expect(stderr).toContain("cdktf-agentcore: ");
    expect(stderr).toContain(sentence);
  });
});
