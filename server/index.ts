// server/: the bundled MCP server; here stands what programs can import.
export type { ContentAnnotations, ContentBlock, ToolAnnotations } from "./content";
export { StartError } from "./errors";
export type { Limits } from "./http/limits";
export { createLog, LOG_LEVELS, type LogFields, type Logger, type LogLevel, type LogOptions } from "./log";
export { type RunningServer, startServer, type StartOptions } from "./start";
export {
  type ClientRequest,
  type ContentTool,
  defineTool,
  type Elicitation,
  type Progress,
  type Question,
  type StructuredTool,
  type Tool,
  type ToolContext,
  ToolError,
} from "./tool";
export type { ToolFile } from "./tool-files";
