import type { z } from "zod";

import {
  boolean,
  integer,
  listOf,
  mapOf,
  NOT_EMULATED,
  oneOf,
  structure,
  text,
  UNBOUNDED,
} from "../../cloud/constraints";
import { defined } from "../../cloud/defined";
import { checkEnvironmentVariables } from "../../cloud/lambda/environment-variables";
import { snapStartUnsupported } from "../../cloud/lambda/errors";
import { DEFAULT_MEMORY_MB, DEFAULT_TIMEOUT_SECONDS } from "../../cloud/lambda/execution-environments";
import type { FunctionConfiguration, FunctionVersion, LambdaFunction } from "../../cloud/lambda/lambda-function";
import { LATEST } from "../../cloud/lambda/lambda-functions";
import { readShape, shapeOf } from "../protocols/member-names";
import { DESCRIPTION, MEMORY, RUNTIME, TIMEOUT } from "./constraints";

const LEVELS = ["DEBUG", "INFO", "WARN"] as const;
const STRINGS = listOf(text(UNBOUNDED), 1_500).optional();
const ARN = text(UNBOUNDED, "(arn:(aws[a-zA-Z-]*)?:[a-z0-9-.]+:.*)|()").optional();

/** Members that are only kept: what they configure is not there. */
const INERT = {
  VpcConfig: structure({
    SubnetIds: listOf(text(UNBOUNDED), 16).optional(),
    SecurityGroupIds: listOf(text(UNBOUNDED), 5).optional(),
    Ipv6AllowedForDualStack: boolean().optional(),
  }).optional(),
  DeadLetterConfig: structure({ TargetArn: ARN }).optional(),
  KMSKeyArn: ARN,
  TracingConfig: structure({ Mode: oneOf(["Active", "PassThrough"]).optional() }).optional(),
  Layers: listOf(text(140, "arn:[a-zA-Z0-9-]+:lambda:[a-zA-Z0-9-]+:\\d{12}:layer:[a-zA-Z0-9-_]+:[0-9]+"), 5).optional(),
  FileSystemConfigs: listOf(
    structure({ Arn: text(256), LocalMountPath: text(160, "/mnt/[a-zA-Z0-9-_.]+") }),
    1,
  ).optional(),
  ImageConfig: structure({
    EntryPoint: STRINGS,
    Command: STRINGS,
    WorkingDirectory: text(1_000).optional(),
  }).optional(),
  EphemeralStorage: structure({ Size: integer(512, 10_240) }).optional(),
  SnapStart: structure({ ApplyOn: oneOf(["PublishedVersions", "None"]).optional() }).optional(),
  LoggingConfig: structure({
    LogFormat: oneOf(["JSON", "Text"]).optional(),
    ApplicationLogLevel: oneOf(["TRACE", ...LEVELS, "ERROR", "FATAL"]).optional(),
    SystemLogLevel: oneOf(LEVELS).optional(),
    LogGroup: text(512, "[\\.\\-_/#A-Za-z0-9]+", 1).optional(),
  }).optional(),
};

/** What CreateFunction and UpdateFunctionConfiguration share. */
export const CONFIGURATION = {
  ...INERT,
  Role: text(UNBOUNDED, "arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+"),
  Runtime: RUNTIME.optional(),
  Handler: text(128, "[^\\s]+").optional(),
  Description: DESCRIPTION,
  Timeout: TIMEOUT.optional(),
  MemorySize: MEMORY.optional(),
  Environment: structure({
    Variables: mapOf(text(UNBOUNDED, "[a-zA-Z]([a-zA-Z0-9_])+"), text(UNBOUNDED), UNBOUNDED).optional(),
  }).optional(),
  CapacityProviderConfig: NOT_EMULATED,
  DurableConfig: NOT_EMULATED,
};

type Configuration = Partial<z.output<z.ZodObject<typeof CONFIGURATION>>>;

