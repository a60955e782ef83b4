import type { z } from "zod";

import type { Account } from "../../cloud/account";
import { boolean, oneOf, text, UNBOUNDED } from "../../cloud/constraints";
import { policyUnknown, statementTaken, statementUnknown } from "../../cloud/lambda/errors";
import type { FunctionPolicy } from "../../cloud/lambda/lambda-function";
import { operation, type RestJsonOperation } from "../protocols/aws-rest-json";
import { QUALIFIED, referenceOf, REVISION } from "./constraints";
import { FUNCTION } from "./functions";
import { demandRevision } from "./revision";

const STATEMENT_ID = text(100, "[a-zA-Z0-9-_]+", 1);
const PERMISSION = QUALIFIED.extend({
  StatementId: STATEMENT_ID,
  Action: text(UNBOUNDED, "lambda:[*]|lambda:[a-zA-Z]+|[*]"),
  Principal: text(UNBOUNDED, "[^\\s]+"),
  SourceArn: text(
    UNBOUNDED,
    "arn:(aws[a-zA-Z0-9-]*):([a-zA-Z0-9\\-])+:([a-z]{2}(-[a-z]+)+-\\d{1})?:(\\d{12})?:(.*)",
  ).optional(),
  SourceAccount: text(12, "\\d{12}").optional(),
  EventSourceToken: text(256, "[a-zA-Z0-9._\\-]+").optional(),
  PrincipalOrgID: text(34, "o-[a-z0-9]{10,32}", 12).optional(),
  FunctionUrlAuthType: oneOf(["NONE", "AWS_IAM"]).optional(),
  InvokedViaFunctionUrl: boolean().optional(),
  RevisionId: REVISION,
});

/** Who else may invoke functions: kept and given back, and not looked at. */
export function permissionOperations({ lambdaFunctions, environment }: Account): RestJsonOperation[] {
  const policyOf = (request: Parameters<typeof referenceOf>[0]) => {
    const { functionName, qualifier = "" } = referenceOf(request);
    const { arn, policies } = lambdaFunctions.get(functionName);
    return { policies, qualifier, arn: qualifier === "" ? arn : `${arn}:${qualifier}` };
  };
  const demandStatements = (policy?: FunctionPolicy): FunctionPolicy => {
    if (!policy || policy.statements.size === 0) throw policyUnknown();
    return policy;
  };
  return [
    operation("AddPermission", `POST ${FUNCTION}/policy`, 201, PERMISSION, (request) => {
      const { policies, qualifier, arn } = policyOf(request);
      const { statements, revisionId } = policies.get(qualifier) ?? { statements: new Map(), revisionId: undefined };
      demandRevision(revisionId ?? "", request.RevisionId);
      if (statements.has(request.StatementId)) throw statementTaken(request.StatementId);
      const statement = statementOf(request, arn, environment.partition);
      statements.set(request.StatementId, statement);
      policies.set(qualifier, { statements, revisionId: environment.random.uuid() });
      return { Statement: JSON.stringify(statement) };
    }),
    operation("GetPolicy", `GET ${FUNCTION}/policy`, 200, QUALIFIED, (request) => {
      const { policies, qualifier } = policyOf(request);
      const { statements, revisionId } = demandStatements(policies.get(qualifier));
      const policy = { Version: "2012-10-17", Id: "default", Statement: [...statements.values()] };
      return { Policy: JSON.stringify(policy), RevisionId: revisionId };
    }),
    operation(
      "RemovePermission",
      `DELETE ${FUNCTION}/policy/:StatementId`,
      204,
      QUALIFIED.extend({ StatementId: STATEMENT_ID, RevisionId: REVISION }),
      (request) => {
        const { policies, qualifier } = policyOf(request);
        const policy = demandStatements(policies.get(qualifier));
        demandRevision(policy.revisionId, request.RevisionId);
        if (!policy.statements.delete(request.StatementId)) throw statementUnknown(request.StatementId);
        policy.revisionId = environment.random.uuid();
      },
    ),
  ];
}

/** As Lambda writes it: developer guide, "access-control-resource-based". */
function statementOf(request: z.output<typeof PERMISSION>, functionArn: string, partition: string): object {
  const equals = {
    "AWS:SourceAccount": request.SourceAccount,
    "lambda:EventSourceToken": request.EventSourceToken,
    "aws:PrincipalOrgID": request.PrincipalOrgID,
    "lambda:FunctionUrlAuthType": request.FunctionUrlAuthType,
  };
  const isEqual = Object.values(equals).some((value) => value !== undefined);
  const condition = {
    ...(isEqual && { StringEquals: equals }),
    ...(request.SourceArn !== undefined && { ArnLike: { "AWS:SourceArn": request.SourceArn } }),
    ...(request.InvokedViaFunctionUrl === true && { Bool: { "lambda:InvokedViaFunctionUrl": "true" } }),
  };
  return {
    Sid: request.StatementId,
    Effect: "Allow",
    Principal: principalOf(request.Principal, partition),
    Action: request.Action,
    Resource: functionArn,
    ...(Object.keys(condition).length > 0 && { Condition: condition }),
  };
}

function principalOf(principal: string, partition: string): string | object {
  if (principal === "*") return principal;
  if (/^\d{12}$/.test(principal)) return { AWS: `arn:${partition}:iam::${principal}:root` };
  return principal.startsWith("arn:") ? { AWS: principal } : { Service: principal };
}
