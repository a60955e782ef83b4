import { createRequire } from "node:module";
import { NotEmulated } from "../errors";

export type Cedar = typeof import("@cedar-policy/cedar-wasm/nodejs");

const PACKAGE = "@cedar-policy/cedar-wasm";

let loaded: Cedar | undefined;

/**
 * The language's own implementation. It weighs 13 MB, and few stacks have policies, so that users install it themselves and
 * it is loaded for the first engine.
 *
 * @throws NotEmulated where it is not installed
 */
export function cedar(): Cedar {
  try {
    return (loaded ??= createRequire(__filename)(`${PACKAGE}/nodejs`) as Cedar);
  } catch {
    const message = `Policies are decided by a package that is not installed: npm install -D ${PACKAGE}@4.`;
    throw new NotEmulated("ValidationException", message);
  }
}