/** What a request makes of a configuration: members that it leaves out stay as they are. @throws AwsError */
export function changedConfiguration(before: FunctionConfiguration, request: Configuration): FunctionConfiguration {
  const environmentVariables = request.Environment?.Variables ?? before.environmentVariables;
  checkEnvironmentVariables(environmentVariables);
  const given = Object.entries(request).filter(([name, value]) => Object.hasOwn(INERT, name) && value !== undefined);
  checkSnapStart(request.Runtime ?? before.runtime, request.SnapStart);
  const inert = Object.entries({ ...before.inert, ...Object.fromEntries(given) });
  const { Role, Runtime, Handler, Description, Timeout, MemorySize } = request;
  return {
    ...before,
    ...defined(readShape({ Role, Runtime, Handler, Description, Timeout, MemorySize })),
    environmentVariables,
    inert: Object.fromEntries(inert.filter(([, value]) => !isEmpty(value))),
  };
}

/** Lambda developer guide, "snapstart": Java from 11 on, Python from 3.12 on, .NET from 8 on. */
const SNAP_START = /^(java(11|17|21|25)|python3\.1[2-9]|dotnet(8|10))$/;

/** @throws AwsError InvalidParameterValueException, in the service's words */
function checkSnapStart(runtime = "", snapStart: Configuration["SnapStart"]): void {
  if (snapStart?.ApplyOn !== "PublishedVersions" || SNAP_START.test(runtime)) return;
  throw snapStartUnsupported(runtime);
}

/** How requests take away what was configured. */
function isEmpty(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return value === "" || value === false || value === undefined;
  return Object.values(value).every(isEmpty);
}

/** What a new or changed function goes through before it can be invoked; here it is through at once. */
export const CREATING = {
  State: "Pending",
  StateReason: "The function is being created.",
  StateReasonCode: "Creating",
};
export const UPDATING = {
  LastUpdateStatus: "InProgress",
  LastUpdateStatusReason: "The function is being created.",
  LastUpdateStatusReasonCode: "Creating",
};

/** `FunctionConfiguration`. */
export function configurationShape(
  { functionName, arn }: LambdaFunction,
  { version, configuration, code, revisionId, modifiedAt }: FunctionVersion,
  isQualified = version !== LATEST,
): object {
  const { environmentVariables: Variables, inert = {}, role, runtime, handler, description = "" } = configuration;
  const { VpcConfig, Layers, ImageConfig, LoggingConfig, SnapStart, ...kept } = inert as z.output<
    z.ZodObject<typeof INERT>
  >;
  const isJson = LoggingConfig?.LogFormat === "JSON";
  return {
    Architectures: ["x86_64"],
    EphemeralStorage: { Size: 512 },
    TracingConfig: { Mode: "PassThrough" },
    ...kept,
    ...shapeOf({ functionName, version, revisionId, role, runtime, handler, description }),
    FunctionArn: isQualified ? `${arn}:${version}` : arn,
    Timeout: configuration.timeout ?? DEFAULT_TIMEOUT_SECONDS,
    MemorySize: configuration.memorySize ?? DEFAULT_MEMORY_MB,
    Environment: Object.keys(Variables).length > 0 ? { Variables } : undefined,
    CodeSize: code.bytes,
    CodeSha256: code.sha256,
    PackageType: code.imageUri === undefined ? "Zip" : "Image",
    LastModified: new Date(modifiedAt).toISOString().replace("Z", "+0000"),
    State: "Active",
    LastUpdateStatus: "Successful",
    // Networks are not emulated: the one of the subnets is made up.
    VpcConfig: VpcConfig && { ...VpcConfig, VpcId: "vpc-0123456789abcdef0" },
    Layers: Layers?.map((Arn) => ({ Arn, CodeSize: 0 })),
    ImageConfigResponse: ImageConfig && { ImageConfig },
    SnapStart: { ApplyOn: "None", ...SnapStart, OptimizationStatus: SnapStart && version !== LATEST ? "On" : "Off" },
    LoggingConfig: {
      LogFormat: "Text",
      LogGroup: `/aws/lambda/${functionName}`,
      ...(isJson && { ApplicationLogLevel: "INFO", SystemLogLevel: "INFO" }),
      ...LoggingConfig,
    },
  };
}
