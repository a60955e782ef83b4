import { invalidVariableFile } from "../../errors";
import { compile, evaluate, ExpressionError } from "../../language";
import type { Value, ValueObject } from "../../language/value";
import type { FileReader } from "./files";

/** The values that a `*.tfvars` or `*.tfvars.json` file gives to variables. */
export interface VariableFile {
  readonly path: string;
  readonly values: ValueObject;
}

/** @throws TopologyError for a file that is not HCL or JSON, or in which a value refers to something. */
export function readVariableFile(path: string, files: FileReader): VariableFile {
  const { content } = files.read(path);
  // In JSON every text is taken as it is.
  if (path.endsWith(".json")) return { path, values: content };
  const values = Object.entries(content).map(([name, value]): [string, Value] => [name, literal(path, name, value)]);
  return { path, values: Object.fromEntries(values) };
}

function literal(path: string, name: string, json: Value): Value {
  try {
    return evaluate(compile(json), {
      resolve: (address) => {
        throw invalidVariableFile(path, name, `it refers to ${address}`);
      },
    }) as Value;
  } catch (error) {
    throw error instanceof ExpressionError ? invalidVariableFile(path, name, error.message) : error;
  }
}
