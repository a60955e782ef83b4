// What the server runs of the SDK. It is imported when it is first needed, since loading it takes as long as all the rest
// of a start, and a call of a tool rarely needs it.
export { Server } from "@modelcontextprotocol/sdk/server/index.js";
export {
  CallToolRequestParamsSchema,
  ContentBlockSchema,
  isInitializeRequest,
  JSONRPCMessageSchema,
  PaginatedRequestParamsSchema,
  ResultSchema,
} from "@modelcontextprotocol/sdk/types.js";
