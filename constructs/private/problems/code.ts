import type { Problem } from "../errors";
import { quote } from "./quote";

export function missingCode(directory: string): Problem {
  return { code: "CODE_INVALID", message: `The code ${quote(directory)} is not a directory: pass the one to deploy.` };
}

export function missingEntrypoint(directory: string, file: string): Problem {
  return {
    code: "CODE_INVALID",
    message: `The code ${quote(directory)} has no file ${quote(file)}: end the entrypoint with the one that starts the server.`,
  };
}

export function invalidEntrypoint(entrypoint: readonly string[]): Problem {
  return {
    code: "CODE_INVALID",
    message:
      `The entrypoint ${quote(entrypoint.join(" "))} is not valid: pass the file that starts the server, .py or .js, ` +
      'with at most one word before it, as in ["opentelemetry-instrument", "main.py"].',
  };
}

export function codeTooLarge(bytes: number, limit: number): Problem {
  const megabytes = (count: number) => Math.round(count / 1024 / 1024);
  return {
    code: "CODE_INVALID",
    message:
      `The code has ${megabytes(bytes)} MB, and AgentCore takes archives of 250 MB, 750 MB unpacked ` +
      `(here the limit is ${megabytes(limit)} MB): leave files out by exclude, or deploy an image.`,
  };
}
