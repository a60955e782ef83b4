/** What a service takes as a name. */
export interface NameRule {
  /** As the service's API model has it: the whole value has to match. */
  readonly pattern: string;
  /** @default 1 */
  readonly minLength?: number;
  readonly maxLength: number;
  /** For messages, after "use". */
  readonly description: string;
}

const expressions = new Map<string, RegExp>();

export function isName({ pattern, minLength = 1, maxLength }: NameRule, value: string): boolean {
  if (value.length < minLength || value.length > maxLength) return false;
  const expression = expressions.get(pattern) ?? new RegExp(`^(?:${pattern})$`, "u");
  expressions.set(pattern, expression);
  return expression.test(value);
}

/** For messages, such as `1 character`. */
export function lengthInWords({ length }: string): string {
  return `${length} character${length === 1 ? "" : "s"}`;
}
