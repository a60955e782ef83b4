import { z } from "zod";

import type { Environment } from "../cloud/environment";
import { Administrator } from "../cloud/iam/administrator";
import type { FetchHandler } from "./aws-json";
import { queryHandler, queryOperation } from "./aws-query";

/** AWS STS, `https://sts.REGION.amazonaws.com/`: who the account's own credentials belong to. */
export function stsHandler(environment: Environment): FetchHandler {
  const { arn, userId } = new Administrator(environment);
  return queryHandler({
    signingName: "sts",
    region: environment.region,
    namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
    operations: {
      GetCallerIdentity: queryOperation(z.object({}), () => ({
        Arn: arn,
        UserId: userId,
        Account: environment.accountId,
      })),
    },
    requestId: () => environment.random.uuid(),
  });
}
