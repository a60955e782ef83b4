// emulator/http/sts/: the API of AWS STS.
import { z } from "zod";

import { ROLE_SESSION_NAME } from "../../../aws/iam/names";
import { name, NOT_EMULATED, text } from "../../cloud/constraints";
import { Administrator } from "../../cloud/iam/administrator";
import { sessionTooLong } from "../../cloud/iam/errors";
import { accountNames, type RoleSession } from "../../cloud/iam/iam";
import type { Caller } from "../../cloud/iam/resource-policies";
import type { SessionCredentials } from "../../cloud/iam/session-credentials";
import { formInteger } from "../iam/constraints";
import { queryOperation } from "../protocols/aws-query";
import { queryService } from "../protocols/aws-service";
import { readShape } from "../protocols/member-names";

/** Botocore `sts/2011-06-15`, `AssumeRoleRequest`. */
const ASSUMED = z.object({
  RoleArn: text(2_048, undefined, 20),
  RoleSessionName: name(ROLE_SESSION_NAME),
  DurationSeconds: formInteger(900, 43_200),
  ExternalId: text(1_224, "[\\w+=,.@:\\/-]*", 2).optional(),
  Policy: NOT_EMULATED,
  PolicyArns: NOT_EMULATED,
  Tags: NOT_EMULATED,
  TransitiveTagKeys: NOT_EMULATED,
  SerialNumber: NOT_EMULATED,
  TokenCode: NOT_EMULATED,
  SourceIdentity: NOT_EMULATED,
  ProvidedContexts: NOT_EMULATED,
});

/** AWS STS, `https://sts.REGION.amazonaws.com/`: who the account's own credentials belong to, and those of its roles. */
export const sts = queryService({
  signingName: "sts",
  namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  operations({ environment, iam, sessionCredentials }) {
    const administrator = new Administrator(environment);
    const sessionOf = (accessKeyId = "") => sessionCredentials.find(accessKeyId)?.session;
    return {
      GetCallerIdentity: queryOperation(z.object({}), (_, accessKeyId) => ({
        ...identity(sessionOf(accessKeyId) ?? administrator),
        Account: environment.accountId,
      })),
      AssumeRole: queryOperation(ASSUMED, (request, accessKeyId) => {
        const { roleArn, roleSessionName: sessionName, durationSeconds = 3_600, externalId } = readShape(request);
        const { arn } = administrator;
        const lender = sessionOf(accessKeyId);
        const caller = callerOf(lender, roleArn) ?? { arn, principals: [arn, ...accountNames(arn)] };
        const { role, session } = iam.assumeRoleAs(caller, { roleArn, sessionName, externalId });
        if (durationSeconds > role.maxSessionDuration) throw sessionTooLong("MaxSessionDuration set for this role.");
        if (lender && durationSeconds > 3_600) throw sessionTooLong(OF_CHAINS);
        const expiresAt = environment.clock.now() + durationSeconds * 1_000;
        const user = { AssumedRoleId: session.userId, Arn: session.arn };
        return answer(user, sessionCredentials.lend(session, expiresAt), expiresAt);
      }),
    };
  },
});

/** IAM user guide, "id_roles", on role chaining. */
const OF_CHAINS = "1 hour session limit for roles assumed by role chaining.";

/** Where a role trusts the account, another has to be allowed to assume it; one that it names is: IAM user guide, "id_roles_use_permissions-to-switch". */
function callerOf(session: RoleSession | undefined, roleArn: string): Caller | undefined {
  if (!session || session.isAllowed("sts:AssumeRole", roleArn)) return session;
  return { arn: session.arn, principals: [session.arn, session.roleArn] };
}

const identity = ({ arn, userId }: Readonly<Record<"arn" | "userId", string>>) => ({ Arn: arn, UserId: userId });

const answer = (user: Readonly<Record<string, string>>, credentials: SessionCredentials, expiresAt: number) => ({
  AssumedRoleUser: user,
  Credentials: {
    AccessKeyId: credentials.accessKeyId,
    SecretAccessKey: credentials.secretAccessKey,
    SessionToken: credentials.sessionToken,
    Expiration: new Date(expiresAt).toISOString(),
  },
});
