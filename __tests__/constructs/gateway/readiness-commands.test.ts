import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CALL_WITH_SIGNATURE, CALL_WITH_TOKEN } from "../../../constructs/gateway/targets/readiness-commands";
import { temporaryFolder } from "../../support/temporary-folder";

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  command("sleep");
});

/** A command that writes down its arguments. */
function command(name: string, body = ""): void {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\nprintf '%s\\n' "${name} $*" >> "${folder}/calls"\n${body}\n`);
  chmodSync(file, 0o755);
}

function run(script: string, path = `${folder}:/usr/bin:/bin`) {
  const { status, stderr, stdout } = spawnSync("/bin/sh", ["-c", script], {
    encoding: "utf8",
    env: {
      PATH: path,
      TMPDIR: folder,
      REGION: "us-east-1",
      RUNTIME_ARN: "arn:aws:bedrock-agentcore:us-east-1:123456789012:runtime/tools-1234567890",
      RUNTIME_URL: "https://bedrock-agentcore.us-east-1.amazonaws.com/runtimes/x/invocations",
      WORKLOAD_NAME: "probe",
      PROVIDER_ARN: "arn:aws:bedrock-agentcore:us-east-1:123456789012:token-vault/default/oauth2credentialprovider/m2m",
      SCOPES: "tools/read tools/write",
    },
  });
  const file = join(folder, "calls");
  const calls = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  return { status, output: stdout + stderr, calls };
}

/** The AWS CLI, which answers both token operations and keeps the request of the second. */
const aws = `case "$2" in
get-workload-access-token) echo workload-token ;;
get-resource-oauth2-token) cp "$(printf %s "$6" | sed 's|^file://||')" "${"$"}0.request"; echo secret-token ;;
esac`;

/** Succeeds from the third call on. */
const thirdTime = 'count=$(cat "$0.count" 2>/dev/null || echo 0); echo $((count + 1)) > "$0.count"; [ "$count" -ge 2 ]';

describe("waiting for a runtime of tokens", () => {
  test("asks the token vault for a token of the provider, and calls until the runtime answers", () => {
    command("aws", aws);
    command(
      "curl",
      `cat "$8" > "$0.config"; shift 9; cat "$(printf %s "$1" | sed 's/^@//')" > "$0.body"; ${thirdTime}`,
    );
    const { status, output, calls } = run(CALL_WITH_TOKEN);
    expect({ status, output }).toEqual({ status: 0, output: "" });
    expect(calls.filter((call) => call.startsWith("curl"))).toHaveLength(3);
    expect(calls.filter((call) => call.startsWith("sleep"))).toHaveLength(2);
    expect(JSON.parse(readFileSync(join(folder, "aws.request"), "utf8"))).toEqual({
      workloadIdentityToken: "workload-token",
      resourceCredentialProviderName: "m2m",
      scopes: ["tools/read", "tools/write"],
      oauth2Flow: "M2M",
    });
    expect(readFileSync(join(folder, "curl.config"), "utf8")).toBe('header = "Authorization: Bearer secret-token"\n');
    expect(JSON.parse(readFileSync(join(folder, "curl.body"), "utf8"))).toMatchObject({ method: "initialize" });
  });

  test("shows no token to other processes, and leaves none behind", () => {
    command("aws", aws);
    command("curl");
    const { calls } = run(CALL_WITH_TOKEN);
    expect(calls.join("\n")).not.toMatch(/secret-token|workload-token/);
    const left = spawnSync("grep", ["-rl", "secret-token", folder], { encoding: "utf8" }).stdout.trim().split("\n");
    expect(left).toEqual([join(folder, "aws")]);
  });

  test("fails after a bounded number of calls, and says where to look", () => {
    command("aws", aws);
    command("curl", "exit 22");
    const { status, output, calls } = run(CALL_WITH_TOKEN);
    expect(status).toBe(1);
    expect(output).toContain("did not answer MCP's initialize");
    expect(calls.filter((call) => call.startsWith("curl"))).toHaveLength(24);
  });

  test("fails without the AWS CLI", () => {
    expect(run(CALL_WITH_TOKEN, folder)).toMatchObject({
      status: 1,
      output: expect.stringContaining("needs the AWS CLI") as string,
    });
  });
});

describe("waiting for a runtime of signed calls", () => {
  test("has the AWS CLI sign until the runtime answers", () => {
    command("aws", thirdTime);
    const { status, calls } = run(CALL_WITH_SIGNATURE);
    expect(status).toBe(0);
    expect(calls.filter((call) => call.startsWith("aws bedrock-agentcore invoke-agent-runtime"))).toHaveLength(3);
  });
});
