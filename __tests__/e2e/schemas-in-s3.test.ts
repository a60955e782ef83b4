import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Emulator } from "../../emulator";
import { review } from "../../review";
import {
  allowing,
  callTool,
  listTools,
  OPEN_GATEWAY,
  RecordingApi,
  startFolder,
  targetOf,
} from "../support/recording-api";
import { temporaryFolder } from "../support/temporary-folder";
import { readInventory } from "../topology/reading";

const api = new RecordingApi();
beforeAll(() => api.start());

const SHAPES = readFileSync(join(__dirname, "open-api", "shapes.yaml"), "utf8");

const OBJECTS = `
resource "aws_s3_bucket" "schemas" {
  bucket = "schemas"
}
resource "aws_s3_object" "shapes" {
  bucket = aws_s3_bucket.schemas.id
  key    = "apis/shapes.yaml"
  source = "\${path.module}/shapes.yaml"
  etag   = filemd5("\${path.module}/shapes.yaml")
}
resource "aws_s3_object" "tools" {
  bucket  = aws_s3_bucket.schemas.bucket
  key     = "tools.json"
  content = jsonencode([{ name = "add", description = "Adds", inputSchema = { type = "object" } }])
}
resource "aws_s3_object" "server" {
  bucket  = aws_s3_bucket.schemas.bucket
  key     = "server.json"
  content = jsonencode({ tools = [{ name = "greet", inputSchema = { type = "object" } }] })
}
resource "aws_s3_object" "archive" {
  bucket = aws_s3_bucket.schemas.bucket
  key    = "code.zip"
  source = "code.zip"
}
resource "aws_cloudwatch_event_bus" "unread" {
  name = "unread"
}
resource "aws_s3_object" "unread" {
  bucket  = aws_s3_bucket.schemas.bucket
  key     = "unread.json"
  content = aws_cloudwatch_event_bus.unread.arn
}
${allowing("lambda:InvokeFunction")}
`;

const TARGETS = [
  targetOf(
    "shapes",
    'open_api_schema {\n s3 {\n uri = "s3://${aws_s3_bucket.schemas.bucket}/apis/shapes.yaml"\n }\n }',
  ),
  targetOf(
    "sum",
    `lambda {
      lambda_arn = "arn:aws:lambda:us-east-1:123456789012:function:sum"
      tool_schema {
        s3 {
          uri                     = "s3://schemas/\${aws_s3_object.tools.key}"
          bucket_owner_account_id = "123456789012"
        }
      }
    }`,
    "depends_on = [aws_iam_role_policy.gateway]\n credential_provider_configuration {\n gateway_iam_role {}\n }",
  ),
  targetOf(
    "server",
    `mcp_server {
      endpoint = "https://mcp.example.com/mcp"
      mcp_tool_schema {
        s3 {
          uri = "s3://\${aws_s3_object.server.bucket}/\${aws_s3_object.server.id}"
        }
      }
    }`,
  ),
];

const files = (...targets: string[]) => ({
  "main.tf": [OPEN_GATEWAY, OBJECTS, ...targets].join(""),
  "shapes.yaml": SHAPES,
});

describe("documents of targets in S3", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startFolder(temporaryFolder(files(...TARGETS)), { hosts: { "api.example.com": api.origin } });
  });

  test("become tools, as those in the configuration do", async () => {
    const names = (await listTools(emulator)).map(({ name }) => name);
    expect(names).toEqual(["shapes___addShape", "shapes___getShape", "sum___add", "server___greet"]);
    expect(await callTool(emulator, "shapes___getShape", { id: "7" })).toMatchObject({ isError: false });
    expect(api.seen).toMatchObject([{ method: "GET", url: "/shapes/7" }]);
  });

  test("are read by the review, too, which knows the names of their tools", () => {
    const broken = SHAPES.replace(/^openapi: .*$/m, "openapi: 2.0.0");
    const folder = temporaryFolder({ ...files(...TARGETS), "shapes.yaml": broken });
    const faults = review(readInventory(folder)).findings.filter(({ rule }) => rule === "tool-schema-invalid");
    expect(faults).toMatchObject([{ address: "aws_bedrockagentcore_gateway_target.shapes" }]);
  });
});

const shapesAt = (uri: string, more = "") =>
  targetOf("refused", `open_api_schema {\n s3 {\n uri = "${uri}"\n ${more}\n }\n }`);

test.each([
  ["an object that is not there", shapesAt("s3://schemas/none.json"), "The specified key does not exist"],
  ["a bucket of nobody", shapesAt("s3://others/shapes.yaml"), "its bucket is none of the account's"],
  ["what is no key", shapesAt("s3://schemas"), "an S3 URI is s3://BUCKET/KEY"],
  [
    "a bucket of another account",
    shapesAt("s3://schemas/tools.json", 'bucket_owner_account_id = "999999999999"'),
    "Access Denied",
  ],
  ["what a kind that is not read gives", shapesAt("s3://schemas/unread.json"), "what is in it is not shown"],
  ["an archive", shapesAt("s3://schemas/code.zip"), "what is in it is not shown"],
  ["no URI", shapesAt("https://schemas/tools.json"), "s3://.{1,2043}"],
  ["tools of a server", shapesAt("s3://schemas/server.json"), "OpenAPI versions 3.0 and 3.1 are supported"],
])("%s is refused at deployment", async (_, target, words) => {
  await expect(startFolder(temporaryFolder(files(target)))).rejects.toThrow(words);
});
