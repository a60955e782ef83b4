import { parseDocument, TopologyError, topologyOf } from "../../topology";
import { locateJsonError } from "../../topology/sources/json-syntax";
import { deploy } from "./fake-account";
import { cleanStack } from "../review/clean-stack";
import { Dice, places } from "./junk";

const STACK = JSON.stringify(
  {
    ...cleanStack(),
    variable: { project_name: { default: "demo" } },
    locals: {
      account: ["${data.aws_caller_identity.current.account_id}", "${var.project_name}"],
      issuer: "https://cognito-idp.us-east-1.amazonaws.com/${aws_cognito_user_pool.people.id}",
    },
  },
  null,
  2,
);

/** The error of a text as a configuration; undefined when it is deployed. Anything but a TopologyError is thrown on. */
function errorOf(text: string): TopologyError | undefined {
  try {
    deploy(topologyOf(parseDocument("junk.tf.json", Buffer.from(text))));
    return undefined;
  } catch (error) {
    if (error instanceof TopologyError) return error;
    throw error;
  }
}

const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  1e300,
  "",
  "x",
  "${",
  "${}",
  "${local.issuer}",
  "${local.account[0]}",
  "${var.project_name.x}",
  "${aws_iam_role.gateway}",
  "${aws_iam_role.gateway.*.arn}",
  "${each.key}",
  "${jsonencode(aws_cognito_user_pool.inbound)}",
  "%{for x in y}",
  [],
  [[]],
  [null],
  {},
  { __proto__: 1 },
  { "${": 1 },
  [{ "": {} }],
];

function mutate(configuration: unknown, dice: Dice): void {
  const [container, key] = dice.pick(places(configuration));
  const target = container as Record<string, unknown>;
  const action = dice.below(3);
  if (action === 0) delete target[key];
  if (action === 1) target[key] = dice.pick(JUNK);
  if (action === 2) {
    target[dice.pick(["count", "for_each", "depends_on", "provider", "//", "__proto__", "x", key])] = dice.pick(JUNK);
  }
}

describe("junk", () => {
  test("in the place of any part of a configuration gives a TopologyError or a topology", () => {
    const errors = new Set<string>();
    for (let seed = 0; seed < 500; seed++) {
      const configuration: unknown = JSON.parse(STACK);
      const dice = new Dice(seed);
      for (let mutations = dice.below(3); mutations >= 0; mutations--) mutate(configuration, dice);
      const error = errorOf(JSON.stringify(configuration));
      if (error) errors.add(error.code);
      expect(error?.message ?? "").not.toMatch(/\n|undefined|\[object/);
    }
    expect(errors.size).toBeGreaterThan(8);
  });

  test("in the text of a file gives a TopologyError or a topology", () => {
    for (let seed = 0; seed < 500; seed++) {
      const dice = new Dice(seed);
      const start = dice.below(STACK.length);
      const junk = dice.pick(["", '"', "\\", "${", "}", "~", "\u0000", "\ud800", "[0]", ".", "...", "(", "for x in "]);
      const error = errorOf(STACK.slice(0, start) + junk + STACK.slice(start + dice.below(4)));
      expect(error?.message ?? "").not.toMatch(/\n|undefined/);
    }
  });

  test("made of the pieces of expressions gives a TopologyError or a value", () => {
    const pieces = [
      "${",
      "}",
      '"',
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      ",",
      ".",
      "*",
      "[*]",
      "?",
      ":",
      "=",
      "=>",
      "...",
      "!",
      "-",
      "+",
      "1",
      "x",
      "for",
      " in ",
      "if",
      "null",
      "true",
      "upper(",
      "jsonencode(",
      "local.issuer",
      "path.module",
      "\\n",
      "~",
      "$${",
      "%%{",
      " ",
      "\n",
      "==",
      "é",
    ];
    for (let seed = 0; seed < 1_000; seed++) {
      const dice = new Dice(seed);
      const body = Array.from({ length: 1 + dice.below(12) }, () => dice.pick(pieces)).join("");
      const error = errorOf(
        JSON.stringify({
          locals: { issuer: "x" },
          output: { x: { value: dice.below(2) === 0 ? body : `\${${body}}` } },
        }),
      );
      expect(error?.message ?? "").not.toMatch(/undefined/);
    }
  });
});

describe("the place of a JSON error", () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text);
      return true;
    } catch {
      return false;
    }
  };

  test("is found exactly where JSON.parse refuses a text", () => {
    const text = '{"a": [1, -2.5e3, true, null, "\\u00e9\\n"], "b": {"c": {}}, "d": []}';
    for (let seed = 0; seed < 1_000; seed++) {
      const dice = new Dice(seed);
      const start = dice.below(text.length);
      const changed =
        text.slice(0, start) +
        dice.pick(["", ",", '"', "}", "]", "0", "\t", "\\", "{", "[", ":", "e"]) +
        text.slice(start + dice.below(3));
      expect([changed, locateJsonError(changed) === undefined]).toEqual([changed, isJson(changed)]);
    }
  });
});
