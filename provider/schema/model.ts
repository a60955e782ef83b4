/** Terraform's type of an attribute, in the JSON form of the plugin protocol. */
export type ValueType =
  | "string"
  | "number"
  | "bool"
  | readonly ["list" | "set" | "map", ValueType]
  | readonly ["object", Readonly<Record<string, ValueType>>];

export interface Attribute {
  readonly name: string;
  readonly type: ValueType;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly sensitive: boolean;
  /** Terraform sends the value to the provider and never stores it. */
  readonly writeOnly: boolean;
}

export interface NestedBlock {
  readonly name: string;
  readonly nesting: "SINGLE" | "LIST" | "SET";
  readonly minItems: number;
  /** Zero for no limit. */
  readonly maxItems: number;
  readonly block: Block;
}

export interface Block {
  readonly attributes: readonly Attribute[];
  readonly blocks: readonly NestedBlock[];
}
