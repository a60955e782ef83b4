import { describedIn, publishTool, publishTools } from "../../../emulator/cloud/gateway/tool";

const addNumbers = {
  name: "add_numbers",
  description: "Add two numbers together",
  title: "Add",
  inputSchema: {
    title: "add_numbersArguments",
    type: "object",
    properties: { a: { title: "A", type: "integer" }, title: { title: "Title", type: "string" } },
    required: ["a"],
  },
  outputSchema: { type: "object" },
};

describe("publishing a tool of a target", () => {
  test("prefixes the target's name, drops titles and the output schema, and keeps a property called title", () => {
    expect(JSON.stringify(publishTool("demo", addNumbers).description)).toBe(
      JSON.stringify({
        inputSchema: {
          type: "object",
          properties: { a: { type: "integer" }, title: { type: "string" } },
          required: ["a"],
        },
        name: "demo___add_numbers",
        description: "Add two numbers together",
      }),
    );
  });

  test.each<[string, string[]]>([
    ["2025-03-26", ["annotations"]],
    ["2025-06-18", ["annotations", "outputSchema"]],
    ["2025-11-25", ["annotations", "outputSchema", "icons"]],
    ["2026-07-28", ["annotations", "outputSchema", "icons"]],
  ])("shows callers of %s the members %j besides, whatever else a server says of a tool", (version, members) => {
    const tool = publishTool("demo", {
      ...addNumbers,
      annotations: { readOnlyHint: true },
      icons: [],
      _meta: {},
    } as never);
    const shown = Object.keys(describedIn(tool, version));
    expect(shown).toEqual(["inputSchema", "name", "description", ...members]);
  });

  test.each([
    ["fits", ["a", 1], []],
    ["has a place of another type", ["a", "b"], ["Field '/pair/1' has invalid type: string found, number expected"]],
    ["has one place too many", ["a", 1, 2], ["Field '/pair' must NOT have more than 2 items"]],
  ])("checks each place of a list that %s", (_, pair, faults) => {
    const prefixItems = [{ type: "string" }, { type: "number" }];
    const properties = { pair: { type: "array", prefixItems, items: false }, prefixItems: { type: "string" } };
    const tool = publishTool("demo", { name: "x", inputSchema: { type: "object", properties } });
    expect(tool.faults({ pair })).toEqual(faults);
    expect(tool.description.inputSchema).toEqual({ type: "object", properties });
  });

  const PERSON = { type: "object", allOf: [{ properties: { name: { type: "string" } } }] };
  const PAIR = { type: "array", items: [{ type: "string" }] };
  test.each<[string, object, object, string[]]>([
    [
      "unevaluatedProperties",
      { ...PERSON, unevaluatedProperties: false },
      { name: "Ada", age: 36 },
      [
        "unevaluatedProperties validation failed: property 'age' is not evaluated and the schema does not allow unevaluated properties",
      ],
    ],
    ["unevaluatedProperties, which are none", { ...PERSON, unevaluatedProperties: false }, { name: "Ada" }, []],
    [
      "unevaluatedItems",
      { properties: { pair: { type: "array", prefixItems: [{}], unevaluatedItems: false } } },
      { pair: [1, 2] },
      ["Field '/pair' must NOT have more than 1 items"],
    ],
    [
      "dependentRequired",
      { dependentRequired: { card: ["address"] } },
      { card: 1 },
      ["Field '' must have property address when property card is present"],
    ],
    [
      "dependentSchemas",
      { dependentSchemas: { card: { required: ["address"] } } },
      { card: 1 },
      ["Missing required field(s): 'address'"],
    ],
    [
      "minContains",
      { properties: { some: { type: "array", contains: { type: "string" }, minContains: 2 } } },
      { some: ["a"] },
      ["Field '/some' must contain at least 2 valid item(s)"],
    ],
    [
      "$dynamicRef",
      {
        $dynamicAnchor: "node",
        properties: { next: { $dynamicRef: "#node" }, value: { type: "number" } },
        unevaluatedProperties: false,
      },
      { next: { next: { value: "1" } } },
      ["Field '/next/next/value' has invalid type: string found, number expected"],
    ],
    [
      "lists of items beside newer ones, as 2019-09 has them",
      { properties: { pair: PAIR }, dependentRequired: { pair: ["other"] } },
      { pair: [1], other: 1 },
      ["Field '/pair/0' has invalid type: integer found, string expected"],
    ],
    [
      "$recursiveRef of 2019-09",
      {
        $schema: "https://json-schema.org/draft/2019-09/schema",
        $recursiveAnchor: true,
        properties: { next: { $recursiveRef: "#" }, value: { type: "number" } },
      },
      { next: { value: "1" } },
      ["Field '/next/value' has invalid type: string found, number expected"],
    ],
    [
      "none of draft 7, which says that it is one",
      { $schema: "http://json-schema.org/draft-07/schema#", dependentRequired: { card: ["address"] } },
      { card: 1 },
      [],
    ],
  ])("checks %s", (_, schema, toolArguments, faults) => {
    const tool = publishTool("demo", { name: "x", inputSchema: { type: "object", ...schema } });
    expect(tool.faults(toolArguments)).toEqual(faults);
  });

  test("accepts schemas that carry their own $id and $schema twice over", () => {
    const inputSchema = { $schema: "https://json-schema.org/draft/2020-12/schema", $id: "urn:x", type: "object" };
    expect(publishTool("one", { name: "x", inputSchema }).faults({})).toEqual([]);
    expect(publishTool("two", { name: "x", inputSchema }).faults({})).toEqual([]);
  });

  test("takes 256 characters for its name with the target's", () => {
    const named = (length: number) => ({ name: "x".repeat(length), inputSchema: { type: "object" } });
    expect(publishTool("demo", named(249)).description.name).toHaveLength(256);
    expect(() => publishTool("demo", named(250))).toThrow(/has a name of 257 characters .* at most 256 are supported/);
  });

  test.each([
    ["an unknown type", { type: "no such type" }],
    ["a reference to nowhere", { $ref: "#/$defs/Nothing" }],
    [
      "a pattern that is no regular expression",
      { type: "object", properties: { a: { type: "string", pattern: "(?i)x" } } },
    ],
    ["no end to it", Array.from({ length: 5_000 }).reduce<Record<string, unknown>>((schema) => ({ not: schema }), {})],
    ["a keyword that is used wrongly", { type: "object", properties: { a: { nullable: true } } }],
  ])("fails on an input schema with %s", (_, inputSchema: Record<string, unknown>) => {
    expect(() => publishTool("demo", { name: "x", inputSchema })).toThrow(/input schema of the tool x/);
  });

  test("breaks off a schema that takes too long to read", () => {
    const properties = Object.fromEntries(
      Array.from({ length: 60_000 }, (_, index) => [`p${index}`, { pattern: "^a$" }]),
    );
    const tool = { name: "huge", inputSchema: { type: "object", properties } };
    expect(JSON.stringify(tool).length).toBeGreaterThan(1_500_000);
    expect(() => publishTools("demo", [addNumbers, tool, addNumbers], 300)).toThrow(
      "The input schema of the tool huge is invalid: it takes more than 0.3 s to read it and those before it",
    );
    expect(publishTools("demo", [addNumbers], 5_000)).toHaveLength(1);
  });

  test("reads a schema of 5 MB that is plain, and checks arguments against it", () => {
    const description = "x".repeat(5_000_000);
    const inputSchema = { type: "object", properties: { a: { type: "integer", description } } };
    const [tool] = publishTools("demo", [{ name: "long", inputSchema }], 5_000);
    expect(tool?.faults({ a: "1" })).toEqual(["Field '/a' has invalid type: string found, integer expected"]);
  });

  test.each([
    ["nested repetition", "^(a+)+$"],
    ["a reference to a group and a look ahead", "^(?=(a+)+$)(a)?.*\\1$"],
  ])("breaks off a pattern with %s, and goes on", (_, pattern) => {
    const tool = property({ type: "string", pattern });
    const broken = ["The arguments cannot be checked against the input schema: it takes more than 1 s"];
    expect(tool.faults({ a: `${"a".repeat(40)}!` })).toEqual(broken);
    expect(tool.faults({ a: "aa" })).toEqual([]);
  });

  test("tells of a schema that leads back to itself without end", () => {
    const inputSchema = { $ref: "#/$defs/a", $defs: { a: { allOf: [{ $ref: "#/$defs/a" }] } } };
    expect(publishTool("demo", { name: "x", inputSchema }).faults({})).toEqual([
      "The arguments cannot be checked against the input schema: it has no end",
    ]);
  });

  const property = (schema: object) =>
    publishTool("demo", { name: "x", inputSchema: { type: "object", properties: { a: schema } } });

  test("leaves titles in the values that a schema allows", () => {
    const options = property({ enum: [{ title: "Dr." }], default: { title: "Dr." } });
    expect(options.description.inputSchema).toEqual({
      type: "object",
      properties: { a: { enum: [{ title: "Dr." }], default: { title: "Dr." } } },
    });
    expect(options.faults({ a: { title: "Dr." } })).toEqual([]);
  });

  test("takes a pattern that needs the flag u, and one that holds without it alone", () => {
    expect(property({ type: "string", pattern: "^\\p{Lu}$" }).faults({ a: "Ä" })).toEqual([]);
    expect(property({ type: "string", pattern: "^[\\w\\_]+$" }).faults({ a: "b_c" })).toEqual([]);
  });

  test("knows what every object has from an argument of its name", () => {
    const inputSchema = { type: "object", properties: { constructor: { type: "string" } } };
    expect(publishTool("demo", { name: "x", inputSchema }).faults({})).toEqual([]);
    const demanding = publishTool("demo", { name: "x", inputSchema: { ...inputSchema, required: ["constructor"] } });
    expect(demanding.faults({})).toEqual(["Missing required field(s): 'constructor'"]);
  });

  test.each([
    ['{"__proto__":"a"}', []],
    ['{"__proto__":1}', ["Field '/__proto__' has invalid type: integer found, string expected"]],
    ["{}", ["Missing required field(s): '__proto__'"]],
  ])("checks an argument of the name of prototypes in %s", (toolArguments, faults) => {
    const properties: unknown = JSON.parse('{"__proto__":{"type":"string"}}');
    const inputSchema = { type: "object", properties, required: ["__proto__"], additionalProperties: false };
    const tool = publishTool("demo", { name: "x", inputSchema });
    expect(tool.faults(JSON.parse(toolArguments))).toEqual(faults);
    expect(tool.description.inputSchema).toEqual(inputSchema);
  });

  test.each([
    [{}, ["Missing required field(s): 'a'"]],
    [{ a: "5" }, ["Field '/a' has invalid type: string found, integer expected"]],
    [{ a: 5.5 }, ["Field '/a' has invalid type: number found, integer expected"]],
    [{ a: null }, ["Field '/a' has invalid type: null found, integer expected"]],
    [{ a: 5, title: 1 }, ["Field '/title' has invalid type: integer found, string expected"]],
    [[], ["Field '' has invalid type: array found, object expected"]],
    [{ a: 5 }, []],
  ])("words the faults of the arguments %j as AWS does", (toolArguments, faults) => {
    expect(publishTool("demo", addNumbers).faults(toolArguments)).toEqual(faults);
  });

  test("names every property that the schema does not allow", () => {
    const inputSchema = { type: "object", properties: {}, additionalProperties: false };
    expect(publishTool("demo", { name: "x", inputSchema }).faults({ y: 1, z: 2 })).toEqual([
      "additionalProperties validation failed: property 'y' is not defined in the schema and the schema does not allow additional properties",
      "additionalProperties validation failed: property 'z' is not defined in the schema and the schema does not allow additional properties",
    ]);
  });
});
