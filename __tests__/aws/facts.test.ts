import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import ts from "typescript";

import { readImportGraph } from "../support/import-graph";

/** What code says of AWS, as opposed to what it says to people: a literal without blanks, beside messages and sources. */
interface Literal {
  readonly file: string;
  readonly text: string;
}

// The provider of the tests says on its own what AWS's asks, so that it can judge the rest; the page runs in a browser.
const APART = /^(server|bench|examples|provider|emulator\/console)\//;
const files = [...readImportGraph().keys()].filter((file) => !APART.test(file));
const syntax = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
const sources = files.map((file) => ts.createSourceFile(file, readFileSync(file, "utf8"), syntax));
const literals = sources.flatMap(literalsIn);
const elsewhere = literals.filter(({ file }) => !file.startsWith("aws/"));

function literalsIn(source: ts.SourceFile): Literal[] {
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    // A number in another base is a mask of bits or a code of a character.
    const isNumber = ts.isNumericLiteral(node) && !/^0[xbo]/i.test(node.getText(source));
    const isText = ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node) || isNumber;
    if (isText || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) {
      found.push({ file: source.fileName, text: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Every value that the modules of aws/ export, with those in objects and lists. */
function statedValues(): unknown[] {
  const modules = readdirSync("aws", { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  const found: unknown[] = [];
  const collect = (value: unknown): void => {
    found.push(value);
    if (typeof value !== "object" || value === null) return;
    // Which rules of the review tell a refusal, is said by their ids.
    for (const [name, inner] of Object.entries(value)) if (name !== "rules") collect(inner);
  };
  for (const path of modules) collect(jest.requireActual(resolve(join("aws", path))));
  return found;
}

const stated = statedValues();
const statedTexts = stated.filter((value) => typeof value === "string");

const FOR_PEOPLE = /\s|^https:\/\/(docs|github)\./;
const XML_NAMESPACE = /\/doc\/\d{4}-/;

/** Names that are words of the field as well, values of enumerations, versions and the star among them, which code writes wherever it means them. */
const WORDS =
  /^[a-zA-Z0-9]*$|^\*$|^[A-Z]+(_[A-Z]+)+$|^(client_credentials|phone_number|20\d\d-\d\d-\d\d)$|^127|^\[::1|^(bedrock-agentcore|cognito-idp|openid-configuration)$|^[A-Za-z]+ [A-Za-z ()]+$/;

test("what aws/ states in text is stated nowhere else", () => {
  const texts = new Set(statedTexts.filter((text) => !WORDS.test(text)));
  expect(texts.size).toBeGreaterThan(30);
  expect(elsewhere.filter(({ text }) => texts.has(text))).toEqual([]);
});

/** Numbers that tell what they are: round ones, small ones and powers of two count much else. */
const isTelling = (number: number) =>
  number >= 35 && !/^\d0*$/.test(String(number)) && !Number.isInteger(Math.log2(number));

/** Where such a number is another one. */
const OTHER_NUMBERS = [
  { file: "cli/terminal.ts", text: "39", reason: "a code of ANSI" },
  { file: "emulator/http/logs/deliveries.ts", text: "255", reason: "a name of CloudWatch Logs" },
  { file: "emulator/http/logs/filters.ts", text: "255", reason: "a metric of CloudWatch" },
  { file: "emulator/http/logs/index.ts", text: "365", reason: "days for which CloudWatch Logs keeps a log" },
];

test("a number that aws/ states is stated nowhere else", () => {
  const numbers = stated.filter((value) => typeof value === "number").filter(isTelling);
  expect(numbers).toEqual(expect.arrayContaining([39, 48, 63, 99, 365, 1_440, 1_209_600]));
  const texts = new Set(numbers.map(String));
  const isOther = ({ file, text }: Literal) => OTHER_NUMBERS.some((one) => one.file === file && one.text === text);
  expect(elsewhere.filter((literal) => texts.has(literal.text) && !isOther(literal))).toEqual([]);
});

/** A pattern without its anchors and the last length: which characters it takes. */
const shapeOf = (pattern: string) =>
  /^\/?\^?(?:\(\?:)?(\[.{6,}\])(?:[+*]|\{\d+,?\d*\})\)?\$?(?:\/\w*)?$/.exec(pattern)?.[1];

test("the shapes of names are stated in aws/ alone, whatever the length", () => {
  expect(shapeOf("/^[\\w+=,.@-]{1,64}$/u")).toBe("[\\w+=,.@-]");
  const shapes = new Set(statedTexts.flatMap((text) => shapeOf(text) ?? []));
  expect(shapes.size).toBeGreaterThan(5);
  expect(elsewhere.filter(({ text }) => shapes.has(shapeOf(text) ?? ""))).toEqual([]);
});

function textListsIn(source: ts.SourceFile): { file: string; list: string }[] {
  const found: { file: string; list: string }[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isArrayLiteralExpression(node)) {
      const texts = node.elements.filter(ts.isStringLiteralLike).map(({ text }) => text);
      if (texts.length > 1 && texts.length === node.elements.length) {
        found.push({ file: source.fileName, list: listKey(texts) });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const listKey = (texts: readonly string[]) => [...texts].sort().join(" ");

/** A list as it is, and what a table lists: its names, and its lists as one. */
function listedBy(value: unknown): unknown[][] {
  if (typeof value !== "object" || value === null) return [];
  return Array.isArray(value) ? [value] : [Object.keys(value), Object.values(value).flat()];
}

test("a list that aws/ states, such as the standard scopes, is stated nowhere else", () => {
  const isTexts = (list: unknown[]): list is string[] =>
    list.length > 1 && list.every((entry) => typeof entry === "string");
  const lists = new Set(stated.flatMap(listedBy).filter(isTexts).map(listKey));
  expect([...lists]).toEqual(expect.arrayContaining(["amazon aws cognito", "CONTAINS CONTAINS_ANY EQUALS"]));
  const others = sources.filter(({ fileName }) => !fileName.startsWith("aws/")).flatMap(textListsIn);
  expect(others.filter(({ list }) => lists.has(list))).toEqual([]);
});

test.each([
  ["hosts", /amazonaws\.com|amazoncognito\.com/],
  ["the endpoints of user pools", /^\/oauth2\/[a-z]/],
  ["the names of documents", /\.well-known\/(openid-configuration|oauth-)/],
  ["the service principal", /bedrock-agentcore\.amazonaws/],
  ["the separator of tool names", /___/],
  ["provider releases", /^6\.\d+(\.0)?$/],
  ["words that domains may not hold", /amazon\|/],
])("%s: stated in aws/ alone", (_, pattern) => {
  const isNoFact = (text: string) => FOR_PEOPLE.test(text) || XML_NAMESPACE.test(text);
  const plain = (text: string) => text.replaceAll("\\", "");
  expect(elsewhere.filter(({ text }) => pattern.test(plain(text)) && !isNoFact(text))).toEqual([]);
});
