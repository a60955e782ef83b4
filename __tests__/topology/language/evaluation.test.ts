import { failureOf, outputsOf } from "../failure";
import { LOCALS } from "./expressions";

const locals = { list: LOCALS.list, map: LOCALS.map, objects: LOCALS.objects, arn: LOCALS.arn };

describe("expressions", () => {
  test.each<[string, unknown]>([
    ["${local.list}", ["b", "a", "c", "a"]],
    ["${local.objects[*].inner.list[0]}", [1, 3]],
    ["${local.objects.*.name[1]}", "y"],
    ["${urlencode(local.arn)}", encodeURIComponent(LOCALS.arn)],
    ['${urlencode("a b*(é)!\'~")}', "a+b%2A%28%C3%A9%29%21%27~"],
    ['${jsonencode({"b" = "<&>", "a" = [1, null]})}', '{"a":[1,null],"b":"\\u003c\\u0026\\u003e"}'],
    ['${true ? 1 : "a"}', "1"],
    ['${format("%s-%03d", "x", 7)}', "x-007"],
    [
      '${provider::aws::arn_parse("arn:aws:sns:eu-west-1:1:a:b")}',
      { partition: "aws", service: "sns", region: "eu-west-1", account_id: "1", resource: "a:b" },
    ],
    ['${provider::aws::arn_build("aws", "iam", "", "1", "role/a")}', "arn:aws:iam::1:role/a"],
    ['${provider::aws::trim_iam_role_path("arn:aws:iam::1:role/a/b/c")}', "arn:aws:iam::1:role/c"],
    ["$${kept} %%{kept}", "${kept} %{kept}"],
    ['${try(local.map.gone, "fallback")}', "fallback"],
    ['${{for k, v in local.map : k => v + 1 if k != "b"}}', { a: 2, "with space": 4 }],
    ["${0.1 + 0.2}", 0.3],
    ["${false && local.map.gone}", false],
    ["${local.map.gone || 1 == 1}", true],
    ["${(local.map.gone && false) || (true || local.list[9])}", true],
  ])("%s", (template, value) => {
    expect(outputsOf({ locals, output: { x: { value: template } } })).toEqual({ x: value });
  });

  test("names that JavaScript knows are names like others", () => {
    const value = '${jsonencode({"__proto__" = 1, "constructor" = 2})}';
    expect(outputsOf({ output: { x: { value } } })).toEqual({ x: '{"__proto__":1,"constructor":2}' });
    expect(failureOf({ locals, output: { x: { value: "${local.map.constructor}" } } }).code).toBe("EXPRESSION_FAILED");
    expect(failureOf({ output: { x: { value: "${constructor(1)}" } } }).code).toBe("UNKNOWN_FUNCTION");
  });

  test("names what is wrong with the address and the expression", () => {
    const value = 'prefix ${nope("x")}';
    const error = failureOf({ output: { x: { value } } });
    expect(error.address).toBe("output.x");
    expect(error.message).toBe('output.x cannot evaluate "prefix ${nope("x")}": the function nope is not supported.');
  });

  test("fails on values that double without end", () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`d${index + 1}`, `\${local.d${index}}\${local.d${index}}`]),
    );
    const error = failureOf({ locals: { d0: "0123456789", ...doubling }, output: { x: { value: "${local.d60}" } } });
    expect(error.message).toContain("its value is too large");
  });

  test("quotes no more than the beginning of a long expression", () => {
    const error = failureOf({ output: { x: { value: `\${nope("${"x".repeat(10_000)}")}` } } });
    expect(error.message.length).toBeLessThan(400);
  });

  test.each([
    ["a function of time", "${timestamp()}", "UNKNOWN_FUNCTION", /timestamp is not supported: it gives another value/],
    ["an unknown function", "${nope(1)}", "UNKNOWN_FUNCTION", /the function nope is not supported/],
    [
      "a provider's function",
      '${provider::terraform::encode_expr("x")}',
      "UNKNOWN_FUNCTION",
      /the function provider::terraform::encode_expr is not/,
    ],
    ["an ARN that is none", '${provider::aws::arn_parse("arn:aws")}', "EXPRESSION_FAILED", /"arn:aws" is no ARN/],
    [
      "a role's ARN that is none",
      '${provider::aws::trim_iam_role_path("arn:aws:iam::1:user/x")}',
      "EXPRESSION_FAILED",
      /is no ARN of a role/,
    ],
    ["an open directive", "%{if true}x", "INVALID_EXPRESSION", /expected %{endif}, found the end/],
    ["an unknown directive", "%{while true}x%{endwhile}", "INVALID_EXPRESSION", /expected if or for, found "while"/],
    ["a directive that begins nothing", "x%{endif}", "INVALID_EXPRESSION", /unexpected "%{"/],
    [
      "each",
      "${each.value}",
      "UNSUPPORTED_EXPRESSION",
      /each\.value, which has no value outside of known instances, is not supported/,
    ],
    ["self", "${self.id}", "UNSUPPORTED_EXPRESSION", /self\.id, which .* is not supported/],
    ["a regular expression that is none", '${regex("(", "b")}', "EXPRESSION_FAILED", /"\(" is no regular expression/],
    ["an open interpolation", "${local.list", "INVALID_EXPRESSION", /ends too early at character 13/],
    ["an open string", '${"x}', "INVALID_EXPRESSION", /ends too early/],
    ["an empty interpolation", "${}", "INVALID_EXPRESSION", /unexpected "}" at character 3/],
    ["two expressions", "${1 2}", "INVALID_EXPRESSION", /expected }, found "2" at character 5/],
    ["a foreign character", "${1 @ 2}", "INVALID_EXPRESSION", /unexpected "@"/],
    ["an unknown escape", '${"\\q"}', "INVALID_EXPRESSION", /unknown escape/],
    ["a line break in a string", '${"a\nb"}', "INVALID_EXPRESSION", /line break/],
    ["half a reference", "${local}", "EXPRESSION_FAILED", /local is not a whole reference/],
    ["a missing attribute", "${local.map.gone}", "EXPRESSION_FAILED", /no attribute "gone"/],
    [
      "a missing attribute beside what does not decide",
      "${true && local.map.gone}",
      "EXPRESSION_FAILED",
      /no attribute/,
    ],
    ["two sides without a value", "${local.map.gone || local.list[9]}", "EXPRESSION_FAILED", /no attribute "gone"/],
    ["a missing element", "${local.list[4]}", "EXPRESSION_FAILED", /no element 4 in a list of 4/],
    ["a list in a string", "x${local.list}", "EXPRESSION_FAILED", /must be a string, not list/],
    ["null in a string", "x${null}", "EXPRESSION_FAILED", /must be a string, not null/],
    ["a division by zero", "${1 / 0}", "EXPRESSION_FAILED", /divides by zero/],
    [
      "a literal of too many digits",
      `\${${"9".repeat(20_000)}}`,
      "UNSUPPORTED_EXPRESSION",
      /a number of so many digits is not supported/,
    ],
    ["a function that terraform has not", '${strlen("x")}', "UNKNOWN_FUNCTION", /strlen/],
    ["a wrong argument", "${upper(local.list)}", "EXPRESSION_FAILED", /argument 1 must be a string, not list/],
    ["too few arguments", '${replace("a", "b")}', "EXPRESSION_FAILED", /replace takes 3 arguments, not 2/],
    ["results of two types", '${true ? [1] : "a"}', "EXPRESSION_FAILED", /list and string have no common type/],
    ["a key twice", "${{for s in local.list : s => s}}", "EXPRESSION_FAILED", /the key "a" twice/],
    ["a try without end", "${try(local.map.x, local.map.y)}", "EXPRESSION_FAILED", /no argument of try works/],
    ["a width without end", '${format("%999999999999d", 1)}', "OVER_BUDGET", /too large/],
    ["a precision without end", '${format("%.99999999f", 1)}', "OVER_BUDGET", /too large/],
    [
      "work without end",
      "${length([for a in range(1024): length([for b in range(1024): length([for c in range(1024): c])])])}",
      "OVER_BUDGET",
      /more than 3000000 steps/,
    ],
    ["deep nesting", `\${${"(".repeat(2_000)}1${")".repeat(2_000)}}`, "UNSUPPORTED_EXPRESSION", /nested more than/],
    ["deep negation", `\${${"!".repeat(5_000)}true}`, "UNSUPPORTED_EXPRESSION", /nested more than/],
    ["nested templates", `${'${"'.repeat(2_000)}${'"}'.repeat(2_000)}`, "UNSUPPORTED_EXPRESSION", /nested more than/],
    ["a value without end", "${length([for a in range(1024): [for b in range(1024): b]])}", "OVER_BUDGET", /too large/],
    ["a long sum", `\${1${"+1".repeat(5_000)}}`, "UNSUPPORTED_EXPRESSION", /more than 1000 operators/],
    ["an endless sum", `\${1${"+1".repeat(50_000)}}`, "UNSUPPORTED_EXPRESSION", /more than 20000 words/],
  ])("fails on %s", (_, value, code, reason) => {
    const error = failureOf({ locals, output: { x: { value } } });
    expect(error.code).toBe(code);
    expect(error.message).toMatch(reason);
    expect(error.message).toMatch(/^output\.x.*\.$/);
  });
});
