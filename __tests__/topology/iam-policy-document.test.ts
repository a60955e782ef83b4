import { join } from "node:path";
import { deploy } from "./fake-account";
import expected from "./iam-policy-documents/provider-5.100.0.json";
import { temporaryFolder } from "../support/temporary-folder";
import { readTopology } from "./reading";

function document(policy: object): () => unknown {
  const folder = temporaryFolder({
    "main.tf.json": {
      data: { aws_iam_policy_document: { under_test: policy } },
      output: { json: { value: "${data.aws_iam_policy_document.under_test.json}" } },
    },
  });
  return () => deploy(readTopology(folder)).outputs["json"];
}

describe("aws_iam_policy_document", () => {
  const written = deploy(readTopology(join(__dirname, "iam-policy-documents"))).outputs["json"] as Record<
    string,
    string
  >;

  // The expected texts are what hashicorp/aws 5.100.0 itself wrote for the same file.
  test.each(Object.entries(expected))("writes %s byte for byte as the AWS provider does", (name, text) => {
    expect(written[name]).toBe(text);
  });

  test.each([
    ["two statements with one Sid", { statement: [{ sid: "A" }, { sid: "A" }] }, /statement has the Sid "A" twice/],
    [
      "a document that is not JSON",
      { source_policy_documents: ["{"] },
      /source_policy_documents must hold JSON policy documents/,
    ],
    [
      "a statement that is not in a list",
      { override_policy_documents: ['{"Statement":{}}'] },
      /override_policy_documents/,
    ],
    [
      "a variable in the old version",
      { version: "2008-10-17", statement: { resources: ["&{a}"] } },
      /resources has &\{…\}/,
    ],
    [
      "a principal without a type",
      { statement: { principals: { identifiers: ["*"] } } },
      /lacks .* statement\.principals\.type/,
    ],
  ])("fails on %s", (_, policy, message) => {
    expect(document(policy)).toThrow(message);
  });
});
