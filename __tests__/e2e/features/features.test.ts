import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readInventory } from "../../topology/reading";

import { rules } from "../../../review";
import { defineEverything } from "../../constructs/arguments/everything";
import { Synthesized } from "../../constructs/support/synthesized";
import { cleanStack, type Json } from "../../review/clean-stack";
import { mistakes } from "../../review/mistakes";
import { NOT_EMULATED } from "../../review/not-emulated";
import { emulate } from "../../support/article-stack";
import { postMcp, toolsCall } from "../../support/callers";
import { RecordingApi } from "../../support/recording-api";
import { temporaryFolder } from "../../support/temporary-folder";
import { PARCELS } from "../parcels-model";
import { FEATURES, WHOLE } from "./features";

const REVIEW = join(__dirname, "../../review");
const APPLIED = join(__dirname, "../apply");

/** The stack that is applied with the provider 6.66. */
function appliedFolder(): string {
  const folder = temporaryFolder({ "model.json": JSON.stringify(PARCELS) });
  const applied = readFileSync(join(APPLIED, "newer-provider.test.ts"), "utf8");
  const files = [...(/\[([^\]]*\.tf[^\]]*)\]/.exec(applied)?.[1] ?? "").matchAll(/"(\w+\.tf)"/g)];
  for (const [, file = ""] of files) copyFileSync(join(APPLIED, file), join(folder, file));
  return folder;
}

/** Every block and argument of a resource, and every text in its place. */
function* pathsOf(value: unknown, path: string): Generator<string> {
  if (Array.isArray(value)) for (const each of value) yield* pathsOf(each, path);
  else if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    yield path;
    for (const [name, inner] of Object.entries(value)) {
      if (inner !== undefined) yield* pathsOf(inner, `${path}.${name}`);
    }
  } else {
    yield path;
    if (typeof value === "string") yield `${path}=${value}`;
  }
}

const pathsOfJson = (resource: Record<string, Record<string, Json>>) =>
  new Set(
    Object.entries(resource).flatMap(([type, all]) => Object.values(all).flatMap((own) => [...pathsOf(own, type)])),
  );

/** Rules whose mistakes are seen in the emulated system: `emulated-failures.test` and `emulated-warnings.test`. */
function provedRules(): ReadonlySet<string> {
  const errors = rules.filter(({ severity }) => severity === "error").map(({ id }) => id);
  const warnings = readFileSync(join(REVIEW, "emulated-warnings.test.ts"), "utf8").matchAll(/^test\("([a-z-]+): /gm);
  return new Set([...errors, ...Array.from(warnings, ([, id = ""]) => id)]);
}

describe("what gateways and runtimes of today can do", () => {
  let applied: ReadonlySet<string>;
  let constructed: ReadonlySet<string>;
  beforeAll(() => {
    const { instances } = readInventory(appliedFolder());
    applied = new Set(instances.flatMap(({ type, arguments: block }) => [...pathsOf(block.values, type)]));
    constructed = pathsOfJson(Synthesized.from(defineEverything).json.resource);
  });

  const proved = provedRules();
  const judged = mistakes
    .filter(({ rule, title }) => proved.has(rule) && !Object.hasOwn(NOT_EMULATED, title))
    .map(({ rule, bend }) => {
      const stack = cleanStack();
      bend(stack);
      return { rule, paths: pathsOfJson(stack.resource) };
    });

  test.each(FEATURES)("$name: applied, reached by a construct, and judged by $rule", ({ path, rule }) => {
    expect({ applied: applied.has(path), constructed: constructed.has(path) }).toEqual({
      applied: true,
      constructed: true,
    });
    expect(judged.filter(({ paths }) => paths.has(path)).map((each) => each.rule)).toContain(rule);
  });

  test("whatever else the constructs reach of their blocks has a row", () => {
    const rows = FEATURES.map(({ path }) => path.replace(/=.*$/, ""));
    const left = [...constructed].filter((path) => {
      const [, parent = "", name = ""] = /^(.*)\.(.*)$/.exec(path) ?? [];
      const isRow = rows.some((row) => row === path || row.startsWith(`${path}.`));
      return !path.includes("=") && WHOLE[parent]?.includes(name) === false && !isRow;
    });
    expect(left).toEqual([]);
  });

  test("the stack that is applied runs by up, too", async () => {
    const api = new RecordingApi();
    await api.start();
    const hosts = Object.fromEntries(
      ["execute-api", "parcels"].map((name) => [`${name}.us-east-1.amazonaws.com`, api.origin] as const),
    );
    const emulator = await emulate(appliedFolder(), { hosts: { ...hosts, "notes.example.com": api.origin } });
    const url = String(emulator.outputs()["apis_gateway_url"]?.value);
    for (const tool of ["pets___ListPets", "orders-by-key___ListOrders", "notes-by-header___read_note"]) {
      expect(await postMcp(url, toolsCall(tool, {}), {})).toMatchObject({ body: { result: { isError: false } } });
    }
  }, 60_000);
});
