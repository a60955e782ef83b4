// targets/smithy/: the operations of a Smithy model as tools, as AgentCore Gateway makes them.
import { MOST_LEVELS } from "../bounds";
import { isObject, parseJson } from "../json";
import { type JsonSchema, TargetDocumentError } from "../target-kind";

type Traits = JsonSchema;

/** @see https://smithy.io/2.0/spec/json-ast.html */
export interface Shape {
  /** Such as `example.weather#Forecast`. */
  readonly id: string;
  /** Without the namespace. */
  readonly name: string;
  readonly type: string;
  readonly traits: Traits;
  readonly definition: JsonSchema;
}

/** What has a value: a member of a shape, and the shape that it targets. */
export interface Member {
  readonly name: string;
  readonly traits: Traits;
  readonly target: Shape;
}

/** @see https://smithy.io/2.0/spec/simple-types.html "smithy.api", the namespace of the prelude */
const PRELUDE =
  /^smithy\.api#(?:Primitive)?(String|Blob|Boolean|Byte|Short|Integer|Long|Float|Double|BigInteger|BigDecimal|Timestamp|Document)$/;
const UNIT = "smithy.api#Unit";

const REST_JSON = "aws.protocols#restJson1";

/** Where a resource has operations: Smithy, "Resource lifecycle operations". */
const LIFECYCLE = ["put", "create", "read", "update", "delete", "list"];

/** The shapes of a model that has one service. */
export class Model {
  readonly service: Shape;
  private readonly shapes: JsonSchema;
  private readonly known = new Map<string, Shape>();

  /** @throws TargetDocumentError for what AWS does not take, and what is not imitated */
  constructor(payload: string) {
    this.shapes = parseShapes(payload);
    this.service = this.theService();
    refuseOtherProtocols(this.service);
  }

  /** Those of the service and of its resources, each once. @throws TargetDocumentError */
  operations(): Shape[] {
    const found = new Set<Shape>();
    const seen = new Set<Shape>();
    const owners = [this.service];
    for (let owner = owners.pop(); owner !== undefined; owner = owners.pop()) {
      if (seen.has(owner)) continue;
      seen.add(owner);
      const { definition } = owner;
      const lifecycle = LIFECYCLE.map((name) => definition[name]).filter((each) => each !== undefined);
      const named = [...listOf(definition["operations"]), ...listOf(definition["collectionOperations"]), ...lifecycle];
      for (const reference of named) found.add(this.targetOf(reference, "operation", owner.id));
      owners.push(...listOf(definition["resources"]).map((each) => this.targetOf(each, "resource", owner.id)));
    }
    return [...found];
  }

  /** Of a structure or a union; of what an operation does not have, none. @throws TargetDocumentError */
  members(shape: Shape | undefined): Member[] {
    const { members } = shape?.definition ?? {};
    return Object.entries(isObject(members) ? members : {}).map(([name, member]) =>
      this.readMember(name, member, `${shape?.id}$${name}`),
    );
  }

  /** `member` of a list, `key` and `value` of a map. @throws TargetDocumentError */
  part(shape: Shape, name: "member" | "key" | "value"): Member {
    return this.readMember(name, shape.definition[name], `${shape.id}$${name}`);
  }

  /** The structure that goes in or out of an operation, where there is one. @throws TargetDocumentError */
  structureOf({ id, definition }: Shape, end: "input" | "output"): Shape | undefined {
    return definition[end] === undefined ? undefined : this.targetOf(definition[end], "structure", id);
  }

  private readMember(name: string, member: unknown, place: string): Member {
    return { name, traits: traitsOf(member), target: this.lookUp(member, place) };
  }

  private targetOf(reference: unknown, type: string, place: string): Shape {
    const shape = this.lookUp(reference, place);
    if (shape.type === type) return shape;
    throw new TargetDocumentError(`${place}: ${shape.id} is of the type ${shape.type}, and not of ${type}.`);
  }

