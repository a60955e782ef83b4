import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BUILD_AND_PUSH } from "../../../constructs/runtime/build-and-push";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "build-"));
  for (const command of ["sh", "cut"]) {
    const file = ["/bin", "/usr/bin"].map((path) => join(path, command)).find((path) => existsSync(path));
    symlinkSync(file ?? command, join(folder, command));
  }
});
afterEach(() => rmSync(folder, { recursive: true }));

/** A command that writes down its arguments, and what it reads when it logs in. */
function command(name: string, body = ""): void {
  const file = join(folder, name);
  const record = `printf '%s\\n' "${name} $*" >> "${folder}/calls"`;
  writeFileSync(file, `#!/bin/sh\n${record}\n${body}\n`);
  chmodSync(file, 0o755);
}

function run(): { status: number | null; stderr: string; calls: string[] } {
  const { status, stderr } = spawnSync(join(folder, "sh"), ["-c", BUILD_AND_PUSH], {
    encoding: "utf8",
    env: {
      PATH: folder,
      CONTEXT: "assets/image/abc",
      DOCKERFILE: "assets/image/abc/Dockerfile",
      IMAGE_URI: "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/tools:abc",
      PLATFORM: "linux/arm64",
      REGION: "us-east-1",
    },
  });
  const calls = join(folder, "calls");
  return { status, stderr, calls: existsSync(calls) ? readFileSync(calls, "utf8").trim().split("\n") : [] };
}

/** Like `docker login --password-stdin`, keeps what comes through the pipe. */
const logIn = 'if [ "$1" = login ]; then read -r password || true; printf %s "$password" > "$0.password"; fi';

describe("building and pushing an image", () => {
  it("logs in to the registry through a pipe, then builds for arm64 and pushes", () => {
    command("aws", "echo registry-password");
    command("docker", logIn);
    expect(run()).toEqual({
      status: 0,
      stderr: "",
      calls: [
        "docker buildx version",
        "aws ecr get-login-password --region us-east-1",
        "docker login --username AWS --password-stdin 123456789012.dkr.ecr.us-east-1.amazonaws.com",
        "docker buildx build --platform linux/arm64 --provenance=false --push " +
          "-t 123456789012.dkr.ecr.us-east-1.amazonaws.com/team/tools:abc -f assets/image/abc/Dockerfile assets/image/abc",
      ],
    });
    expect(readFileSync(join(folder, "docker.password"), "utf8")).toBe("registry-password");
  });

  it.each([
    ["Docker is missing", () => command("aws"), "needs Docker with the buildx plugin"],
    ["buildx is missing", () => command("docker", '[ "$1" != buildx ]'), "needs Docker with the buildx plugin"],
    ["the AWS CLI is missing", () => command("docker"), "needs the AWS CLI"],
    ["the AWS CLI has no credentials", () => (command("docker"), command("aws", "exit 255")), "got no ECR password"],
    [
      "the registry refuses the login",
      () => (command("docker", '[ "$1" != login ]'), command("aws", "echo x")),
      "could not log in to ECR",
    ],
    [
      "the build fails",
      () => (command("docker", '[ "$2" != build ]'), command("aws", "echo x")),
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
