import type { Unknown } from "../language";
import { resourceReader, type ShownResource } from "./reader";

export interface RestApiDeclaration {
  readonly name: string;
  /** OpenAPI, in JSON or YAML. @default - the resources and methods beside it */
  readonly body?: string;
  /** Those of `EDGE`, `REGIONAL` and `PRIVATE`. */
  readonly endpointTypes?: readonly string[];
}

export interface RestApiAttributes {
  readonly restApiId: string;
  readonly arn: string;
  readonly executionArn: string;
  readonly rootResourceId: string;
}

const TYPE = "aws_api_gateway_rest_api";

export const restApi = resourceReader({
  type: TYPE,
  kind: "restApi",
  onDemand: ["name", "body", "endpoint_configuration", "policy"],
  read(args): RestApiDeclaration {
    if (args.optionalText("policy") !== undefined) args.refuse("policy");
    return {
      name: args.text("name"),
      body: args.optionalText("body"),
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
  const apis = new Set(read.filter(({ type }) => type === TYPE).map(({ address }) => address));
  const isOfThem = (owner: Unknown): boolean => owner.references.some(({ address }) => apis.has(address));
  return ({ arguments: part }) => {
    const owner = part.text("rest_api_id");
    return apis.size > 0 && owner !== undefined && typeof owner !== "string" && isOfThem(owner);
  };
}
