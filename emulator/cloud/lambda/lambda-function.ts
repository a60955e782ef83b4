import type { LambdaFunctionDeclaration } from "../../../topology";
import type { DeploymentPackage } from "./deployment-package";

/** What a function is configured with beside its name. */
export interface FunctionConfiguration extends Omit<LambdaFunctionDeclaration, "functionName"> {
  /** ARN; undefined for what Terraform declares, as nothing here asks for it. */
  readonly role?: string;
  readonly runtime?: string;
  readonly description?: string;
  /** What is only kept, in the API's words. */
  readonly inert?: Readonly<Record<string, unknown>>;
}

export interface FunctionCode {
  /** As base64. */
  readonly sha256: string;
  readonly bytes: number;
  /** Undefined for code that is elsewhere. */
  readonly package?: DeploymentPackage;
  readonly imageUri?: string;
}

/** A function as it is, `$LATEST`, or as it was when a version of it was published. */
export interface FunctionVersion {
  readonly version: string;
  readonly configuration: FunctionConfiguration;
  readonly code: FunctionCode;
  readonly revisionId: string;
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number;
}

/** A name for a version, and maybe for a second one that has a part of the calls. */
export interface FunctionAlias {
  readonly name: string;
  readonly version: string;
  readonly description?: string;
  /** By version: the share of calls that it gets, from 0 to 1. */
  readonly weights: Readonly<Record<string, number>>;
  readonly revisionId: string;
}

/** Who may invoke a function, beside those whose own policies say so. */
export interface FunctionPolicy {
  /** By id. */
  readonly statements: Map<string, object>;
  revisionId: string;
}

export interface LambdaFunction {
  readonly functionName: string;
  readonly arn: string;
  latest: FunctionVersion;
  /** Those that are published, by number. */
  readonly versions: Map<string, FunctionVersion>;
  /** How many have been published, and of which revision the last one is. */
  published: { readonly count: number; readonly revisionId?: string };
  readonly aliases: Map<string, FunctionAlias>;
  /** By the qualifier that they are for, which is empty for the function itself. */
  readonly policies: Map<string, FunctionPolicy>;
  reservedConcurrency?: number;
}
