import { writeFileSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { review } from "../../review";
import { rightStacks } from "./right-stacks";
import { temporaryFolder } from "../support/temporary-folder";
import { readInventory } from "../topology/reading";

const folder = temporaryFolder();

describe("nothing is an error, and nobody is said to sign up, in a system with", () => {
  test.each(Object.entries(rightStacks))("%s", (_, hcl) => {
    const own = mkdtempSync(join(folder, "stack-"));
    writeFileSync(join(own, "main.tf"), hcl);
    const { findings } = review(readInventory(own));
    expect(findings.filter(({ severity, rule }) => severity === "error" || rule === "self-sign-up")).toEqual([]);
  });
});
