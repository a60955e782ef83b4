import { CognitoResourceServer } from "@cdktf/provider-aws/lib/cognito-resource-server";
import type { Construct } from "constructs";
import { MAX_CLIENT_SCOPES, RESOURCE_SERVER_SCOPES } from "../../aws/cognito/limits";
import { withChosenAddress } from "../private/addresses";
import type { Problem } from "../private/errors";
import * as names from "../private/names";
import { unknownPoolScope } from "../private/problems/identity";
import { scopeProblems } from "../private/scopes";

/** One scope of the Cognito resource server. Its full name is `<resource server identifier>/<scopeName>`. */
export interface ResourceServerScope {
  /** 1 to 256 visible ASCII characters, no slash. */
  readonly scopeName: string;
  /** 1 to 256 characters. */
  readonly scopeDescription: string;
}

/** The scopes that a user pool has of its own. */
export interface ResourceServerOptions {
  readonly resourceServerIdentifier: string;
  readonly scopes: readonly ResourceServerScope[];
}

export const TOOL_SCOPES: readonly ResourceServerScope[] = [
  { scopeName: "tools.read", scopeDescription: "Read access to MCP tools" },
  { scopeName: "tools.write", scopeDescription: "Write access to MCP tools" },
  { scopeName: "tools.execute", scopeDescription: "Execute MCP tools" },
];

/** Creates the resource server, and returns the full name of each scope by its own. */
export function createResourceServer(
  scope: Construct,
  userPoolId: string,
  { resourceServerIdentifier, scopes }: ResourceServerOptions,
): ReadonlyMap<string, string> {
  const { identifier } = withChosenAddress(
    new CognitoResourceServer(scope, "ResourceServer", {
      userPoolId,
      identifier: resourceServerIdentifier,
      name: "MCP Server Resource",
      scope: scopes.map(({ scopeName, scopeDescription }) => ({ scopeName, scopeDescription })),
    }),
  );
  return new Map(scopes.map(({ scopeName }) => [scopeName, `${identifier}/${scopeName}`]));
}

export function resourceServerProblems({ resourceServerIdentifier, scopes }: ResourceServerOptions): Problem[] {
  const fullNames = scopes.map(({ scopeName }) => `${resourceServerIdentifier}/${scopeName}`);
  return [
    ...names.nameProblems(names.RESOURCE_SERVER_IDENTIFIER, resourceServerIdentifier),
    ...scopes.flatMap(({ scopeName, scopeDescription }) => [
      ...names.nameProblems(names.SCOPE_NAME, scopeName),
      ...names.lengthProblems(
        `description of the scope ${scopeName}`,
        scopeDescription,
        1,
        RESOURCE_SERVER_SCOPES.descriptionLength,
      ),
    ]),
    ...scopeProblems(fullNames, MAX_CLIENT_SCOPES),
  ];
}

/** A scope by its own or its full name; a full name may begin with another identifier than that of `options`. */
export function scopeNameIn({ resourceServerIdentifier, scopes }: ResourceServerOptions, name: string) {
  return scopes.find(({ scopeName }) => name === scopeName || name === `${resourceServerIdentifier}/${scopeName}`)
    ?.scopeName;
}

export function unknownScopeProblems(options: ResourceServerOptions, names: readonly string[]): Problem[] {
  const known = options.scopes.map(({ scopeName }) => scopeName);
  return names.filter((name) => scopeNameIn(options, name) === undefined).map((name) => unknownPoolScope(name, known));
}
