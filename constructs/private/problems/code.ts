import type { Problem } from "../errors";
import { problem, quote } from "./problem";

export const missingCode = (directory: string) =>
  problem("CODE_INVALID", `The code ${quote(directory)} is not a directory: pass the one to deploy.`);

export const missingEntrypoint = (directory: string, file: string) =>
  problem(
    "CODE_INVALID",
    `The code ${quote(directory)} has no file ${quote(file)}: end the entrypoint with the one that starts the server.`,
  );

export const invalidEntrypoint = (entrypoint: readonly string[]) =>
  problem(
    "CODE_INVALID",
    `The entrypoint ${quote(entrypoint.join(" "))} is not valid: pass the file that starts the server, .py or .js, ` +
      'with at most one word before it, as in ["opentelemetry-instrument", "main.py"].',
  );

export function codeTooLarge(bytes: number, limit: number): Problem {
  const megabytes = (count: number) => Math.round(count / 1024 / 1024);
  return problem(
    "CODE_INVALID",
    `The code has ${megabytes(bytes)} MB, and AgentCore takes archives of 250 MB, 750 MB unpacked ` +
      `(here the limit is ${megabytes(limit)} MB): leave files out by exclude, or deploy an image.`,
  );
}
