import { problem, quote } from "./problem";

export const invalidToolSchema = (what: string, advice: string) =>
  problem("SCHEMA_INVALID", `The tool schema is not valid: ${what}; ${advice}.`);

export const missingSchemaFile = (path: string, reason: string) =>
  problem(
    "SCHEMA_INVALID",
    `The schema file ${quote(path)} cannot be read (${reason}): pass the path of a file that exists.`,
  );

export const staleToolList = (path: string) =>
  problem(
    "SCHEMA_INVALID",
    `The list of tools ${quote(path)} was made before the server's sources became what they are: run ` +
      "`npm run bundle` in the package, and synthesize again.",
  );

export const apiGatewayNeedsFilter = () =>
  problem(
    "SCHEMA_INVALID",
    "toolFilters is empty, so the API Gateway target would have no tool: name at least one path with a method.",
  );
