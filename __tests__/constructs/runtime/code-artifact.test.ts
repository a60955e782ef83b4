import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import type { TerraformStack } from "cdktf";
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crc32, inflateRawSync } from "node:zlib";
import { AgentCoreRuntime, AgentRuntimeArtifact, type CodeAssetOptions, Runtime } from "../../../constructs";
import { writeZip } from "../../../constructs/runtime/artifact/zip";
import { createStack, errorOf, statementsOf, Synthesized } from "../support/synthesized";
import { temporaryFolder } from "../../support/temporary-folder";

let directory: string;
beforeEach(() => {
  directory = temporaryFolder();
  mkdirSync(join(directory, "lib"));
  writeFileSync(join(directory, "main.py"), "print('hello')\n".repeat(50));
  writeFileSync(join(directory, "lib/run"), "#!/bin/sh\n");
  chmodSync(join(directory, "lib/run"), 0o755);
  symlinkSync("main.py", join(directory, "alias.py"));
});
const runtime = AgentCoreRuntime.PYTHON_3_13;
const imported = { arn: "arn:aws:s3:::code", bucket: "code" };

const asset = (options: Partial<CodeAssetOptions> = {}, stack = createStack()) =>
  Synthesized.from((scope) => {
    const code = { path: directory, bucket: imported, runtime, entrypoint: ["main.py"], ...options };
    return new Runtime(scope, "tools", { agentRuntimeArtifact: AgentRuntimeArtifact.fromCodeAsset(code) });
  }, stack);

const artifactOf = (stack: Synthesized) => stack.only("aws_bedrockagentcore_agent_runtime").agent_runtime_artifact;
const permissionOf = (stack: Synthesized) =>
  statementsOf(stack.only("aws_iam_role_policy").policy).find(({ Sid }) => Sid === "ReadCode");

interface Entry {
  readonly mode: string;
  readonly content: string;
}

/** The files of an archive, by its directory at the end. */
function unzip(archive: Buffer): Record<string, Entry> {
  const end = archive.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  const entries: Record<string, Entry> = {};
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, nameLength, local] = [
      archive.readUInt32LE(at + 20),
      archive.readUInt16LE(at + 28),
      archive.readUInt32LE(at + 42),
    ];
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = inflateRawSync(archive.subarray(start, start + packed));
    expect(content.length).toBe(archive.readUInt32LE(at + 24));
    if (typeof crc32 === "function") expect(archive.readUInt32LE(at + 16)).toBe(crc32(content));
    entries[name] = { mode: (archive.readUInt32LE(at + 38) >>> 16).toString(8), content: content.toString() };
    at += 46 + nameLength;
  }
  return entries;
}

describe("code from a directory", () => {
  test("is an archive in the stack's output, which apply puts into the bucket before it makes the runtime", () => {
    const stack = asset({ entrypoint: ["opentelemetry-instrument", "main.py"] });
    const object = stack.only("aws_s3_object");
    expect(object).toEqual({
      bucket: "code",
      key: expect.stringMatching(/^tools_Code_[0-9A-F]{8}\/[0-9a-f]{32}\.zip$/) as string,
      source: `assets/${String(object.key)}`,
    });
    expect(artifactOf(stack)).toEqual([
      {
        code_configuration: [
          {
            runtime: "PYTHON_3_13",
            entry_point: ["opentelemetry-instrument", "main.py"],
            code: [{ s3: [{ bucket: "code", prefix: object.key }] }],
          },
        ],
      },
    ]);
    expect(permissionOf(stack)).toMatchObject({
      Action: ["s3:GetObject"],
      Resource: [`arn:aws:s3:::code/${String(object.key)}`],
    });
    expect(stack.only("aws_bedrockagentcore_agent_runtime").depends_on).toEqual(
      expect.arrayContaining([expect.stringMatching(/^aws_s3_object\./)]),
    );
    expect(unzip(readFileSync(join(stack.folder, String(object.source))))).toEqual({
      "alias.py": { mode: "100644", content: readFileSync(join(directory, "main.py"), "utf8") },
      "lib/run": { mode: "100755", content: "#!/bin/sh\n" },
      "main.py": { mode: "100644", content: readFileSync(join(directory, "main.py"), "utf8") },
    });
  });

  test("has another key with other files alone, and leaves out what is excluded", () => {
    const keyOf = (options = {}) => asset(options).only("aws_s3_object").key;
    const before = keyOf();
    expect(keyOf()).toBe(before);
    writeFileSync(join(directory, "notes.txt"), "x");
    expect(keyOf({ exclude: ["*.txt"] })).toBe(before);
    expect(keyOf()).not.toBe(before);
  });

  test("takes a bucket of the same program", () => {
    const stack = createStack();
    const synthesized = asset({ bucket: new S3Bucket(stack, "code", { bucket: "own-code" }) }, stack);
    expect(JSON.stringify(artifactOf(synthesized))).toContain('"bucket":"${aws_s3_bucket.code.bucket}"');
  });

  test.each<[string, Partial<CodeAssetOptions>, string]>([
    ["a directory that is not there", { path: "no-such-folder" }, "CODE_INVALID"],
    ["a file that is not there", { entrypoint: ["other.py"] }, "CODE_INVALID"],
    ["an entrypoint without a file", { entrypoint: ["lib/run"] }, "CODE_INVALID"],
    ["no entrypoint", { entrypoint: [] }, "CODE_INVALID"],
    ["an entrypoint of three words", { entrypoint: ["a", "b", "main.py"] }, "CODE_INVALID"],
    ["an empty word", { entrypoint: ["", "main.py"] }, "LENGTH_OUT_OF_RANGE"],
  ])("fails for %s", (_, options, code) => {
    expect(errorOf(() => asset(options))).toMatchObject({ code });
  });
});

describe("code in S3", () => {
  const inS3 = (objectKey: string, objectVersion?: string) =>
    Synthesized.from((stack: TerraformStack) => {
      const s3Location = { bucket: imported, objectKey, objectVersion };
      const code = { s3Location, runtime: AgentCoreRuntime.NODE_22, entrypoint: ["main.js"] };
      return new Runtime(stack, "tools", { agentRuntimeArtifact: AgentRuntimeArtifact.fromS3(code) });
    });

  test("is read by the runtime's role, in its version", () => {
    const stack = inS3("tools.zip", "v12");
    expect(artifactOf(stack)).toMatchObject([
      { code_configuration: [{ runtime: "NODE_22", code: [{ s3: [{ prefix: "tools.zip", version_id: "v12" }] }] }] },
    ]);
    expect(permissionOf(stack)).toMatchObject({
      Action: ["s3:GetObject", "s3:GetObjectVersion"],
      Resource: ["arn:aws:s3:::code/tools.zip"],
    });
    expect(JSON.stringify(stack.json)).not.toContain("ecr:");
  });

  test.each([
    ["an empty key", "", undefined],
    ["a version that is too short", "tools.zip", "1"],
  ])("fails for %s", (_, key, version) => {
    expect(errorOf(() => inS3(key, version))).toMatchObject({ code: "LENGTH_OUT_OF_RANGE" });
  });
});

test("an archive of no file is one", () => {
  const target = join(directory, "empty.zip");
  expect(writeZip(target, [])).toBe(22);
  expect(unzip(readFileSync(target))).toEqual({});
});
