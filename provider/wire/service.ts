// provider/wire/: the plugin protocol, between terraform and a provider.
import { join } from "node:path";

import { Server, ServerCredentials, type ServiceDefinition, type UntypedServiceImplementation } from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";

import type { Attribute, Block, NestedBlock } from "../schema/model";
import type { ProviderSchema } from "../schema/provider-schema";
import type { Path, Violation } from "./violation";
import type { DynamicValue } from "./value";

/** The requests of wire/tfplugin6.proto. */
export interface TypedConfig {
  readonly type_name: string;
  readonly config: DynamicValue;
}
export interface ProposedChange extends TypedConfig {
  readonly prior_state: DynamicValue;
  readonly proposed_new_state: DynamicValue;
}
export interface ApprovedChange extends TypedConfig {
  readonly prior_state: DynamicValue;
  readonly planned_state: DynamicValue;
}
export interface CurrentState {
  readonly type_name: string;
  readonly current_state: DynamicValue;
}
export interface StoredState {
  readonly type_name: string;
  readonly raw_state: { readonly json: Uint8Array };
}

export interface ImportedResource {
  readonly type_name: string;
  readonly id: string;
}

/** A provider in its own words; a thrown error reaches terraform as a failure of the plugin. */
export interface Provider {
  readonly schema: ProviderSchema;
  validateProvider(request: Pick<TypedConfig, "config">): object;
  validateResource(request: TypedConfig): object;
  validateDataSource(request: TypedConfig): object;
  upgradeState(request: StoredState): object;
  configure(request: Pick<TypedConfig, "config">): object;
  read(request: CurrentState): object | Promise<object>;
  plan(request: ProposedChange): object;
  apply(request: ApprovedChange): object | Promise<object>;
  /** Without it nothing can be imported. */
  importState?(request: ImportedResource): object | Promise<object>;
  readDataSource(request: TypedConfig): object;
}

const service = loadSync(join(__dirname, "tfplugin6.proto"), {
  keepCase: true,
  enums: String,
  longs: Number,
  defaults: true,
})["tfplugin6.Provider"] as unknown as Pick<ServiceDefinition, "GetProviderSchema">;

/** Serves the plugin protocol on a Unix socket until the returned server is shut down. */
export async function serve(provider: Provider, socket: string): Promise<Server> {
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const GetProviderSchema = { ...service.GetProviderSchema, responseSerialize: encodedSchema };
  server.addService({ ...service, GetProviderSchema }, implementation(provider));
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, ServerCredentials.createInsecure(), (error) =>
      error ? reject(error) : resolve(),
    );
  });
  return server;
}

function implementation(provider: Provider): UntypedServiceImplementation {
  return {
    GetProviderSchema: answering(() => provider.schema),
    ValidateProviderConfig: answering((request: TypedConfig) => provider.validateProvider(request)),
    ValidateResourceConfig: answering((request: TypedConfig) => provider.validateResource(request)),
    ValidateDataResourceConfig: answering((request: TypedConfig) => provider.validateDataSource(request)),
    UpgradeResourceState: answering((request: StoredState) => provider.upgradeState(request)),
    ConfigureProvider: answering((request: TypedConfig) => provider.configure(request)),
    ReadResource: answering((request: CurrentState) => provider.read(request)),
    PlanResourceChange: answering((request: ProposedChange) => provider.plan(request)),
    ApplyResourceChange: answering((request: ApprovedChange) => provider.apply(request)),
    ImportResourceState: answering((request: ImportedResource) => {
      if (!provider.importState) throw new Error("This provider imports nothing.");
      return provider.importState(request);
    }),
    ReadDataSource: answering((request: TypedConfig) => provider.readDataSource(request)),
    StopProvider: answering(() => ({})),
  };
}

type Reply = (error: Error | null, response?: object) => void;

function answering<Request>(answer: (request: Request) => object | Promise<object>) {
  return ({ request }: { readonly request: Request }, reply: Reply): void => {
    void Promise.resolve(request)
      .then(answer)
      .then(
        (response) => reply(null, response),
        (error: unknown) => reply(error instanceof Error ? error : new Error(String(error))),
      );
  };
}

const encodedSchemas = new WeakMap<ProviderSchema, Buffer>();

/** Every terraform command asks for it. */
function encodedSchema(schema: ProviderSchema): Buffer {
  const encoded = encodedSchemas.get(schema) ?? service.GetProviderSchema.responseSerialize(wireProviderSchema(schema));
  encodedSchemas.set(schema, encoded);
  return encoded;
}

function wireProviderSchema({ provider, resources, dataSources }: ProviderSchema): object {
  const all = (blocks: ReadonlyMap<string, Block>): object =>
    Object.fromEntries([...blocks].map(([type, block]) => [type, wireSchema(block)]));
  return {
    provider: wireSchema(provider),
    resource_schemas: all(resources),
    data_source_schemas: all(dataSources),
    // As with the real provider, terraform asks once in a command instead of each time that it starts one.
    server_capabilities: { get_provider_schema_optional: true },
  };
}

function wireSchema(block: Block): object {
  return { version: 0, block: wireBlock(block) };
}

function wireBlock({ attributes, blocks }: Block): object {
  return { attributes: attributes.map(wireAttribute), block_types: blocks.map(wireNestedBlock) };
}

function wireAttribute({ type, writeOnly, ...attribute }: Attribute): object {
  return { ...attribute, type: Buffer.from(JSON.stringify(type)), write_only: writeOnly };
}

function wireNestedBlock({ name, nesting, minItems, maxItems, block }: NestedBlock): object {
  return { type_name: name, nesting, min_items: minItems, max_items: maxItems, block: wireBlock(block) };
}

export function wireError({ path, summary, detail }: Violation): object {
  return { severity: "ERROR", summary, detail, attribute: wirePath(path) };
}

export function wirePath(path: Path): object {
  return {
    steps: path.map((step) => (typeof step === "number" ? { element_key_int: step } : { attribute_name: step })),
  };
}
