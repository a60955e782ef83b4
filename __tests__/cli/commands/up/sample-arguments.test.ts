import Ajv from "ajv";

import { sampleArguments } from "../../../../cli/commands/up/sample-arguments";

const object = (properties: object, required = Object.keys(properties)) => ({ type: "object", properties, required });

test.each<[string, object]>([
  ["nothing required", object({ a: { type: "string" } }, [])],
  ["texts", object({ a: { type: "string", minLength: 9 }, b: { type: "string", enum: ["x", "y"] } })],
  ["numbers", object({ a: { type: "integer", minimum: 4 }, b: { type: "number" } })],
  ["nested objects", object({ a: object({ b: { type: "boolean" } }) })],
  ["lists", object({ a: { type: "array", minItems: 2, items: { type: "string" } } })],
  ["a choice", object({ a: { anyOf: [{ type: "string" }, { type: "null" }] } })],
  ["several types", object({ a: { type: ["integer", "null"] } })],
  [
    "what is given",
    object({ a: { const: 5 }, b: { type: "string", default: "d" }, c: { type: "string", examples: ["e"] } }),
  ],
])("what is made up fits the schema of %s", (_, schema) => {
  expect(new Ajv({ strict: false }).validate(schema, sampleArguments(schema))).toBe(true);
});

test.each([[undefined], [null], [[]], ["text"], [{ type: "object", required: "all" }]])(
  "no schema (%j) takes no arguments",
  (schema) => {
    expect(sampleArguments(schema)).toEqual({});
  },
);

test("a schema within itself comes to an end", () => {
  const schema: Record<string, unknown> = { type: "object", required: ["child"] };
  schema["properties"] = { child: schema };
  expect(JSON.stringify(sampleArguments(schema))).toBe(
    '{"child":{"child":{"child":{"child":{"child":{"child":{"child":null}}}}}}}',
  );
});
