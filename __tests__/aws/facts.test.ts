import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

import ts from "typescript";

import { readImportGraph } from "../support/import-graph";

/** What code says of AWS, as opposed to what it says to people: a literal without blanks, beside messages and sources. */
interface Literal {
  readonly file: string;
  readonly text: string;
}

const files = [...readImportGraph().keys()].filter((file) => !/^(server|bench|examples)\//.test(file));
const literals = files.flatMap(literalsIn);
const elsewhere = literals.filter(({ file }) => !file.startsWith("aws/"));

function literalsIn(file: string): Literal[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.Latest);
  const found: Literal[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return;
    const isText = ts.isStringLiteralLike(node) || ts.isRegularExpressionLiteral(node) || ts.isNumericLiteral(node);
    if (isText || ts.isTemplateHead(node) || ts.isTemplateMiddle(node) || ts.isTemplateTail(node)) {
      found.push({ file, text: node.text });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** Every text that the modules of aws/ export, in objects and lists too. */
function statedTexts(): Set<string> {
  const modules = readdirSync("aws", { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
  const texts = new Set<string>();
  const collect = (value: unknown): void => {
    if (typeof value === "string") texts.add(value);
    if (typeof value !== "object" || value === null) return;
    // Which rules of the review tell a refusal, is said by their ids.
    for (const [name, inner] of Object.entries(value)) if (name !== "rules") collect(inner);
  };
  for (const path of modules) collect(jest.requireActual(resolve(join("aws", path))));
  return texts;
}

const FOR_PEOPLE = /\s|^https:\/\/(docs|github)\./;
const XML_NAMESPACE = /\/doc\/\d{4}-/;

/** Names that are words of the field as well, values of enumerations among them, which code writes wherever it means them. */
const WORDS =
  /^[a-zA-Z0-9]*$|^[A-Z]+(_[A-Z]+)+$|^(client_credentials|phone_number|20\d\d-10-17)$|^127|^\[::1|^(bedrock-agentcore|cognito-idp|openid-configuration)$|^[A-Za-z]+ [A-Za-z ()]+$/;

test("what aws/ states in text is stated nowhere else", () => {
  const stated = new Set([...statedTexts()].filter((text) => !WORDS.test(text)));
  expect(stated.size).toBeGreaterThan(30);
  expect(elsewhere.filter(({ text }) => stated.has(text))).toEqual([]);
});

test.each([
  ["hosts", /amazonaws\.com|amazoncognito\.com/],
  ["the names of documents", /\.well-known\//],
  ["the service principal", /bedrock-agentcore\.amazonaws/],
  ["the separator of tool names", /___/],
  ["provider releases", /^6\.\d+(\.0)?$/],
  ["the longest lifetime of a session", /^1209600$/],
  ["the default lifetime of a session", /^28800$/],
])("%s: stated in aws/ alone", (_, pattern) => {
  const isNoFact = (text: string) => FOR_PEOPLE.test(text) || XML_NAMESPACE.test(text);
  expect(elsewhere.filter(({ text }) => pattern.test(text) && !isNoFact(text))).toEqual([]);
});
