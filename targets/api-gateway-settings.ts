import type { Known, Readable, ValueTypes } from "./readable";

/** Which operations of a stage are tools. */
export interface ApiGatewaySettings<V extends ValueTypes = Known> {
  readonly restApiId: V["text"];
  readonly stage: V["text"];
  readonly apiGatewayToolConfiguration: {
    readonly toolFilters: readonly ToolFilter<V>[];
    readonly toolOverrides?: readonly ToolOverride<V>[];
  };
}

export interface ToolFilter<V extends ValueTypes = Known> {
  /** A path of the API, or one that ends in `/*` and stands for all below. */
  readonly filterPath: V["text"];
  readonly methods: V["texts"];
}

/** Another name or description for an operation that is selected. */
export interface ToolOverride<V extends ValueTypes = Known> {
  readonly path: V["text"];
  readonly method: V["text"];
  readonly name: V["text"];
  readonly description?: V["text"];
}

export function readApiGateway<V extends ValueTypes>(block: Readable<V>): ApiGatewaySettings<V> {
  const configuration = block.block("api_gateway_tool_configuration");
  const toolOverrides = configuration.blocks("tool_override").map(readOverride);
  return {
    restApiId: block.text("rest_api_id"),
    stage: block.text("stage"),
    apiGatewayToolConfiguration: {
      toolFilters: configuration.blocks("tool_filter").map((filter) => ({
        filterPath: filter.text("filter_path"),
        methods: filter.optionalTexts("methods") ?? [],
      })),
      ...(toolOverrides.length > 0 && { toolOverrides }),
    },
  };
}

function readOverride<V extends ValueTypes>(block: Readable<V>): ToolOverride<V> {
  const description = block.optionalText("description");
  return {
    path: block.text("path"),
    method: block.text("method"),
    name: block.text("name"),
    ...(description !== undefined && { description }),
  };
}
