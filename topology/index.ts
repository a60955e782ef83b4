export type { DeploymentEnvironment } from "./data-sources";
export { Deployment, type OutputValue } from "./deployment";
export { TopologyError, type TopologyErrorCode } from "./errors";
export type * from "./model";
export { readTopology, Topology, type UnsupportedBlock } from "./topology";
export type { Value, ValueObject } from "./value";
