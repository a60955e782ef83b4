import { resolve } from "node:path";
import { packageRoot } from "../../../constructs/private/package-root";

test("finds the package from its sources", () => {
  expect(packageRoot()).toBe(resolve(__dirname, "../../.."));
});
