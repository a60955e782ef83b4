import type { BedrockagentcoreGatewayTargetTargetConfigurationMcpLambdaToolSchemaInlinePayloadInputSchema } from "@cdktf/provider-aws/lib/bedrockagentcore-gateway-target";
import type { SchemaDefinition } from "./tool-schema";

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

/** The provider has blocks for the schema and two levels inside it, and JSON from there on. */
const BLOCK_LEVELS = 2;

/** A JSON schema in the provider's nested blocks. */
export function schemaBlock(schema: SchemaDefinition): SchemaBlock {
  return nestedBlock(schema, 0);
}

function nestedBlock(schema: SchemaDefinition, level: number): NestedBlock {
  const { type, description, items, properties } = schema;
  if (level === BLOCK_LEVELS) {
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
    items: items && [nestedBlock(items, level + 1)],
    property: properties && propertyBlocks(schema, level + 1),
  };
}

function propertyBlocks({ properties = {}, required = [] }: SchemaDefinition, level: number): NestedProperty[] {
  return Object.entries(properties).map(([name, property]) => ({
    name,
    required: required.includes(name) ? true : undefined,
    ...nestedBlock(property, level),
  }));
}
