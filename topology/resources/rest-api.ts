import { Unknown } from "../language";
import { resourceReader, type ShownResource } from "./reader";

export interface RestApiDeclaration {
  readonly name: string;
  /** OpenAPI, in JSON or YAML. @default - the resources and methods beside it */
  readonly body?: string;
  /** Those of `EDGE`, `REGIONAL` and `PRIVATE`. */
  readonly endpointTypes?: readonly string[];
  /** `AUTHORIZER` where authorizers show the keys of callers. */
  readonly apiKeySource?: string;
}

export interface RestApiAttributes {
  readonly restApiId: string;
  readonly arn: string;
  readonly executionArn: string;
  readonly rootResourceId: string;
}

export const REST_API = "aws_api_gateway_rest_api";

export const restApi = resourceReader({
  type: REST_API,
  kind: "restApi",
  onDemand: ["name", "body", "endpoint_configuration", "api_key_source", "policy"],
  read(args): RestApiDeclaration {
    if (args.optionalText("policy") !== undefined) args.refuse("policy");
    return {
      name: args.text("name"),
      body: args.optionalText("body"),
      apiKeySource: args.optionalText("api_key_source"),
      endpointTypes: args.optionalBlock("endpoint_configuration")?.optionalTexts("types"),
    };
  },
  assigned: ["id", "arn", "execution_arn", "root_resource_id"],
  attributes: (_, { restApiId, arn, executionArn, rootResourceId }: RestApiAttributes) => ({
    id: restApiId,
    arn,
    execution_arn: executionArn,
    root_resource_id: rootResourceId,
  }),
});

/** What the parts of a REST API are read for: they name it, and nobody names them. */
export function partsOfApi(read: readonly ShownResource[]): (part: ShownResource) => boolean {
  const isOfThem = refersToOneOf(read, REST_API);
  return ({ arguments: part }) => isOfThem(part.text("rest_api_id"));
}

/** Whether an argument names a resource of a kind that is read. */
export function refersToOneOf(read: readonly ShownResource[], kind: string): (owner: unknown) => boolean {
  const owners = new Set(read.filter(({ type }) => type === kind).map(({ address }) => address));
  return (owner) => owner instanceof Unknown && owner.references.some(({ address }) => owners.has(address));
}
