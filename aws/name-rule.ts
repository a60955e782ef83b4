/** What a service takes as a name. */
export interface NameRule {
  /** As the service's API model has it: the whole value has to match. */
  readonly pattern: string;
  readonly minLength: number;
  readonly maxLength: number;
  /** For messages, after "use". */
  readonly description: string;
}

export function isName({ pattern, minLength, maxLength }: NameRule, value: string): boolean {
  const fits = value.length >= minLength && value.length <= maxLength;
  return fits && new RegExp(`^(?:${pattern})$`, "u").test(value);
}
