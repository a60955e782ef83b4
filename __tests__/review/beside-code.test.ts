import { join } from "node:path";
import { formats, review } from "../../review";
import { print } from "./reports";
import { readInventory } from "../topology/reading";

const found = review(readInventory(join(__dirname, "beside-code")));

describe("comments in HCL", () => {
  const address = (name: string): string => `aws_bedrockagentcore_gateway.${name}`;

  test("accept the warnings of the block below them, or around them, in each of its instances", () => {
    expect(found.acknowledged.map((finding) => [finding.address, finding.reason])).toEqual([
      [address("a"), "Everybody may try it, in the sandbox."],
      [address('c["x"]'), "in the block's line"],
      [address('c["y"]'), "in the block's line"],
    ]);
  });

  test("do not count from afar, in a text, or without a reason, which is told", () => {
    const open = found.findings.filter(({ rule }) => rule === "gateway-open");
    expect(open.map((finding) => finding.address)).toEqual([address("b"), address("d")]);
    expect(found.findings).toContainEqual(
      expect.objectContaining({ rule: "acknowledgement-without-reason", address: address("d"), severity: "info" }),
    );
  });
});

test("findings name file and line", () => {
  const [first] = found.findings;
  expect(first).toMatchObject({ rule: "endpoint-not-https", position: { line: 35 } });
  expect(print("text", found)).toMatch(
    /error aws_bedrockagentcore_gateway_target\.e endpoint-not-https \S+main\.tf:35\n/,
  );
  const { runs } = JSON.parse(print("sarif", found)) as { runs: { results: { locations: object[] }[] }[] };
  expect(runs[0]?.results[0]?.locations[0]).toMatchObject({ physicalLocation: { region: { startLine: 35 } } });
});

test.each(Object.keys(formats))("the value of a sensitive variable stands nowhere in %s", (format) => {
  expect(print(format, found)).not.toContain("correct-horse");
});
