// topology/: one reading of Terraform into a typed model.
export { awsManagedPolicy, isAwsManagedPolicy } from "./data-sources/aws-managed-policies";
export { standInAdvice } from "./data-sources/stand-ins";
export { inOneProvider, isOfCloudControl } from "./cloud-control";
export type { Deployment } from "./deployment/deployment";
export { type Document, parseDocument, readDocument, type ReadingOptions } from "./sources/document";
export { type ApplySettings, readApplySettings } from "./sources/configuration/apply-settings";
export type { Assignment } from "./sources/configuration/assignment";
export { isUnsupported, reasonOf, TopologyError } from "./errors";
export { unicodeEscape } from "./language/go-json";
export { nestsDeeper } from "./language/nesting";
export type * from "./resources";
export * from "../targets";
export { policyPattern, type PolicyPattern } from "./policy-pattern";
export { inventoryOfStacks, type NamedDocument, readStacks, topologyOfStacks } from "./read-stacks";
export { type DeploymentOptions, topologyOf } from "./read-topology";
export type { Topology } from "./deployment/topology";
export { entryOf, grouped } from "./language/maps";
export { at, objectsAt, parseObject, textAt } from "./language/members";
export type { Value, ValueObject } from "./language/value";
export type { Acknowledgement, Instance, Inventory } from "./modules/inventory";
export { withoutText } from "./modules/untold";
export type { Position } from "./position";
export { METADATA_KEY, readAcknowledgements } from "./sources/configuration/acknowledgements";
export { MAX_DOCUMENT_BYTES } from "./sources/file";
export { inventoryOf, stackInventory } from "./read-inventory";
export { Block } from "./arguments/block";
export {
  describeText,
  isResource,
  isSymbolicList,
  isSymbolicObject,
  isText,
  isUntold,
  Marks,
  matchText,
  parseJsonText,
  type Part,
  type Reference,
  referencesIn,
  localAddress,
  referenceText,
  sameText,
  showsForm,
  soleReference,
  stackOf,
  type Symbolic,
  type SymbolicObject,
  type Text,
  type TextList,
  uniqueReferences,
  failureIn,
  Unknown,
} from "./language";
export type * from "./system/model";
export { cognitoIssuer } from "./system/cognito";
export { readTarget } from "./resources/gateway-target";
export { readSystem } from "./system/system";
