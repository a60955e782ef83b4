import type { ObjectValue } from "../wire/value";
import type { Violation } from "../wire/violation";

export type DataSourceAnswer = { readonly state: ObjectValue } | { readonly refused: Violation };
