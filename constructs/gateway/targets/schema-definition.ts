/** The types of JSON Schema that the service knows. */
export type SchemaType = "string" | "number" | "integer" | "boolean" | "array" | "object";

/**
 * The part of JSON Schema that the service knows. The provider has blocks for the first levels and takes JSON below
 * them, where it cannot be told which properties are required.
 */
export interface SchemaDefinition {
  /** What kind of value it is. */
  readonly type: SchemaType;
  /**
   * What the value means; models read it.
   * @default - none
   */
  readonly description?: string;
  /**
   * The properties of an object, by name.
   * @default - none
   */
  readonly properties?: Readonly<Record<string, SchemaDefinition>>;
  /**
   * Names of the properties that must be given.
   * @default - none
   */
  readonly required?: readonly string[];
  /**
   * What an array holds.
   * @default - anything
   */
  readonly items?: SchemaDefinition;
}
