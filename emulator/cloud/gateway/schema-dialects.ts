import { createRequire } from "node:module";

import Ajv, { type Options } from "ajv";

/** The drafts of JSON Schema that differ in what they check. */
export type Dialect = "draft-07" | "2019-09" | "2020-12";

/** Without the flag that JSON Schema asks for, where only that makes a pattern one: `\_` is in common use. */
const regExp = Object.assign(
  (pattern: string, flags: string): RegExp => {
    try {
      return new RegExp(pattern, flags);
    } catch {
      return new RegExp(pattern);
    }
  },
  { code: "new RegExp" },
);

/** Own properties alone, since what every JavaScript object has is no argument: a tool may have one called `constructor`. */
const OPTIONS: Options = {
  allErrors: true,
  strict: false,
  validateFormats: false,
  ownProperties: true,
  code: { regExp },
};

const load = createRequire(__filename);

/** Those of newer drafts take longer to load, and to read their first schema, than a stack that is started can wait. */
const MAKERS: Readonly<Record<Dialect, () => Ajv>> = {
  "draft-07": () => new Ajv(OPTIONS),
  "2019-09": () => new (load("ajv/dist/2019") as typeof import("ajv/dist/2019")).default(OPTIONS),
  "2020-12": () => new (load("ajv/dist/2020") as typeof import("ajv/dist/2020")).default(OPTIONS),
};

const validators: Partial<Record<Dialect, Ajv>> = {};

export function validatorOf(dialect: Dialect): Ajv {
  return (validators[dialect] ??= MAKERS[dialect]());
}

/** One that was broken off at work is not to be used again. */
export function discardValidators(): void {
  for (const dialect of Object.keys(validators)) delete validators[dialect as Dialect];
}

/** Keywords that draft 7 does not know, and would pass over. */
const NEWER_KEYWORD = /"(prefixItems|unevaluated\w+|dependent\w+|(min|max)Contains|\$(dynamic|recursive)\w+)":/;

/**
 * A schema that says nothing is of 2020-12 (MCP 2025-11-25, "basic"), as which draft 7 reads one without newer keywords.
 *
 * @param text the schema in JSON
 * @param declared its `$schema`
 */
export function dialectOf(text: string, declared = ""): Dialect {
  if (/draft-0[4-7]\b/.test(declared) || !NEWER_KEYWORD.test(text)) return "draft-07";
  const hasListOfItems = text.includes('"items":[');
  return declared.includes("2019-09") || hasListOfItems ? "2019-09" : "2020-12";
}
