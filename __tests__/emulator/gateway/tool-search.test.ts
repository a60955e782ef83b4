import { searchTools } from "../../../emulator/cloud/gateway/catalogue/tool-search";

const tools = [
  { name: "demo___add_numbers", description: "Add two numbers together", inputSchema: {} },
  { name: "demo___greet_user", description: "Greet a user by name", inputSchema: {} },
  { name: "demo___undescribed", inputSchema: {} },
];

test.each([
  ["add some numbers", "demo___add_numbers"],
  ["greet someone", "demo___greet_user"],
  ["undescribed", "demo___undescribed"],
])("finds for %j the tool %s first", (query, name) => {
  expect(searchTools(tools, query)[0]?.name).toBe(name);
});

test("finds nothing for words that no tool has", () => {
  expect(searchTools(tools, "zzz")).toEqual([]);
});

test("returns at most ten tools", () => {
  const many = Array.from({ length: 50 }, (_, i) => ({ name: `demo___add_${i}`, description: "Add", inputSchema: {} }));
  expect(searchTools(many, "add")).toHaveLength(10);
});
