import { readFileSync } from "node:fs";
import { relative } from "node:path";
import {
  hasErrors,
  jsonReport,
  mermaidReport,
  review as reviewInventory,
  sarifReport,
  textReport,
  type Review,
} from "../../review";
import { type Acknowledgement, inventoryOf, readAcknowledgements } from "../../topology";
import { UsageError } from "../errors";
import { parseParameters } from "../parameters";
import { readStack } from "../stack";
import { paint } from "../terminal";

const FORMATS: Readonly<Record<string, (review: Review, path: string) => string>> = {
  text: (review) => textReport(review, paint),
  json: jsonReport,
  sarif: (review, path) => sarifReport(review, path === "-" ? "plan.json" : relative(process.cwd(), path) || "."),
  mermaid: mermaidReport,
};

/** Prints what a configuration or a plan says about who may call whom. Exit status 1 when something will fail. */
export async function review(parameters: string[]): Promise<void> {
  const { values, positionals } = parseParameters(parameters, {
    format: { type: "string" },
    acknowledgements: { type: "string" },
  });
  const [path = "cdktf.out", ...superfluous] = positionals;
  if (superfluous.length > 0) throw new UsageError(`Name one file or folder, not ${positionals.length}.`);
  const format = values.format ?? "text";
  const report = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (report === undefined)
    throw new UsageError(`There is no format '${format}': use one of ${Object.keys(FORMATS).join(", ")}.`);
  const acknowledgements = values.acknowledgements === undefined ? [] : acknowledgementsIn(values.acknowledgements);
  const result = reviewInventory(inventoryOf(await readStack(path), process.env), acknowledgements);
  process.stdout.write(report(result, path));
  if (hasErrors(result)) process.exitCode = 1;
}

/** A file that holds acknowledgements alone, or a synthesized stack that holds them. */
function acknowledgementsIn(path: string): Acknowledgement[] {
  const content = parsedFile(path);
  const list = readAcknowledgements(content);
  if (list.length === 0)
    throw new UsageError(
      `${path} holds no acknowledgements: write {"acknowledgements": [{"rule": …, "address": …, "reason": …}]}.`,
    );
  return list;
}

function parsedFile(path: string): Record<string, never> {
  try {
    const content = JSON.parse(readFileSync(path, "utf8")) as unknown;
    if (typeof content === "object" && content !== null) return content as Record<string, never>;
  } catch (error) {
    if (!(error instanceof SyntaxError) && (error as NodeJS.ErrnoException).code === undefined) throw error;
  }
  throw new UsageError(`${path} cannot be read as JSON.`);
}
