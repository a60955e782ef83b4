/** The types of what is read of arguments. */
export interface ValueTypes {
  readonly text: unknown;
  readonly flag: unknown;
  readonly texts: unknown;
  readonly map: unknown;
}

/** What a deployment has: all is known, and what is wrong or missing is refused. */
export interface Known {
  readonly text: string;
  readonly flag: boolean;
  readonly texts: readonly string[];
  readonly map: Readonly<Record<string, string>>;
}

/** A block whose nested blocks are of its own class. */
export interface Nested<B> {
  names(): readonly string[];
  blocks(name: string): readonly B[];
  /** @throws TopologyError for several of them, where all values are known */
  optionalBlock(name: string): B | undefined;
}

/** The arguments of a resource or a nested block, which are read in one way for a deployment and for the review. */
export interface Readable<V extends ValueTypes> extends Nested<Readable<V>> {
  /** Never there: what is read of a class follows from it. */
  readonly types?: V;
  text(name: string): V["text"];
  /** One that holds a JSON object, such as a policy. */
  json(name: string): V["text"];
  optionalText(name: string): V["text"] | undefined;
  optionalBoolean(name: string): V["flag"] | undefined;
  optionalTexts(name: string): V["texts"] | undefined;
  optionalTextMap(name: string): V["map"] | undefined;
  /** One that is required. */
  block(name: string): Readable<V>;
  /** Whether blocks of this name may be there that the source does not show. */
  isOpen(name: string): boolean;
  /** Refuses a deployment of something that is not supported, unless that is to be left out. */
  refuse(name: string, reason?: string): void;
}
