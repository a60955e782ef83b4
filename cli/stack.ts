import { type Document, parseDocument, readDocument } from "../topology";
import { readStandardInput, STANDARD_INPUT } from "./standard-input";

/**
 * Reads the configuration or plan that a command is given.
 * @param path - `-` is standard input
 * @throws TopologyError when it is neither.
 */
export async function readStack(path: string): Promise<Document> {
  return path === "-" ? parseDocument(STANDARD_INPUT, await readStandardInput()) : readDocument(path);
}
