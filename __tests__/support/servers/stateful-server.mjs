// The MCP SDK's own example of a server with sessions, which takes its port by another name.
process.env.MCP_PORT = process.env.PORT;
await import("@modelcontextprotocol/sdk/examples/server/simpleStreamableHttp.js");
