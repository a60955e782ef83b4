// Reached by lazy-sdk.ts alone.
export { Server } from "@modelcontextprotocol/sdk/server/index.js";
export {
  CallToolRequestParamsSchema,
  ContentBlockSchema,
  isInitializeRequest,
  JSONRPCMessageSchema,
  PaginatedRequestParamsSchema,
  ResultSchema,
} from "@modelcontextprotocol/sdk/types.js";
