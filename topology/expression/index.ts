export { compile, type Json, type JsonObject } from "./compile";
export { ExpressionError } from "./error";
export { evaluate } from "./evaluator";
export { parseTemplate } from "./parser";
export { toSet, unifyAll } from "./functions/conversions";
export { references } from "./references";
export type { Expression } from "./syntax";
