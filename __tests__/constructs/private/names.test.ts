import { Construct } from "constructs";
import { derivedName } from "../../../constructs/private/names";
import { createStack } from "../support/synthesized";

const nameOf = (...path: string[]) => {
  const construct = path.reduce<Construct>((scope, id) => new Construct(scope, id), createStack());
  return derivedName(construct, { separator: "-", maxLength: 39 });
};

describe("a derived name", () => {
  test("is the construct's path in readable form with a hash", () => {
    expect(nameOf("Team_Tools", "Gateway")).toMatch(/^stack-team-tools-gateway-[0-9a-f]{8}$/);
  });

  test("is the same in every synthesis", () => {
    expect(nameOf("Tools")).toBe(nameOf("Tools"));
  });

  test("differs for paths that read the same", () => {
    expect(nameOf("Team", "Tools")).not.toBe(nameOf("Team-Tools"));
    expect(nameOf("Tools")).not.toBe(nameOf("tools"));
  });

  test("keeps to the limit, and still differs when only the part beyond it does", () => {
    const [one, other] = [nameOf("x".repeat(50), "One"), nameOf("x".repeat(50), "Other")];
    expect(one).toHaveLength(39);
    expect(one).not.toBe(other);
  });
});