  private lookUp(reference: unknown, place: string): Shape {
    const id = isObject(reference) ? reference["target"] : undefined;
    if (typeof id !== "string") throw new TargetDocumentError(`${place} has no target.`);
    const shape = this.known.get(id) ?? preludeShape(id) ?? this.ownShape(id);
    if (!shape) throw new TargetDocumentError(`${place}: the shape ${id} is not in the model.`);
    this.known.set(id, shape);
    return shape;
  }

  private ownShape(id: string): Shape | undefined {
    const definition = Object.hasOwn(this.shapes, id) ? this.shapes[id] : undefined;
    if (!isObject(definition)) return undefined;
    if (listOf(definition["mixins"]).length > 0) {
      throw new TargetDocumentError(`The shape ${id} has mixins, which are not emulated: flatten the model.`, true);
    }
    return { id, name: nameOf(id), type: String(definition["type"]), traits: traitsOf(definition), definition };
  }

  private theService(): Shape {
    const ids = Object.entries(this.shapes).flatMap(([id, shape]) =>
      isObject(shape) && shape["type"] === "service" ? [id] : [],
    );
    if (ids.length === 1) return this.lookUp({ target: ids[0] }, "The Smithy model");
    const found = ids.length === 0 ? "no service" : `${ids.length} services: ${ids.slice(0, MOST_LEVELS).join(", ")}`;
    throw new TargetDocumentError(`The Smithy model has to have one service, and has ${found}.`);
  }
}

/** A trait of Smithy's own, such as `required`: of a member, or else of the shape that it targets. */
export function trait({ traits, target }: Pick<Member, "traits"> & Partial<Member>, name: string): unknown {
  const id = `smithy.api#${name}`;
  return traits[id] ?? target?.traits[id];
}

/** @see https://smithy.io/2.0/spec/streaming.html */
export function isStreaming(member: Member): boolean {
  return trait(member, "streaming") !== undefined;
}

function parseShapes(payload: string): JsonSchema {
  const document = parseJson(payload);
  const { smithy, shapes } = isObject(document) ? document : {};
  if (!isObject(shapes)) {
    throw new TargetDocumentError("The payload is no Smithy model in JSON (the AST, not the IDL).");
  }
  if (typeof smithy === "string" && /^[12](\.|$)/.test(smithy)) return shapes;
  throw new TargetDocumentError(
    `Smithy versions 1.0 and 2.0 are supported, and the model has ${JSON.stringify(smithy) ?? "none"}.`,
  );
}

/** @see https://docs.aws.amazon.com/bedrock-agentcore/latest/devguide/gateway-building-smithy-targets.html */
function refuseOtherProtocols({ id, traits }: Shape): void {
  const protocols = Object.keys(traits).filter((name) => /^(aws|smithy)\.protocols#/.test(name));
  if (protocols.includes(REST_JSON)) return;
  // The Query protocol's name for errors is a trait of that namespace, too.
  const spoken = protocols.filter((name) => !name.endsWith("QueryCompatible"));
  const found = spoken.length === 0 ? "names no protocol" : `speaks ${spoken.join(", ")}`;
  throw new TargetDocumentError(`Only the RestJson protocol (${REST_JSON}) is supported, and ${id} ${found}.`);
}

function preludeShape(id: string): Shape | undefined {
  const simple = PRELUDE.exec(id)?.[1];
  if (simple === undefined && id !== UNIT) return undefined;
  const type = simple === undefined ? "structure" : simple.charAt(0).toLowerCase() + simple.slice(1);
  return { id, name: nameOf(id), type, traits: {}, definition: {} };
}

function nameOf(id: string): string {
  return id.slice(id.indexOf("#") + 1);
}

function traitsOf(definition: unknown): Traits {
  const traits = isObject(definition) ? definition["traits"] : undefined;
  return isObject(traits) ? traits : {};
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
