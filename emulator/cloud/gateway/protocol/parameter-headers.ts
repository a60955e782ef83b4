import { parameterHeaders, repeatedText } from "../../../../topology";
import { MetadataError } from "./json-rpc-errors";
import { decode, type Fields } from "./stateless-protocol";

/** @throws MetadataError where a call's headers say something else than its arguments */
export function checkParameterHeaders(inputSchema: object, toolArguments: unknown, headers: Fields): void {
  for (const { name, path } of parameterHeaders(inputSchema) ?? []) {
    const value = repeatedText(toolArguments, path);
    const field = headers.get(name);
    if (field === null ? value !== undefined : !isSame(decode(field), value)) {
      throw MetadataError.mismatch(`${name} must be the argument ${path.join(".")}`);
    }
  }
}

/** Numbers are compared as such: 42.0 is 42. */
function isSame(stated: string | null, value: string | undefined): boolean {
  if (stated === value) return true;
  if (stated === null || value === undefined || stated.trim() === "") return false;
  return /^-?\d+$/.test(value) && Number(stated) === Number(value);
}
