import type { z } from "zod";

import type { Account } from "../../cloud/account";
import { boolean, integer, listOf, NOT_EMULATED, oneOf, structure } from "../../cloud/constraints";
import { entryMissing, latestUndeletable } from "../../cloud/lambda/errors";
import { checkExecutionRole } from "../../cloud/lambda/execution-role";
import type { LambdaFunction } from "../../cloud/lambda/lambda-function";
import type { LambdaFunctions } from "../../cloud/lambda/lambda-functions";
import { paginate } from "../../cloud/pagination";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { TAG_MAP } from "../protocols/tag-list";
import { CODE, readCode } from "./code";
import { changedConfiguration, CONFIGURATION, configurationShape, CREATING, UPDATING } from "./configuration";
import { BY_NAME, NEW_NAME, PAGE, QUALIFIED, referenceOf, REVISION } from "./constraints";
import { demandRevision } from "./revision";

export const FUNCTIONS = "/2015-03-31/functions";
export const FUNCTION = `${FUNCTIONS}/:FunctionName`;

/** Tags: Lambda developer guide, "configuration-tags". */
const ARCHITECTURES = listOf(oneOf(["x86_64", "arm64"]), 1, 1).optional();
const NEW_FUNCTION = structure({
  ...CONFIGURATION,
  FunctionName: NEW_NAME,
  Code: structure(CODE),
  PackageType: oneOf(["Zip", "Image"]).default("Zip"),
  Architectures: ARCHITECTURES,
  Publish: boolean().default(false),
  Tags: TAG_MAP.optional(),
  CodeSigningConfigArn: NOT_EMULATED,
  PublishTo: NOT_EMULATED,
  TenancyConfig: NOT_EMULATED,
});
const CHANGED_CODE = BY_NAME.extend({
  ...CODE,
  Architectures: ARCHITECTURES,
  Publish: boolean().default(false),
  DryRun: boolean().default(false),
  RevisionId: REVISION,
  PublishTo: NOT_EMULATED,
});
const CHANGED_CONFIGURATION = structure(CONFIGURATION)
  .partial()
  .extend({ ...BY_NAME.shape, RevisionId: REVISION });

/** Functions themselves. */
export function functionOperations({ lambdaFunctions, iam }: Account): RestJsonOperation[] {
  const find = (request: Parameters<typeof referenceOf>[0]) => lambdaFunctions.get(referenceOf(request).functionName);
  return [
    operation("CreateFunction", `POST ${FUNCTIONS}`, 201, NEW_FUNCTION, async (request) => {
      const { functionName } = referenceOf(request);
      const { PackageType, Code, Architectures = ["x86_64"], Publish, Tags } = request;
      if (PackageType === "Zip" && (request.Runtime === undefined || request.Handler === undefined)) {
        throw entryMissing();
      }
      checkExecutionRole(iam, request.Role, lambdaFunctions.arnOf(functionName));
      const code = await readCode(Code);
      const { inert, ...configuration } = changedConfiguration({ environmentVariables: {} }, request);
      const created = lambdaFunctions.create(
        { functionName, ...configuration },
        { ...configuration, inert: { ...inert, Architectures }, code, tags: Tags },
      );
      return { ...latestShape(lambdaFunctions, created, Publish), ...CREATING };
    }),
    operation("GetFunction", `GET ${FUNCTION}`, 200, QUALIFIED, (request) => {
      const { arn, reservedConcurrency } = find(request);
      const tags = lambdaFunctions.tags.list(arn);
      const { version, shape } = versionShape(lambdaFunctions, request);
      const { imageUri } = version.code;
      return {
        Configuration: shape,
        Code: imageUri === undefined ? { RepositoryType: "S3" } : { RepositoryType: "ECR", ImageUri: imageUri },
        Tags: Object.keys(tags).length > 0 ? tags : undefined,
        Concurrency:
          reservedConcurrency === undefined ? undefined : { ReservedConcurrentExecutions: reservedConcurrency },
      };
    }),
    operation(
      "GetFunctionConfiguration",
      `GET ${FUNCTION}/configuration`,
      200,
      QUALIFIED,
      (request) => versionShape(lambdaFunctions, request).shape,
    ),
    operation(
      "ListFunctions",
      `GET ${FUNCTIONS}`,
      200,
      structure({ ...PAGE, FunctionVersion: NOT_EMULATED }),
      (request) => {
        const all = lambdaFunctions.all().map((found) => configurationShape(found, found.latest));
        return lambdaPage("Functions", all, request);
      },
    ),
    operation("UpdateFunctionConfiguration", `PUT ${FUNCTION}/configuration`, 200, CHANGED_CONFIGURATION, (request) => {
      const { functionName, arn, latest } = find(request);
      demandRevision(latest.revisionId, request.RevisionId);
      if (request.Role !== undefined) checkExecutionRole(iam, request.Role, arn);
      const configuration = changedConfiguration(latest.configuration, request);
      const changed = lambdaFunctions.update(functionName, { configuration });
      return { ...configurationShape(changed, changed.latest), ...UPDATING };
    }),
    operation("UpdateFunctionCode", `PUT ${FUNCTION}/code`, 200, CHANGED_CODE, async (request) => {
      const code = await readCode(request);
      const found = find(request);
      const { configuration, revisionId } = found.latest;
      const { Architectures = configuration.inert?.["Architectures"], Publish } = request;
      demandRevision(revisionId, request.RevisionId);
      if (request.DryRun) return configurationShape(found, { ...found.latest, code });
      const changed = lambdaFunctions.update(found.functionName, {
        code,
        configuration: { ...configuration, inert: { ...configuration.inert, Architectures } },
      });
      return { ...latestShape(lambdaFunctions, changed, Publish), ...UPDATING };
    }),
    operation("DeleteFunction", `DELETE ${FUNCTION}`, 204, QUALIFIED, (request) => {
      const { qualifier } = referenceOf(request);
      const found = find(request);
      if (qualifier === undefined) lambdaFunctions.delete(found.functionName);
      else if (found.versions.has(qualifier)) lambdaFunctions.deleteVersion(found, qualifier);
      else if (qualifier === found.latest.version) throw latestUndeletable();
    }),
    ...concurrencyOperations(find),
  ];
}

