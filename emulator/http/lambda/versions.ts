import { z } from "zod";

import { mapOf, structure, text, UNBOUNDED } from "../../cloud/constraints";
import { aliasTaken, aliasUnknown, codeChanged } from "../../cloud/lambda/errors";
import type { FunctionAlias, LambdaFunction } from "../../cloud/lambda/lambda-function";
import type { LambdaFunctions } from "../../cloud/lambda/lambda-functions";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { configurationShape } from "./configuration";
import { BY_NAME, DESCRIPTION, PAGE, referenceOf, REVISION, VERSION } from "./constraints";
import { FUNCTION, lambdaPage } from "./functions";
import { demandRevision } from "./revision";

const ALIAS_NAME = text(128, "(?!^[0-9]+$)([a-zA-Z0-9-_]+)", 1);
const SHARE = z.number().min(0).max(1);
const ROUTING = structure({
  AdditionalVersionWeights: mapOf(text(1_024, "[0-9]+", 1), SHARE, 1).optional(),
}).optional();
const BY_ALIAS = BY_NAME.extend({ Name: ALIAS_NAME });

/** Versions of functions, and the names for them. */
export function versionOperations(functions: LambdaFunctions): RestJsonOperation[] {
  const find = ({ FunctionName }: { FunctionName: string }) =>
    functions.get(referenceOf({ FunctionName }).functionName);
  const alias = ({ aliases, arn }: LambdaFunction, name: string): FunctionAlias => {
    const found = aliases.get(name);
    if (!found) throw aliasUnknown(arn, name);
    return found;
  };
  return [
    operation(
      "PublishVersion",
      `POST ${FUNCTION}/versions`,
      201,
      BY_NAME.extend({ CodeSha256: text(UNBOUNDED).optional(), Description: DESCRIPTION, RevisionId: REVISION }),
      (request) => {
        const found = find(request);
        const { revisionId, code } = found.latest;
        demandRevision(revisionId, request.RevisionId);
        if (request.CodeSha256 !== undefined && request.CodeSha256 !== code.sha256) {
          throw codeChanged(request.CodeSha256, code.sha256);
        }
        return configurationShape(found, functions.publish(found, request.Description));
      },
    ),
    operation("ListVersionsByFunction", `GET ${FUNCTION}/versions`, 200, BY_NAME.extend(PAGE), (request) => {
      const found = find(request);
      const all = [found.latest, ...found.versions.values()].map((each) => configurationShape(found, each, true));
      return lambdaPage("Versions", all, request);
    }),
    operation(
      "CreateAlias",
      `POST ${FUNCTION}/aliases`,
      201,
      BY_ALIAS.extend({ FunctionVersion: VERSION, Description: DESCRIPTION, RoutingConfig: ROUTING }),
      (request) => {
        const found = find(request);
        const { Name: name, FunctionVersion: version, Description: description } = request;
        if (found.aliases.has(name)) throw aliasTaken(found.arn, name);
        return aliasShape(
          found,
          functions.putAlias(found, { name, version, description, weights: weightsOf(request) }),
        );
      },
    ),
    operation(
      "UpdateAlias",
      `PUT ${FUNCTION}/aliases/:Name`,
      200,
      BY_ALIAS.extend({
        FunctionVersion: VERSION.optional(),
        Description: DESCRIPTION,
        RoutingConfig: ROUTING,
        RevisionId: REVISION,
      }),
      (request) => {
        const found = find(request);
        const { revisionId, ...before } = alias(found, request.Name);
        demandRevision(revisionId, request.RevisionId);
        const { FunctionVersion: version = before.version, Description: description = before.description } = request;
        const weights = request.RoutingConfig ? weightsOf(request) : before.weights;
        return aliasShape(found, functions.putAlias(found, { ...before, version, description, weights }));
      },
    ),
    operation("GetAlias", `GET ${FUNCTION}/aliases/:Name`, 200, BY_ALIAS, (request) => {
      const found = find(request);
      return aliasShape(found, alias(found, request.Name));
    }),
    operation(
      "ListAliases",
      `GET ${FUNCTION}/aliases`,
      200,
      BY_NAME.extend({ ...PAGE, FunctionVersion: VERSION.optional() }),
      (request) => {
        const found = find(request);
        const { FunctionVersion: asked } = request;
        const all = [...found.aliases.values()].filter(({ version }) => asked === undefined || version === asked);
        const shapes = all.map((each) => aliasShape(found, each));
        return lambdaPage("Aliases", shapes, request);
      },
    ),
    operation("DeleteAlias", `DELETE ${FUNCTION}/aliases/:Name`, 204, BY_ALIAS, (request) => {
      find(request).aliases.delete(request.Name);
    }),
  ];
}

function weightsOf({ RoutingConfig }: { RoutingConfig?: z.output<typeof ROUTING> }): Record<string, number> {
  return RoutingConfig?.AdditionalVersionWeights ?? {};
}

function aliasShape(
  { arn }: LambdaFunction,
  { name, version, description, weights, revisionId }: FunctionAlias,
): object {
  return {
    AliasArn: `${arn}:${name}`,
    Name: name,
    FunctionVersion: version,
    Description: description ?? "",
    RoutingConfig: Object.keys(weights).length > 0 ? { AdditionalVersionWeights: weights } : undefined,
    RevisionId: revisionId,
  };
}
