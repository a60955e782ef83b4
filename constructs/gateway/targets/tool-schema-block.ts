import type { BedrockagentcoreGatewayTargetTargetConfigurationMcpLambdaToolSchemaInlinePayloadInputSchema } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import type { SchemaDefinition } from "./schema-definition";

type SchemaBlock = BedrockagentcoreGatewayTargetTargetConfigurationMcpLambdaToolSchemaInlinePayloadInputSchema;

interface NestedBlock {
  readonly type: string;
  readonly description?: string;
  readonly items?: NestedBlock[];
  readonly property?: NestedProperty[];
  readonly itemsJson?: string;
  readonly propertiesJson?: string;
}

interface NestedProperty extends NestedBlock {
  readonly name: string;
  readonly required?: boolean;
}

/** Where a schema stands in the tool's: `i` for items and `p` for a property, for each level. */
type Place = string;

/** The places at which the provider has blocks for what is inside. In any other it takes JSON. */
const PLACES_WITH_BLOCKS: readonly Place[] = ["", "i", "p", "pi"];

/** A JSON schema in the provider's nested blocks. */
export function schemaBlock(schema: SchemaDefinition): SchemaBlock {
  return nestedBlock(schema, "");
}

/**
 * Paths of the objects whose list of required properties is lost: the provider's JSON takes the properties of such an
 * object, but not which of them are required.
 */
export function pathsWithLostRequired(schema: SchemaDefinition, place: Place = "", path = "$"): string[] {
  const { items, properties = {}, required = [] } = schema;
  if (!PLACES_WITH_BLOCKS.includes(place)) return required.length > 0 ? [path] : [];
  return [
    ...(items ? pathsWithLostRequired(items, `${place}i`, `${path}[]`) : []),
    ...Object.entries(properties).flatMap(([name, property]) =>
      pathsWithLostRequired(property, `${place}p`, `${path}.${name}`),
    ),
  ];
}

function nestedBlock(
  { type, description, items, properties, required = [] }: SchemaDefinition,
  place: Place,
): NestedBlock {
  if (!PLACES_WITH_BLOCKS.includes(place)) {
    return {
      type,
      description,
      itemsJson: items && JSON.stringify(items),
      propertiesJson: properties && JSON.stringify(properties),
    };
  }
  return {
    type,
    description,
    items: items && [nestedBlock(items, `${place}i`)],
    property:
      properties &&
      Object.entries(properties).map(([name, property]) => ({
        name,
        // Left out, the provider computes it, and terraform shows a change of the whole set in every plan.
        required: required.includes(name),
        ...nestedBlock(property, `${place}p`),
      })),
  };
}
