// emulator/http/sts/: the API of AWS STS.
import { z } from "zod";

import { Administrator } from "../../cloud/iam/administrator";
import { queryOperation } from "../protocols/aws-query";
import { queryService } from "../protocols/aws-service";

/** AWS STS, `https://sts.REGION.amazonaws.com/`: who the account's own credentials belong to. */
export const sts = queryService({
  signingName: "sts",
  namespace: "https://sts.amazonaws.com/doc/2011-06-15/",
  operations({ environment }) {
    const { arn, userId } = new Administrator(environment);
    return {
      GetCallerIdentity: queryOperation(z.object({}), () => ({
        Arn: arn,
        UserId: userId,
        Account: environment.accountId,
      })),
    };
  },
});
