import type { Hop } from "../../../emulator/trace/call";
import { fixFor } from "../../../emulator/trace/fixes";

const hop = (changes: Partial<Hop>): Hop => ({ name: "", depth: 0, offset: 0, checks: [], ...changes });
const refused = (name: string, evidence = {}) => ({ name, passed: false, ...evidence });

it("fills in what was expected and what was there", () => {
  const checks = [{ name: "iss", passed: true }, refused("client_id", { expected: "one", actual: "another" })];
  expect(fixFor(hop({ name: "runtime authorizer", checks }))).toContain("the token is of client another");
});

it("takes evidence literally, also where it looks like a pattern", () => {
  const checks = [refused("scope", { expected: "$& {actual}", actual: "$1" })];
  expect(fixFor(hop({ name: "gateway authorizer", checks }))).toContain("$& $1");
});

it("knows what to do about a function that fails, which no check tells", () => {
  expect(fixFor(hop({ name: "Lambda function", failure: "ended with exit code 1" }))).toContain("the emulator's log");
});

it.each([
  ["an unknown check", hop({ name: "token vault", checks: [refused("something new")] })],
  ["an unknown hop", hop({ name: "something new", checks: [refused("iss")] })],
])("fails to find a fix for %s", (_, unknown) => {
  expect(fixFor(unknown)).toBeUndefined();
});
