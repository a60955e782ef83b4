import type { NameRule } from "../aws/name-rule";
import type { INVOKE_API } from "../aws/agentcore/actions";
import type { ApiGatewaySettings } from "./api-gateway-settings";
import type { Known, Readable, ValueTypes } from "./readable";

/** A schema as it stands in JSON. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** A tool as its target describes it. */
export interface DescribedTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: JsonSchema;
  readonly annotations?: unknown;
  readonly outputSchema?: unknown;
  readonly icons?: unknown;
}

/** What a tool is called with. */
export type ToolArguments = Readonly<Record<string, unknown>>;

/** What stands behind a target, by how a gateway speaks to it. */
export type Backend =
  | {
      readonly speaks: "MCP";
      readonly endpoint: string;
      /** Where the configuration has them: the service asks the server for none then. */
      readonly tools?: readonly DescribedTool[];
      /** Whether the server is asked for each list anew, and for none in advance. */
      readonly isLive: boolean;
      /** Of targets with the same resource, the one with the lowest is asked. */
      readonly resourcePriority: number;
    }
  | { readonly speaks: "Lambda"; readonly lambdaArn: string; readonly tools: readonly DescribedTool[] }
  | {
      readonly speaks: "HTTP";
      /** That all calls go to, or below. */
      readonly endpoint: string;
      /** What the gateway's role signs for. @default - what the credential names */
      readonly signingName?: string;
      /** @default - the gateway's region */
      readonly signingRegion?: string;
      readonly tools: readonly HttpTool[];
    }
  /** Requests and answers as they come. */
  | { readonly speaks: "passthrough"; readonly endpoint: string };

/** A tool that is an operation of an HTTP API. */
export interface HttpTool extends DescribedTool {
  /** What the API asks of whoever signs a call. @default - nothing that is known */
  readonly permission?: (call: HttpCall) => { readonly action: typeof INVOKE_API; readonly resource: string };
  /** What the stage of an API asks of the headers of a call. @default - nothing that is known */
  readonly admission?: StageAdmission;
  /** @param toolArguments that fit the input schema */
  request(toolArguments: ToolArguments): HttpCall;
}

/** What a stage of API Gateway asks of its callers. */
export interface StageAdmission {
  readonly apiId: string;
  readonly stage: string;
  /** Whether a key of a usage plan of the stage, in the header `x-api-key`. */
  readonly wantsKey: boolean;
  /** The header that an authorizer reads. @default - there is none, or it reads no header */
  readonly identityHeader?: string | undefined;
}

export interface HttpCall {
  readonly method: string;
  readonly url: string;
  /** By names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** What a kind asks of the block that configures a target, with Terraform's names; what is read has its value. */
export interface TargetBlock extends Readable<Known> {
  optionalNumber(name: string): number | undefined;
  block(name: string): TargetBlock;
  optionalBlock(name: string): TargetBlock | undefined;
  blocks(name: string): readonly TargetBlock[];
  invalid(name: string, reason: string): Error;
  /** The error of an argument that is not imitated, without which the target would be something else. */
  unsupported(name: string, reason: string): Error;
}

/** What a target calls, and the tools that it describes: what a review reads of it, too. */
export interface TargetSource<V extends ValueTypes> {
  readonly endpoint?: V["text"];
  readonly lambdaArn?: V["text"];
  /** In the place of an endpoint. */
  readonly runtimeArn?: V["text"];
  readonly qualifier?: V["text"] | undefined;
  /** Whether an MCP server is asked for each list anew: `DYNAMIC`. */
  readonly listingMode?: V["text"] | undefined;
  /** Those that stand in blocks. */
  readonly toolNames?: readonly V["text"][];
  /** The document that describes the others. */
  readonly payload?: V["text"];
  /** Where that is in S3, `s3://BUCKET/KEY`. */
  readonly s3Uri?: V["text"];
  readonly apiGateway?: ApiGatewaySettings<V>;
}

/** An object in S3, as a configuration names it. */
export interface S3Location<V extends ValueTypes = Known> {
  /** `s3://BUCKET/KEY` */
  readonly uri: V["text"];
  /** @default - the account of the gateway */
  readonly bucketOwnerAccountId?: V["text"];
}

/** What the account has of the documents that configurations name. */
export interface Documents {
  /** The text of an object. @throws TargetDocumentError */
  object(location: S3Location): string;
  /** OpenAPI, as API Gateway exports it of a stage. @throws TargetDocumentError */
  apiExport(restApiId: string, stage: string): JsonSchema;
  /** Of the gateway that has the target. @throws TargetDocumentError */
  location(): Location;
}

/** Where endpoints of AWS's services are. */
export interface Location {
  readonly region: string;
  readonly partition: string;
}

/** What makes the constraints of an API's members, in whatever form they are checked. */
export interface Constraints<C> {
  readonly text: (max: number, pattern?: string, min?: number) => C;
  readonly name: (rule: NameRule) => C;
  readonly oneOf: (values: readonly string[]) => C;
  readonly integer: (min: number, max: number) => C;
  readonly structure: (members: Readonly<Record<string, C>>) => C;
  /** @param max of entries. @default - any number */
  readonly list: (member: C, max?: number) => C;
  readonly map: (key: C, value: C, max: number) => C;
  /** @param value what it is where it is left out. @default - nothing */
  readonly optional: (member: C, value?: string) => C;
  /** A JSON Schema of a type that the service takes. */
  readonly schema: C;
  readonly notEmulated: C;
}

/** A kind of target: all of it that is not the same for others. */
export interface TargetKind<Settings extends object = object> {
  /** Terraform's name, such as `mcp_server`; the API's is the same in camel case. */
  readonly block: string;
  /** What that stands in, in `target_configuration`; a gateway of MCP has none of `http`. @default - `mcp` */
  readonly group?: "http";
  /** The constraints on its settings: botocore `bedrock-agentcore-control/2023-06-05`. */
  members<C>(constraints: Constraints<C>): C;
  /** @returns its settings, in the shape of the API */
  read(block: TargetBlock): Settings;
  source?<V extends ValueTypes>(block: Readable<V>): TargetSource<V>;
  /** @throws TargetDocumentError */
  backend(settings: Settings, documents: Documents): Backend;
  /**
   * The tools that a document describes, for a kind that has one.
   *
   * @throws TargetDocumentError
   */
  described?(payload: string): readonly DescribedTool[];
}

/** A text of the configuration that is to describe a target's tools, and does not. */
export class TargetDocumentError extends Error {
  constructor(
    message: string,
    /** Whether the service takes it, and it is not imitated. */
    readonly isUnsupported = false,
  ) {
    super(message);
    this.name = "TargetDocumentError";
  }
}

/** For a kind, of which the settings follow. */
export function targetKind<Settings extends object>(kind: TargetKind<Settings>): TargetKind<Settings> {
  return kind;
}
