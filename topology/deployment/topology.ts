import type { DeploymentEnvironment } from "../data-sources";
import type { Deployment } from "./deployment";
import type { OrderedResource } from "../resources";

/** The region where a source names none. */
export const DEFAULT_REGION = "us-east-1";

/** A block of a kind that the topology has no reader for. Nothing that is supported needs a value of it. */
export interface UnsupportedBlock {
  readonly address: string;
  /** Terraform's name of the kind, such as `aws_lambda_function`, or `module`. */
  readonly type: string;
}

/** What a Terraform configuration or a plan declares. */
export interface Topology {
  /** The region of the default aws provider; `us-east-1` where none is named. */
  readonly region: string;
  /** The account that a plan was made for, or that the roles of a configuration are of, where it tells. */
  readonly accountId?: string;
  /** Supported resources, dependencies first, else in the order of their declaration. */
  readonly resources: readonly OrderedResource[];
  readonly unsupported: readonly UnsupportedBlock[];
  /** What is taken for a text that the source hides, in one sentence each. */
  readonly assumptions: readonly string[];
  /** Starts a deployment, in which no resource is created yet. @internal */
  deployment(environment: DeploymentEnvironment): Deployment;
}
