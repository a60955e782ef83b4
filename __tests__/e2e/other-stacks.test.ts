import { bentResources, bentStack, emulate } from "../support/article-stack";
import { synthesize } from "../support/synthesize";

test("runs a stack of raw bindings, whose pool domain nothing refers to", async () => {
  const emulator = await emulate(await synthesize("bench/synth/programs/raw-bindings.ts"));
  expect(emulator.gateways()).toMatchObject([{ targets: [{ tools: 3 }] }]);
});

test("runs a stack whose server is code in a bucket of its own", async () => {
  const folder = await bentResources((resources) => {
    resources["aws_s3_bucket"] = { code: { bucket_prefix: "code-" } };
    resources["aws_s3_object"] = {
      code: { bucket: "${aws_s3_bucket.code.bucket}", key: "tools.zip", source: "tools.zip" },
    };
    const s3 = {
      bucket: "${aws_s3_bucket.code.id}",
      prefix: "${aws_s3_object.code.key}",
      version_id: "${aws_s3_object.code.version_id}",
    };
    const code = { runtime: "NODE_22", entry_point: ["main.js"], code: [{ s3: [s3] }] };
    const runtime = resources["aws_bedrockagentcore_agent_runtime"]?.["mcp_server"];
    Object.assign(runtime ?? {}, { agent_runtime_artifact: [{ code_configuration: [code] }] });
  });
  const emulator = await emulate(folder);
  expect(emulator.gateways()).toMatchObject([{ targets: [{ tools: 3 }] }]);
});

test("fails in a region of another partition, before anything is created", async () => {
  const folder = await bentStack((json) => json.replace('"region": "us-east-1"', '"region": "cn-north-1"'));
  await expect(emulate(folder)).rejects.toThrow(/"cn-north-1" is not emulated/);
});
