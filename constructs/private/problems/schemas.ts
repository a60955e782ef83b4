import type { Problem } from "../errors";
import { quote } from "./quote";

export function invalidToolSchema(what: string, advice: string): Problem {
  return { code: "SCHEMA_INVALID", message: `The tool schema is not valid: ${what}; ${advice}.` };
}

export function missingSchemaFile(path: string, reason: string): Problem {
  return {
    code: "SCHEMA_INVALID",
    message: `The schema file ${quote(path)} cannot be read (${reason}): pass the path of a file that exists.`,
  };
}

export function staleToolList(path: string): Problem {
  return {
    code: "SCHEMA_INVALID",
    message:
      `The list of tools ${quote(path)} was made before the server's sources became what they are: run ` +
      "`npm run bundle` in the package, and synthesize again.",
  };
}

export function apiGatewayNeedsFilter(): Problem {
  return {
    code: "SCHEMA_INVALID",
    message:
      "toolFilters is empty, so the API Gateway target would have no tool: name at least one path with a method.",
  };
}
