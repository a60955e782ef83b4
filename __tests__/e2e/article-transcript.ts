/** The answers that the article prints, to be compared as JSON. */
export const LISTED = {
  jsonrpc: "2.0",
  id: 1,
  result: {
    tools: [
      {
        inputSchema: { type: "object", properties: { query: { type: "string" } }, required: ["query"] },
        name: "x_amz_bedrock_agentcore_search",
        description:
          "A special tool that returns a trimmed down list of tools given a context. Use this tool only when there are many tools available and you want to get a subset that matches the provided context.",
      },
      {
        inputSchema: {
          type: "object",
          properties: { a: { type: "integer" }, b: { type: "integer" } },
          required: ["a", "b"],
        },
        name: "m2m-auth-demo-mcp-target___add_numbers",
        description: "Add two numbers together",
      },
      {
        inputSchema: { type: "object", properties: { name: { type: "string" } }, required: ["name"] },
        name: "m2m-auth-demo-mcp-target___greet_user",
        description: "Greet a user by name",
      },
      {
        inputSchema: {
          type: "object",
          properties: { a: { type: "integer" }, b: { type: "integer" } },
          required: ["a", "b"],
        },
        name: "m2m-auth-demo-mcp-target___multiply_numbers",
        description: "Multiply two numbers together",
      },
    ],
  },
};

export const ADDED = {
  jsonrpc: "2.0",
  id: 2,
  result: { content: [{ type: "text", text: "8" }], isError: false, structuredContent: { result: 8 } },
};

export const GREETED = {
  jsonrpc: "2.0",
  id: 3,
  result: {
    content: [{ type: "text", text: "Hello, Alice! Nice to meet you." }],
    isError: false,
    structuredContent: { result: "Hello, Alice! Nice to meet you." },
  },
};
