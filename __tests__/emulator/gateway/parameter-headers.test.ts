import { checkParameterHeaders } from "../../../emulator/cloud/gateway/protocol/parameter-headers";
import { headersOfArguments, parameterHeaders } from "../../../targets/mcp-headers";

const property = (type: string, header: unknown) => ({ type, "x-mcp-header": header });
const object = (properties: object, more: object = {}) => ({ type: "object", properties, ...more });

test.each<[string, object]>([
  ["nothing", object({ region: { type: "string" } })],
  ["a text", object({ region: property("string", "Region") })],
  ["a number", object({ count: property("integer", "Count") })],
  ["a truth", object({ dry: property("boolean", "Dry-Run") })],
  ["what stands deeper", object({ where: object({ region: property("string", "Region") }) })],
  ["beside conditions", object({ a: property("string", "A") }, { anyOf: [{ required: ["a"] }] })],
])("a tool may ask for %s", (_, schema) => {
  expect(parameterHeaders({ ...schema })).toBeDefined();
});

test.each<[string, object]>([
  ["no name", object({ a: property("string", "") })],
  ["a name that is no text", object({ a: property("string", 1) })],
  ["a name with a blank", object({ a: property("string", "My Region") })],
  ["a name that breaks the line", object({ a: property("string", "A\r\nX: y") })],
  ["one name twice, in whatever case", object({ a: property("string", "Region"), b: property("string", "REGION") })],
  ["a broken number", object({ a: property("number", "A") })],
  ["an object", object({ a: { ...object({}), "x-mcp-header": "A" } })],
  ["several types", object({ a: { type: ["string", "null"], "x-mcp-header": "A" } })],
  ["the whole", object({}, { "x-mcp-header": "A" })],
  ["the entries of a list", object({ a: { type: "array", items: property("string", "A") } })],
  ["one of several", object({ a: { oneOf: [property("string", "A")] } })],
  ["what a condition adds", object({}, { if: {}, then: object({ a: property("string", "A") }) })],
  ["what is referred to", object({ a: { $ref: "#/$defs/a" } }, { $defs: { a: property("string", "A") } })],
])("no tool may ask for %s", (_, schema) => {
  expect(parameterHeaders({ ...schema })).toBeUndefined();
  expect(headersOfArguments({ ...schema }, { a: "1" })).toStrictEqual({});
});

const SCHEMA = object({
  region: property("string", "Region"),
  count: property("integer", "Count"),
  where: object({ dry: property("boolean", "Dry") }),
});

test.each<[object | null, object]>([
  [
    { region: "us-west1", count: 42, where: { dry: true } },
    { region: "us-west1", count: "42", dry: "true" },
  ],
  [{ region: "Hello, 世界" }, { region: "=?base64?SGVsbG8sIOS4lueVjA==?=" }],
  [{ region: " padded " }, { region: "=?base64?IHBhZGRlZCA=?=" }],
  [{ region: "line1\nline2" }, { region: "=?base64?bGluZTEKbGluZTI=?=" }],
  [{ region: "=?base64?literal?=" }, { region: "=?base64?PT9iYXNlNjQ/bGl0ZXJhbD89?=" }],
  [{ region: null, where: {} }, {}],
  [null, {}],
])("the arguments %j are repeated as the specification's examples are", (given, expected) => {
  const stated = Object.entries(expected).map(([name, value]) => [`mcp-param-${name}`, String(value)]);
  const headers = Object.fromEntries(stated) as Record<string, string>;
  expect(headersOfArguments(SCHEMA, given)).toStrictEqual(headers);
  expect(() => checkParameterHeaders(SCHEMA, given, new Headers(headers))).not.toThrow();
});

test.each<[object, Record<string, string>, string]>([
  [{ region: "us-west1" }, {}, "mcp-param-region"],
  [{ region: "us-west1" }, { region: "us-east1" }, "mcp-param-region"],
  [{ region: "us-west1" }, { region: "US-WEST1" }, "mcp-param-region"],
  [{}, { region: "us-west1" }, "mcp-param-region"],
  [{ region: null }, { region: "null" }, "mcp-param-region"],
  [{ region: "a" }, { region: "=?base64?YQ?=" }, "mcp-param-region"],
  [{ region: "=?base64?!?=" }, { region: "=?base64?!?=" }, "mcp-param-region"],
  [{ count: 42 }, { count: "43" }, "mcp-param-count"],
  [{ count: 42 }, { count: "" }, "mcp-param-count"],
  [{ where: { dry: true } }, { dry: "1" }, "mcp-param-dry"],
])("the arguments %j do not agree with %j", (given, headers, name) => {
  const stated = new Headers(Object.entries(headers).map(([key, value]) => [`mcp-param-${key}`, value]));
  expect(() => checkParameterHeaders(SCHEMA, given, stated)).toThrow(`Header mismatch: ${name} must be the argument`);
});

test("numbers are compared as such", () => {
  expect(() => checkParameterHeaders(SCHEMA, { count: 42 }, new Headers({ "mcp-param-count": "42.0" }))).not.toThrow();
});
