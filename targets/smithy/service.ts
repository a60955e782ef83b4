import { type Backend, type Location, TargetDocumentError } from "../target-kind";
import { endpointOf } from "./endpoint";
import { Model } from "./model";
import { type Operation, readOperation } from "./operation";
import { Schemas } from "./schemas";

/** The operations of the model's service. @throws TargetDocumentError for what AWS does not take, and what is not imitated */
export function operationsOf(model: Model): readonly Operation[] {
  const schemas = new Schemas(model);
  const operations = model.operations().flatMap((shape) => readOperation(model, shape, schemas) ?? []);
  if (operations.length === 0) throw new TargetDocumentError(`${model.service.id} has no operation that is supported.`);
  const names = new Set(operations.map(({ name }) => name));
  if (names.size === operations.length) return operations;
  throw new TargetDocumentError(`${model.service.id} has operations of the same name in different namespaces.`);
}

/** @throws TargetDocumentError */
export function serviceOf(payload: string, location: Location): Backend {
  const model = new Model(payload);
  const operations = operationsOf(model);
  const { url: endpoint, ...signing } = endpointOf(model.service, location);
  return {
    speaks: "HTTP",
    endpoint,
    ...signing,
    tools: operations.map(({ request, ...tool }) => ({
      ...tool,
      request: (toolArguments) => request(endpoint, toolArguments),
    })),
  };
}
