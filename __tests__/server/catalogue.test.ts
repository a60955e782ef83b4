import * as z from "zod";
import { makeCatalogue } from "../../server/calls/catalogue";
import { StartError } from "../../server/errors";
import { checkParamHeaders } from "../../server/mcp-2026/headers";
import { defineTool } from "../../server/tool";
import { loadToolFiles } from "../../server/tool-files";

const valid = { name: "echo", description: "Says it again", input: z.object({ text: z.string() }), handler: () => [] };

function listing(tool: unknown): unknown {
  return [...makeCatalogue([{ file: "tools/echo.ts", exports: { tool } }]).values()][0]?.listing;
}

test("finds every file of server/tools, in the order of their names", () => {
  expect(loadToolFiles().map(({ file }) => file)).toStrictEqual([
    "tools/add-numbers.ts",
    "tools/greet-user.ts",
    "tools/multiply-numbers.ts",
  ]);
});

test("advertises bounds, defaults and descriptions, but neither $schema nor JavaScript's integer bounds", () => {
  const input = z.object({
    count: z.int().min(1).describe("How often"),
    depth: z.int().default(2),
    deep: z.object({ list: z.array(z.int()).max(3) }),
  });
  expect(listing(defineTool({ ...valid, input }))).toStrictEqual({
    name: "echo",
    description: "Says it again",
    inputSchema: {
      type: "object",
      properties: {
        count: { type: "integer", minimum: 1, description: "How often" },
        depth: { type: "integer", default: 2 },
        deep: {
          type: "object",
          properties: { list: { type: "array", items: { type: "integer" }, maxItems: 3 } },
          required: ["list"],
        },
      },
      required: ["count", "deep"],
    },
  });
});

test("advertises an object as output, and any other value under the key result", () => {
  const object = defineTool({ ...valid, output: z.object({ n: z.int() }), handler: () => ({ n: 1 }) });
  const list = defineTool({ ...valid, output: z.array(z.string()), handler: () => [] });
  expect(listing(object)).toMatchObject({ outputSchema: { type: "object", properties: { n: { type: "integer" } } } });
  expect(listing(list)).toMatchObject({
    outputSchema: { type: "object", properties: { result: { type: "array", items: { type: "string" } } } },
  });
});

test("advertises title and annotations as given", () => {
  const tool = defineTool({ ...valid, title: "Echo", annotations: { readOnlyHint: true } });
  expect(listing(tool)).toMatchObject({ title: "Echo", annotations: { readOnlyHint: true } });
});

test.each([
  ["NOT_A_TOOL", undefined],
  ["NOT_A_TOOL", null],
  ["NOT_A_TOOL", { name: "echo" }],
  ["TOOL_NAME", { ...valid, name: "has space" }],
  ["TOOL_NAME", { ...valid, name: "" }],
  ["TOOL_NAME", { ...valid, name: "x".repeat(129) }],
  ["TOOL_DESCRIPTION", { ...valid, description: "" }],
  ["TOOL_INPUT", { ...valid, input: z.string() }],
  ["TOOL_SCHEMA", { ...valid, input: z.object({ when: z.date() }) }],
  ["TOOL_SCHEMA", { ...valid, output: z.bigint() }],
])("fails with %s and one sentence for %j", (code, tool) => {
  const error = catchStartError(() => makeCatalogue([{ file: "tools/echo.ts", exports: { tool } }]));
  expect(error.code).toBe(code);
  expect(error.message).toMatch(/^tools\/echo\.ts[^\n]*\.$/);
});

test("fails when two files name one tool", () => {
  const files = ["tools/a.ts", "tools/b.ts"].map((file) => ({ file, exports: { tool: valid } }));
  const error = catchStartError(() => makeCatalogue(files));
  expect(error.message).toBe("tools/b.ts and tools/a.ts both name their tool echo: rename one of them.");
});

test("fails without any tool", () => {
  expect(catchStartError(() => makeCatalogue([])).code).toBe("NO_TOOLS");
});

function catchStartError(action: () => unknown): StartError {
  try {
    action();
  } catch (error) {
    if (error instanceof StartError) return error;
    throw error;
  }
  throw new Error("It did not fail");
}

test("no header needs to repeat an argument that is not given, whatever its name", () => {
  const input = z.object({ constructor: z.string().optional().meta({ "x-mcp-header": "Made-By" }) });
  const tool = defineTool({ ...valid, input });
  const [entry] = makeCatalogue([{ file: "tools/echo.ts", exports: { tool } }]).values();
  expect(checkParamHeaders(entry?.mirroredHeaders ?? new Map(), {}, {})).toBeUndefined();
  expect(checkParamHeaders(entry?.mirroredHeaders ?? new Map(), { constructor: "x" }, {})).toBe(
    "Mcp-Param-Made-By must be the argument constructor",
  );
});