/** How much of a function runs at once, and whose signature its code needs: kept, and nothing. */
function concurrencyOperations(
  find: (request: Parameters<typeof referenceOf>[0]) => LambdaFunction,
): RestJsonOperation[] {
  const reserved = BY_NAME.extend({ ReservedConcurrentExecutions: integer(0, 1_000) });
  return [
    operation(
      "PutFunctionConcurrency",
      "PUT /2017-10-31/functions/:FunctionName/concurrency",
      200,
      reserved,
      (request) => {
        find(request).reservedConcurrency = request.ReservedConcurrentExecutions;
        return { ReservedConcurrentExecutions: request.ReservedConcurrentExecutions };
      },
    ),
    operation(
      "GetFunctionConcurrency",
      "GET /2019-09-30/functions/:FunctionName/concurrency",
      200,
      BY_NAME,
      (request) => ({
        ReservedConcurrentExecutions: find(request).reservedConcurrency,
      }),
    ),
    operation(
      "DeleteFunctionConcurrency",
      "DELETE /2017-10-31/functions/:FunctionName/concurrency",
      204,
      BY_NAME,
      (request) => {
        find(request).reservedConcurrency = undefined;
      },
    ),
    operation(
      "GetFunctionCodeSigningConfig",
      "GET /2020-06-30/functions/:FunctionName/code-signing-config",
      200,
      BY_NAME,
      (request) => ({ FunctionName: find(request).functionName }),
    ),
  ];
}

/** `$LATEST`, or the version that is made of it at once. */
function latestShape(functions: LambdaFunctions, found: LambdaFunction, isPublished: boolean): object {
  return configurationShape(found, isPublished ? functions.publish(found) : found.latest);
}

/** What a request's qualifier means. @throws AwsError ResourceNotFoundException */
function versionShape(functions: LambdaFunctions, request: Parameters<typeof referenceOf>[0]) {
  const { functionName, qualifier } = referenceOf(request);
  const found = functions.get(functionName);
  const version = functions.version(found, qualifier);
  const shape = configurationShape(found, version);
  const FunctionArn = qualifier === undefined ? found.arn : `${found.arn}:${qualifier}`;
  return { version, shape: { ...shape, FunctionArn } };
}

/** Lambda's lists have markers. */
export function lambdaPage(
  member: string,
  all: readonly object[],
  { Marker: nextToken, MaxItems: maxResults }: z.output<z.ZodObject<typeof PAGE>>,
): object {
  const page = paginate(all, { nextToken, maxResults }, { most: 50, refusal: "InvalidParameterValueException" });
  return { [member]: page.items, NextMarker: page.nextToken };
}
