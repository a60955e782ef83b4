import { policyPattern } from "../../topology";

/** All texts of up to so many of the given characters. */
function texts(characters: readonly string[], longest: number): string[] {
  const shorter = longest === 0 ? [] : texts(characters, longest - 1);
  const longestOnes = shorter.filter((text) => text.length === longest - 1);
  return longest === 0 ? [""] : [...shorter, ...longestOnes.flatMap((text) => characters.map((each) => text + each))];
}

/** The definition, tried out letter by letter. */
function fits(pattern: string, text: string): boolean {
  const [first] = pattern;
  if (first === undefined) return text === "";
  if (first === "*") return fits(pattern.slice(1), text) || (text !== "" && fits(pattern, text.slice(1)));
  return text !== "" && (first === "?" || first === text[0]) && fits(pattern.slice(1), text.slice(1));
}

test("a pattern fits what its definition says", () => {
  const candidates = texts(["a", "b"], 5);
  const wrong = texts(["a", "b", "*", "?"], 5).flatMap((pattern) => {
    const expression = policyPattern(pattern);
    return candidates.filter((text) => expression.test(text) !== fits(pattern, text)).map((text) => [pattern, text]);
  });
  expect(wrong).toEqual([]);
});

test.each([
  ["arn:*:runtime/a.b+(c)[d]{e}^$|\\/1*2", "arn:aws:runtime/a.b+(c)[d]{e}^$|\\/1-2", true],
  ["a.c", "abc", false],
  ["*1*0*", "x10", true],
  ["?", "😀", true],
  ["a*b", "a\nb", true],
  [
    Array.from({ length: 120 }, (_, index) => `*${index},`).join(""),
    Array.from({ length: 120 }, (_, index) => `${index},`).join(""),
    true,
  ],
])("%s", (pattern, text, expected) => {
  expect(policyPattern(pattern).test(text)).toBe(expected);
});

test("no pattern keeps its reader busy", () => {
  expect(policyPattern(`${"?*".repeat(12)}!`).test("arn:aws:bedrock-agentcore:".repeat(40))).toBe(false);
  expect(policyPattern("*a".repeat(3_000)).test("a".repeat(3_000))).toBe(true);
  expect(policyPattern(`${"*a".repeat(200)}!`).test("a".repeat(2_000))).toBe(false);
});
